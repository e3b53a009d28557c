#include "engine/selection/dossier.h"

/* The second has decided.json among its members. */
static const char format[] = "cappvd-dossier/v1", format_decided[] = "cappvd-dossier/v2";

static const char *format_of(const ArchiveMembers *members) { return archive_find(members, "decided.json") ? format_decided : format; }

static Text hash_text(Arena *arena, Text content)
{
	Digest digest = sha256(content);
	return hex_text(arena, DIGEST_TEXT(digest));
}

static Text manifest_text(Arena *arena, Text round, const ArchiveMembers *members)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "format", text_from(format_of(members)));
	json_put_text(&writer, "round", round);
	json_key(&writer, TEXT("members"));
	json_array_begin(&writer);
	for (size_t i = 0; i < members->count; i++) {
		if (text_is(members->at[i].name, TEXT("manifest.json")) || text_is(members->at[i].name, TEXT("signature.json"))) continue;
		json_object_begin(&writer);
		json_put_text(&writer, "name", members->at[i].name);
		json_put_int(&writer, "bytes", (int64_t)members->at[i].content.length);
		json_put_text(&writer, "sha256", hash_text(arena, members->at[i].content));
		json_end(&writer);
	}
	json_end(&writer);
	json_end(&writer);
	json_finish(&writer);
	return canonical_text(arena, buffer_text(&buffer));
}

static Text signed_text(Arena *arena, const ArchiveMembers *members, Text manifest)
{
	return arena_printf(arena, "%s\n%.*s\n", format_of(members), TEXT_ARGS(hash_text(arena, manifest)));
}

static Text signature_text(Arena *arena, const PublicKey *key, const Signature *signature)
{
	Buffer buffer = { .arena = arena };
	JsonWriter writer = json_writer(&buffer);
	json_object_begin(&writer);
	json_put_text(&writer, "key", public_key_text(arena, key));
	json_put_text(&writer, "signature", base64_text(arena, (Text) { (const char *)signature->at, sizeof(signature->at) }));
	json_end(&writer);
	json_finish(&writer);
	return canonical_text(arena, buffer_text(&buffer));
}

Text dossier_pack(Arena *arena, Text round, ArchiveMembers *members, const Signer *signer)
{
	(void)archive_pack(arena, members->at, members->count); /* in the order of their names */
	ArchiveMember manifest = { TEXT("manifest.json"), manifest_text(arena, round, members) };
	Signature signature = signer_sign(signer, signed_text(arena, members, manifest.content));
	ArchiveMember signed_by = { TEXT("signature.json"), signature_text(arena, signer_public(signer), &signature) };
	list_add(arena, members, manifest);
	list_add(arena, members, signed_by);
	return archive_pack(arena, members->at, members->count);
}

/* ---- Verifying */

typedef struct Verifying {
	Arena *arena;
	ArchiveMembers members;
	Dossier dossier;
	DossierVerdict *verdict;
} Verifying;

static bool no(Verifying *verifying, const char *why, Text argument)
{
	verifying->verdict->fault = (DossierFault) { why, argument };
	return false;
}

/* The signature over the manifest, whosever it is. */
static bool check_signature(Verifying *verifying, Text manifest, const PublicKey *keys, size_t key_count)
{
	const ArchiveMember *member = archive_find(&verifying->members, "signature.json");
	DossierVerdict *verdict = verifying->verdict;
	Json json;
	Text bytes;
	Signature signature;
	if (!member || !json_parse(verifying->arena, member->content, &json, NULL) ||
		!public_key_parse(verifying->arena, json_as_text(json_get(json, "key")), &verdict->signer) ||
		!base64_parse(verifying->arena, json_as_text(json_get(json, "signature")), &bytes) || bytes.length != sizeof(signature.at))
		return no(verifying, N_("%s cannot be read."), TEXT("signature.json"));
	memcpy(signature.at, bytes.at, sizeof(signature.at));
	if (!text_is(signature_text(verifying->arena, &verdict->signer, &signature), member->content))
		return no(verifying, N_("%s is not in the canonical form."), TEXT("signature.json"));
	if (!signature_verify(&verdict->signer, signed_text(verifying->arena, &verifying->members, manifest), bytes))
		return no(verifying, N_("The signature is not of this manifest."), TEXT(""));
	Text signer = public_key_text(verifying->arena, &verdict->signer);
	for (size_t i = 0; i < key_count; i++) verdict->signer_known |= text_is(public_key_text(verifying->arena, &keys[i]), signer);
	return !key_count || verdict->signer_known || no(verifying, N_("It was signed by another key: %s"), signer);
}

