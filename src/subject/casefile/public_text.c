/*
 * What may not stand in a public text (article 9(2) and 9(4)): code, commands, tools, requests, and addresses of servers in use; nor data of a
 * person or a secret. A text is compared
 * after full width, case, invisible signs and runs of white space are gone, so that none of them hides anything.
 */
#include "engine/masking/masking.h"
#include "subject/casefile/casefile_private.h"

typedef struct Sign {
	const char *text, *why;
} Sign;

static const char CODE[] = N_("The public text contains code. It has to be taken out.");
static const char COMMAND[] = N_("The public text contains a command or request. It has to be taken out.");
static const char TOOL[] = N_("The public text names a tool or a place of exploits. It has to be taken out.");
static const char PERSONAL[] = N_("The public text contains personal data or a secret. It has to be taken out.");
static const char ADDRESS[] = N_("The public text names a server in use. It has to be taken out.");

/* In lower case, one blank between words. */
static const Sign signs[] = {
	{ "```", CODE },
	{ "~~~", CODE },
	{ "<script", CODE },
	{ "javascript:", CODE },
	{ "#!/", CODE },
	{ "java.perform(", CODE },
	{ "import requests", CODE },
	{ "import socket", CODE },
	{ "eval(", CODE },
	{ "runtime.getruntime(", CODE },
	{ "union select", CODE },
	{ "union all select", CODE },
	{ "or '1'='1", CODE },
	{ "or 1=1", CODE },
	{ "/etc/passwd", CODE },
	{ "../../", CODE },
	{ "${jndi:", CODE },
	{ "curl -", COMMAND },
	{ "curl http", COMMAND },
	{ "wget http", COMMAND },
	{ "adb shell", COMMAND },
	{ "adb install", COMMAND },
	{ "am start ", COMMAND },
	{ "content query --uri", COMMAND },
	{ "powershell ", COMMAND },
	{ "/bin/sh", COMMAND },
	{ "/bin/bash", COMMAND },
	{ "nc -e", COMMAND },
	{ "base64 -d", COMMAND },
	{ " http/1.1", COMMAND },
	{ "authorization: bearer", COMMAND },
	{ "msfconsole", TOOL },
	{ "metasploit", TOOL },
	{ "use exploit/", TOOL },
	{ "sqlmap", TOOL },
	{ "frida -", TOOL },
	{ "exploit-db.com", TOOL },
	{ "packetstormsecurity", TOOL },
	{ "0day.today", TOOL },
	{ "exploit.py", TOOL },
	{ "poc.py", TOOL },
	{ "利用工具", TOOL },
	{ "攻击脚本", TOOL },
};

/* Zero width and soft hyphens: E2 80 8B-8D, EF BB BF, C2 AD, E2 81 A0. */
static size_t invisible_at(Text text, size_t at)
{
	static const char *const invisible[] = { "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xEF\xBB\xBF", "\xC2\xAD",
		"\xE2\x81\xA0" };
	for (size_t i = 0; i < COUNT(invisible); i++)
		if (text_starts(text_slice(text, at, text.length), text_from(invisible[i]))) return strlen(invisible[i]);
	return 0;
}

/* The ASCII sign of a full-width one (EF BC 81 … EF BD 9E); 0: it is none. */
static char narrow_at(Text text, size_t at)
{
	const unsigned char *byte = (const unsigned char *)text.at + at;
	if (at + 3 > text.length || byte[0] != 0xEF) return 0;
	if (byte[1] == 0xBC && byte[2] >= 0x81 && byte[2] <= 0xBF) return (char)(byte[2] - 0x81 + 0x21);
	if (byte[1] == 0xBD && byte[2] >= 0x80 && byte[2] <= 0x9E) return (char)(byte[2] - 0x80 + 0x60);
	return 0;
}

static bool is_blank_at(Text text, size_t at, size_t *out_length)
{
	static const char *const wide[] = { "\xE3\x80\x80", "\xC2\xA0" };
	*out_length = 1;
	if (strchr(" \t\r\n", text.at[at])) return true;
	for (size_t i = 0; i < COUNT(wide); i++) {
		*out_length = strlen(wide[i]);
		if (text_starts(text_slice(text, at, text.length), text_from(wide[i]))) return true;
	}
	*out_length = 0;
	return false;
}

