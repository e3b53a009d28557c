/* What products are known by: each kind's one spelling. */
#include "subject/product/product_private.h"

const ProductKind product_kinds[] = {
	{ "android", N_("Android app"), "package" },
	{ "ios", N_("iOS app"), "bundle-id" },
	{ "harmonyos", N_("HarmonyOS app"), "bundle-name" },
	{ "mini-program", N_("Mini-program"), "appid" },
	{ "official-account", N_("Official account"), "account" },
	{ "sdk", N_("SDK"), "coordinates" },
	{ "server", N_("Back end of an app"), "host" },
};
const size_t product_kind_count = COUNT(product_kinds);

const ProductKind *product_kind(Text tag)
{
	for (size_t i = 0; i < COUNT(product_kinds); i++)
		if (text_is(text_from(product_kinds[i].tag), tag)) return &product_kinds[i];
	return NULL;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_made_of(Text text, const char *others)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_letter(text.at[i]) && !is_digit(text.at[i]) && !strchr(others, text.at[i])) return false;
	return text.length > 0;
}

static bool is_hex(Text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_digit(text.at[i]) && !(text.at[i] >= 'a' && text.at[i] <= 'f')) return false;
	return text.length > 0;
}

static bool is_number(Text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_digit(text.at[i])) return false;
	return text.length > 0;
}

/* Pieces between dots: at least `least` of them, each begun by a letter and made of letters, digits and `others`. */
static bool is_dotted(Text text, size_t least, const char *others)
{
	Text piece;
	size_t count = 0;
	for (Text rest = text; text_next(&rest, '.', &piece); count++)
		if (piece.length == 0 || !is_letter(piece.at[0]) || !is_made_of(piece, others)) return false;
	return count >= least;
}

/* Android: android.content.pm.PackageParser.validateName; the manifest's `package`. */
static bool parse_package(Arena *arena, Text value, Text *out)
{
	(void)arena;
	if (value.length > 255 || !is_dotted(value, 2, "_")) return false;
	*out = value;
	return true;
}

/* CFBundleIdentifier: letters, digits, hyphens and dots; the App Store compares without case. */
static bool parse_bundle_id(Arena *arena, Text value, Text *out)
{
	if (value.length > 155 || !is_made_of(value, ".-") || !text_find(value, TEXT("."), NULL)) return false;
	if (value.at[0] == '.' || value.at[value.length - 1] == '.' || text_find(value, TEXT(".."), NULL)) return false;
	*out = arena_lower(arena, value);
	return true;
}

/* HarmonyOS app.json5, bundleName: 7 to 128 bytes, begun by a letter. */
static bool parse_bundle_name(Arena *arena, Text value, Text *out)
{
	(void)arena;
	if (value.length < 7 || value.length > 128 || !is_dotted(value, 2, "_")) return false;
	*out = value;
	return true;
}

/* WeChat wx…, Douyin tt…, others a number. */
static bool parse_appid(Arena *arena, Text value, Text *out)
{
	Text lower = arena_lower(arena, value), rest = text_slice(lower, 2, lower.length);
	bool is_wechat = text_starts(lower, TEXT("wx")) && rest.length == 16 && is_hex(rest);
	bool is_douyin = text_starts(lower, TEXT("tt")) && rest.length >= 16 && rest.length <= 20 && is_hex(rest);
	bool is_other = is_number(lower) && lower.length >= 7 && lower.length <= 20;
	if (!is_wechat && !is_douyin && !is_other) return false;
	*out = lower;
	return true;
}

/* WeChat: the original ID gh_ and 12 hexadecimal digits, or the chosen one of 6 to 20 signs. */
static bool parse_account(Arena *arena, Text value, Text *out)
{
	Text lower = arena_lower(arena, value);
	bool is_first = text_starts(lower, TEXT("gh_")) && lower.length == 15 && is_hex(text_slice(lower, 3, 15));
	bool is_chosen = lower.length >= 6 && lower.length <= 20 && is_letter(lower.at[0]) && is_made_of(lower, "_-");
	if (!is_first && !is_chosen) return false;
	*out = lower;
	return true;
}