static bool check_manifest(Verifying *verifying, Text *out_manifest)
{
	const ArchiveMember *member = archive_find(&verifying->members, "manifest.json");
	Json json;
	if (!member || !json_parse(verifying->arena, member->content, &json, NULL) ||
		!text_is(json_as_text(json_get(json, "format")), text_from(format_of(&verifying->members))))
		return no(verifying, N_("%s cannot be read."), TEXT("manifest.json"));
	verifying->verdict->round = json_as_text(json_get(json, "round"));
	if (!verifying->verdict->round.at) return no(verifying, N_("%s cannot be read."), TEXT("manifest.json"));
	JsonEach each = json_each(json_get(json, "members"));
	while (json_next(&each)) {
		Text name = json_as_text(json_get(each.value, "name"));
		const ArchiveMember *listed = name.length ? archive_find(&verifying->members, arena_string(verifying->arena, name)) : NULL;
		if (!listed) return no(verifying, N_("%s is missing."), name);
		if (!text_is(hash_text(verifying->arena, listed->content), json_as_text(json_get(each.value, "sha256"))))
			return no(verifying, N_("%s is not what the manifest says: a byte was changed."), name);
	}
	if (!text_is(manifest_text(verifying->arena, verifying->verdict->round, &verifying->members), member->content))
		return no(verifying, N_("%s is not of these members."), TEXT("manifest.json"));
	*out_manifest = member->content;
	return true;
}

/* The member as it follows from the inputs, against the one that is there. */
static bool compare(Verifying *verifying, const ArchiveMember *computed)
{
	const ArchiveMember *member = archive_find(&verifying->members, arena_string(verifying->arena, computed->name));
	DossierVerdict *verdict = verifying->verdict;
	Json expected, found;
	if (!member) return no(verifying, N_("%s is missing."), computed->name);
	if (text_is(member->content, computed->content)) return true;
	verdict->member = computed->name;
	if (!json_parse(verifying->arena, computed->content, &expected, NULL) ||
		!json_parse(verifying->arena, member->content, &found, NULL) ||
		!json_difference(verifying->arena, expected, found, &verdict->path, &verdict->expected, &verdict->found))
		return no(verifying, N_("%s has other bytes than it should have."), computed->name);
	return no(verifying, N_("%s does not follow from what was decided."), computed->name);
}

static bool recompute(Verifying *verifying)
{
	ArchiveMembers computed;
	DossierVerdict *verdict = verifying->verdict;
	if (!dossier_read(verifying->arena, &verifying->members, &verifying->dossier, &verdict->fault)) return false;
	if (!text_is(verifying->dossier.rules.round, verdict->round)) return no(verifying, N_("The rules are of another round."), TEXT(""));
	verdict->has_lists = verifying->dossier.is_decided;
	verdict->rules_sha256 = hash_text(verifying->arena, verifying->dossier.rules_json);
	if (!dossier_members(verifying->arena, &verifying->dossier, &computed, &verdict->fault)) return false;
	(void)archive_pack(verifying->arena, computed.at, computed.count); /* in the order of their names */
	for (size_t i = 0; i < computed.count; i++)
		if (!compare(verifying, &computed.at[i])) return false;
	return computed.count + 2 == verifying->members.count ||
	       no(verifying, N_("There are members that belong to no dossier."), TEXT(""));
}

void dossier_verify(Arena *arena, Text archive, const PublicKey *keys, size_t key_count, DossierVerdict *out)
{
	Verifying *verifying = arena_new_of(arena, Verifying);
	Text manifest;
	*out = (DossierVerdict) { 0 };
	verifying->arena = arena;
	verifying->verdict = out;
	if (archive.length > DOSSIER_BYTES_MAX)
		(void)no(verifying, N_("It is larger than a dossier can be."), TEXT(""));
	else if (!archive_unpack(arena, archive, &verifying->members))
		(void)no(verifying, N_("It is no dossier, or a byte of the archive was changed."), TEXT(""));
	else
		out->consistent = check_manifest(verifying, &manifest) && check_signature(verifying, manifest, keys, key_count) &&
				  recompute(verifying);
}