static Text plain_of(Arena *arena, Text text)
{
	Buffer buffer = { .arena = arena };
	bool was_blank = false;
	for (size_t at = 0; at < text.length;) {
		size_t skip = invisible_at(text, at), blank = 0;
		if (skip || is_blank_at(text, at, &blank)) {
			if (!skip && !was_blank) buffer_put(&buffer, TEXT(" "));
			was_blank |= !skip;
			at += skip ? skip : blank;
			continue;
		}
		char narrow = narrow_at(text, at), byte = narrow ? narrow : text.at[at];
		if (byte >= 'A' && byte <= 'Z') byte = (char)(byte - 'A' + 'a');
		buffer_put(&buffer, (Text) { &byte, 1 });
		was_blank = false;
		at += narrow ? 3 : 1;
	}
	return buffer_text(&buffer);
}

static bool is_digit_at(Text text, size_t at) { return at < text.length && text.at[at] >= '0' && text.at[at] <= '9'; }

/* A number of at most three digits up to 255; *at is behind it. */
static bool take_octet(Text text, size_t *at)
{
	int value = 0;
	size_t first = *at;
	while (is_digit_at(text, *at) && *at - first < 3) value = value * 10 + (text.at[(*at)++] - '0');
	return *at > first && value <= 255;
}

static bool is_network_address_at(Text text, size_t at)
{
	for (int i = 0; i < 4; i++) {
		if (!take_octet(text, &at)) return false;
		if (i < 3 && (at >= text.length || text.at[at++] != '.')) return false;
	}
	return !is_digit_at(text, at);
}

/* Four numbers up to 255 with dots between them. A version such as 1.2.3.4 looks like it, so the fields of versions are not asked. */
static bool has_network_address(Text text)
{
	for (size_t at = 0; at < text.length; at++) {
		bool begins = at == 0 || (text.at[at - 1] != '.' && !is_digit_at(text, at - 1));
		if (begins && is_network_address_at(text, at)) return true;
	}
	return false;
}

static bool names_host(Arena *arena, Text plain, const Texts *hosts)
{
	for (size_t i = 0; i < hosts->count; i++) {
		Text host = plain_of(arena, text_trim(hosts->at[i]));
		size_t slashes;
		if (text_find(host, TEXT("://"), &slashes)) host = text_slice(host, slashes + 3, host.length);
		if (text_find(host, TEXT("/"), &slashes)) host = text_slice(host, 0, slashes);
		if (host.length >= 4 && text_find(plain, host, NULL)) return true;
	}
	return false;
}

static bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte & 0x80); }

/* "poc" as a word or a piece of a name, but not inside another word. */
static bool names_poc(Text plain)
{
	for (size_t at = 0; at + 3 <= plain.length; at++) {
		if (!text_starts(text_slice(plain, at, plain.length), TEXT("poc"))) continue;
		bool begins = at == 0 || !is_letter(plain.at[at - 1]), ends = at + 3 == plain.length || !is_letter(plain.at[at + 3]);
		if (begins && ends) return true;
	}
	return false;
}

/* Where the public can reach somebody may stand there: mail and telephone of an office. */
static bool has_personal(Arena *arena, Text text)
{
	enum { KINDS = 1 << MASK_IDENTITY | 1 << MASK_MOBILE | 1 << MASK_BANK | 1 << MASK_PASSPORT | 1 << MASK_TRADER | 1 << MASK_SECRET };
	MaskSpans found = masking_find(arena, text);
	return masking_of_kinds(arena, &found, KINDS).count > 0;
}

static const char *fault_of(Arena *arena, Text text, bool is_version, const Texts *hosts)
{
	Text plain = plain_of(arena, text);
	for (size_t i = 0; i < COUNT(signs); i++)
		if (text_find(plain, text_from(signs[i].text), NULL)) return signs[i].why;
	if (names_poc(plain)) return TOOL;
	if (!is_version && has_network_address(plain)) return ADDRESS;
	if (!is_version && has_personal(arena, text)) return PERSONAL;
	return names_host(arena, plain, hosts) ? ADDRESS : NULL;
}

const char *casefile_text_fault(Arena *arena, const Form *form, const Map *values, const Texts *hosts)
{
	for (size_t i = 0; i < form->section_count; i++) {
		const FormSection *section = &form->sections[i];
		for (size_t j = 0; j < section->item_count; j++) {
			const char *name = section->items[j].name;
			bool is_version = !strcmp(name, "versions") || !strcmp(name, "fixed_version");
			const char *fault = fault_of(arena, form_answer(values, name), is_version, hosts);
			if (fault) return fault;
		}
	}
	return NULL;
}

const char *public_text_fault(Arena *arena, const Map *values, const Texts *hosts)
{
	return casefile_text_fault(arena, &casefile_public_form, values, hosts);
}