/* ---- Filing numbers, as the ministry gives them: 京ICP备12345678号-2A */
static const char provinces[] = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新";

/* Half width for full width letters, digits, hyphens; capitals; without blanks. */
static Text filing_folded(Arena *arena, Text value)
{
	Buffer buffer = { .arena = arena };
	for (size_t i = 0; i < value.length;) {
		size_t length = text_utf8_sequence(value, i);
		if (length == 0) return (Text) { "", 0 };
		const unsigned char *at = (const unsigned char *)value.at + i;
		unsigned wide = length == 3 && at[0] == 0xEF ? ((at[1] & 0x3FU) << 6) | (at[2] & 0x3FU) : 0;
		char c = length == 1 ? value.at[i] : wide > 0xF00 && wide < 0xF5F ? (char)(wide - 0xF00 + ' ') : 0;
		if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
		Text sign = text_slice(value, i, i + length);
		if (text_is(sign, TEXT("—")) || text_is(sign, TEXT("–")) || text_is(sign, TEXT("−"))) c = '-';
		if (c == 0 && !text_is(sign, TEXT("　")))
			buffer_put(&buffer, sign);
		else if (c != 0 && c != ' ' && c != '\t')
			buffer_byte(&buffer, c);
		i += length;
	}
	return buffer_text(&buffer);
}

static bool parse_filing(Arena *arena, Text value, Text *out)
{
	Text folded = filing_folded(arena, value), province = text_slice(folded, 0, 3), rest = text_slice(folded, 3, folded.length);
	size_t end;
	if (folded.length < 12 || !text_find(text_from(provinces), province, NULL) || !text_starts(rest, TEXT("ICP备"))) return false;
	rest = text_slice(rest, sizeof("ICP备") - 1, rest.length);
	if (!text_find(rest, TEXT("号"), &end) || end < 4 || end > 10 || !is_number(text_slice(rest, 0, end))) return false;
	rest = text_slice(rest, end + sizeof("号") - 1, rest.length);
	if (rest.length > 0) { /* -2A an app, -2X a mini-program, -2K a quick app, -2 a website */
		size_t last = rest.length - 1;
		Text number = text_slice(rest, 1, is_letter(rest.at[last]) ? last : rest.length);
		if (rest.at[0] != '-' || number.length > 5 || !is_number(number)) return false;
		if (is_letter(rest.at[last]) && !strchr("AXK", rest.at[last])) return false;
	}
	*out = folded;
	return true;
}

/* ---- Hexadecimal: without colons and blanks, lower case */
static bool parse_hex(Arena *arena, Text value, size_t least, size_t most, Text *out)
{
	Buffer buffer = { .arena = arena };
	Text lower = arena_lower(arena, value);
	for (size_t i = 0; i < lower.length; i++)
		if (!strchr(": \t\r\n", lower.at[i])) buffer_byte(&buffer, lower.at[i]);
	Text hex = buffer_text(&buffer);
	if (hex.length < least || hex.length > most || hex.length % 2 != 0 || !is_hex(hex)) return false;
	*out = hex;
	return true;
}
static bool parse_key(Arena *arena, Text value, Text *out) { return parse_hex(arena, value, 64, 2200, out); }
static bool parse_certificate(Arena *arena, Text value, Text *out) { return parse_hex(arena, value, 64, 64, out); }
/* As filed: MD5 of Android certificates, SHA-1 of iOS ones. */
static bool parse_filed_certificate(Arena *arena, Text value, Text *out)
{
	return parse_hex(arena, value, 32, 40, out) && (out->length == 32 || out->length == 40);
}

/* ---- Names and addresses of hosts */
static bool parse_host(Arena *arena, Text value, Text *out)
{
	Text host = arena_lower(arena, value), label = { "", 0 };
	size_t count = 0, end;
	if (text_starts(host, TEXT("https://"))) host = text_slice(host, 8, host.length);
	if (text_find(host, TEXT("/"), &end)) host = text_slice(host, 0, end);
	if (text_ends(host, TEXT("."))) host = text_slice(host, 0, host.length - 1);
	if (host.length > 253) return false;
	for (Text rest = host, piece; text_next(&rest, '.', &piece); count++) {
		label = piece;
		if (piece.length == 0 || piece.length > 63 || !is_made_of(piece, "-") || piece.at[0] == '-' ||
			piece.at[piece.length - 1] == '-')
			return false;
	}
	if (count < 2 || is_number(label)) return false; /* an address in digits names no owner */
	*out = host;
	return true;
}

static bool parse_store(Arena *arena, Text value, Text *out)
{
	Text host, rest;
	size_t at;
	if (!text_starts(value, TEXT("https://")) || value.length > 500) return false;
	for (size_t i = 0; i < value.length; i++)
		if (value.at[i] <= ' ' || strchr("\"<>\\^`{|}", value.at[i])) return false;
	rest = text_slice(value, 8, value.length);
	if (text_find(rest, TEXT("#"), &at)) rest = text_slice(rest, 0, at);
	if (!text_find(rest, TEXT("/"), &at)) at = rest.length;
	if (!parse_host(arena, text_slice(rest, 0, at), &host)) return false;
	*out = arena_printf(arena, "https://%.*s%.*s", TEXT_ARGS(host), TEXT_ARGS(text_slice(rest, at, rest.length)));
	return true;
}

/* "com.squareup.okhttp3:okhttp", "@scope/name", "AFNetworking", "pkg:maven/group/name". */
static bool parse_coordinates(Arena *arena, Text value, Text *out)
{
	(void)arena;
	if (value.length < 2 || value.length > 250 || !is_made_of(value, "._-+:/@") || value.at[0] == '/' || value.at[0] == ':')
		return false;
	*out = value;
	return true;
}

const IdentityKind identity_kinds[] = {
	{ "package", N_("Package name"), "com.example.app", true },
	{ "bundle-id", N_("Bundle ID"), "com.example.app", true },
	{ "bundle-name", N_("Bundle name"), "com.example.app", true },
	{ "appid", N_("AppID"), "wx0123456789abcdef", true },
	{ "account", N_("Account ID"), "gh_0123456789ab", true },
	{ "filing", N_("Filing number"), "京ICP备12345678号-2A", true },
	{ "filed-key", N_("Filed public key"), N_("hexadecimal"), false },
	{ "filed-certificate", N_("Filed certificate fingerprint"), N_("MD5 of Android, SHA-1 of iOS certificates"), false },
	{ "certificate", N_("Signing certificate, SHA-256"), N_("64 hexadecimal digits"), false },
	{ "store", N_("Store listing"), "https://…", true },
	{ "host", N_("Domain name or API host"), "api.example.com", false },
	{ "coordinates", N_("SDK coordinates"), "com.example:sdk", true },
};
const size_t identity_kind_count = COUNT(identity_kinds);

static bool (*const parsers[])(Arena *arena, Text value, Text *out) = { parse_package, parse_bundle_id, parse_bundle_name, parse_appid,
	parse_account, parse_filing, parse_key, parse_filed_certificate, parse_certificate, parse_store, parse_host, parse_coordinates };
_Static_assert(COUNT(parsers) == COUNT(identity_kinds), "each kind of identity has its spelling");

const IdentityKind *identity_kind(Text tag)
{
	for (size_t i = 0; i < COUNT(identity_kinds); i++)
		if (text_is(text_from(identity_kinds[i].tag), tag)) return &identity_kinds[i];
	return NULL;
}

bool identity_parse(Arena *arena, Text kind, Text value, Text *out)
{
	const IdentityKind *known = identity_kind(kind);
	Text trimmed = text_trim(value);
	return known && trimmed.length > 0 && parsers[known - identity_kinds](arena, trimmed, out);
}
