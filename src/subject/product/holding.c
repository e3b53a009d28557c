/* What contains an SDK, level by level from the SDK upwards. */
#include "subject/product/product_private.h"

enum { HOLDERS_AT_ONCE = 500 };

/* ---- Versions */
static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }
static bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte & 0x80); }

/* The next run of digits or of letters; what stands between parts them. */
static bool next_piece(Text *rest, Text *out)
{
	size_t from = 0, to;
	while (from < rest->length && !is_digit(rest->at[from]) && !is_letter(rest->at[from])) from++;
	if (from == rest->length) return false;
	bool digits = is_digit(rest->at[from]);
	for (to = from; to < rest->length && (digits ? is_digit(rest->at[to]) : is_letter(rest->at[to]));) to++;
	*out = text_slice(*rest, from, to);
	*rest = text_slice(*rest, to, rest->length);
	return true;
}

static Text without_zeros(Text digits)
{
	while (digits.length > 0 && digits.at[0] == '0') digits = text_slice(digits, 1, digits.length);
	return digits;
}

static int compare_numbers(Text a, Text b)
{
	a = without_zeros(a);
	b = without_zeros(b);
	if (a.length != b.length) return a.length < b.length ? -1 : 1;
	return text_compare(a, b);
}

static char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte; }

static int compare_letters(Text a, Text b)
{
	for (size_t i = 0; i < a.length && i < b.length; i++)
		if (lower(a.at[i]) != lower(b.at[i])) return (unsigned char)lower(a.at[i]) < (unsigned char)lower(b.at[i]) ? -1 : 1;
	return a.length == b.length ? 0 : a.length < b.length ? -1 : 1;
}

static bool comes_before(Text letters)
{
	static const char *const words[] = { "alpha", "beta", "rc", "snapshot", "preview", "pre", "dev", "canary" };
	for (size_t i = 0; i < COUNT(words); i++)
		if (text_is_nocase(letters, text_from(words[i]))) return true;
	return false;
}

/* Of a version that goes on where the other one has ended. */
static int weight_of(Text piece)
{
	if (is_digit(piece.at[0])) return without_zeros(piece).length > 0 ? 1 : 0;
	return comes_before(piece) ? -1 : 1;
}

static int compare_pieces(Text a, Text b)
{
	bool a_digits = is_digit(a.at[0]), b_digits = is_digit(b.at[0]);
	if (a_digits != b_digits) return a_digits ? 1 : -1;
	if (!a_digits && comes_before(a) != comes_before(b)) return comes_before(a) ? -1 : 1;
	return a_digits ? compare_numbers(a, b) : compare_letters(a, b);
}

int product_version_compare(Text a, Text b)
{
	for (;;) {
		Text left, right;
		bool more = next_piece(&a, &left), also = next_piece(&b, &right);
		if (!more && !also) return 0;
		int order = more && also ? compare_pieces(left, right) : more ? weight_of(left) : -weight_of(right);
		if (order) return order;
	}
}

static Text bare(Text version)
{
	version = text_trim(version);
	bool marked = version.length > 1 && lower(version.at[0]) == 'v' && is_digit(version.at[1]);
	return marked ? text_slice(version, 1, version.length) : version;
}

bool product_version_in(Text version, const ProductRange *range)
{
	version = bare(version);
	if (!version.length || !is_digit(version.at[0])) return true;
	if (range->from.length && product_version_compare(version, bare(range->from)) < 0) return false;
	return !range->before.length || product_version_compare(version, bare(range->before)) < 0;
}

/* ---- The way up */
typedef struct Level { /* a part that contains the SDK: in this release of it alone, or (no text) in all of them */
	int64_t product_id;
	Text version;
	const ProductHolding *holding; /* NULL: the SDK itself */
} Level;
typedef LIST_OF(Level) Levels;
typedef struct Search {
	Call *call;
	const Product *sdk;
	const ProductRange *range;
	Map *seen;
	Levels levels;
	ProductHoldings found;
} Search;

static bool is_of(const Search *search, const Level *level, const HolderRow *row)
{
	if (!level->holding) return product_version_in(row->version, search->range);
	return !level->version.length || text_is(level->version, row->version);
}

static bool is_new(Search *search, int64_t product_id, Text release)
{
	Text key = arena_printf(search->call->arena, "%lld %.*s", (long long)product_id, TEXT_ARGS(release));
	if (map_get(search->seen, key)) return false;
	map_put(search->seen, key, search);
	return true;
}

static ProductHolding *holding_of(Search *search, const Level *level, const HolderRow *row)
{
	Arena *arena = search->call->arena;
	ProductHolding *holding = arena_new_of(arena, ProductHolding);
	*holding = (ProductHolding) { .product_id = row->product_id,
		.organisation_id = row->owner_id.is ? row->owner_id.value : 0,
		.ref = row->ref,
		.kind = row->kind };
	list_add(arena, &holding->way, ((ProductStep) { row->name, row->name_en, row->release }));
	const Product *sdk = search->sdk;
	ProductStep part = { sdk->name, sdk->name_en, row->version };
	for (size_t i = 0; level->holding && i < level->holding->way.count; i++) {
		ProductStep step = level->holding->way.at[i];
		if (!i) step.version = row->version;
		list_add(arena, &holding->way, step);
	}
	if (!level->holding) list_add(arena, &holding->way, part);
	return holding;
}

static Error climb(Search *search, Level level)
{
	Call *call = search->call;
	HolderRows rows = { 0 };
	int64_t after = 0;
	do {
		TRY(containment_holders(call, level.product_id, after, HOLDERS_AT_ONCE, &rows));
		for (size_t i = 0; i < rows.count; i++) {
			const HolderRow *row = &rows.at[i];
			after = row->id;
			if (row->product_id == search->sdk->id || !is_of(search, &level, row) ||
				!is_new(search, row->product_id, row->release))
				continue;
			const ProductHolding *holding = holding_of(search, &level, row);
			list_add(call->arena, &search->found, *holding);
			if (text_is(row->kind, TEXT("sdk")))
				list_add(call->arena, &search->levels, ((Level) { row->product_id, row->release, holding }));
		}
	} while (rows.count == HOLDERS_AT_ONCE && !arena_is_full(call->arena));
	return arena_is_full(call->arena) ? fail(call, TOO_LARGE, "too many products contain the part") : OK;
}

Error product_holdings(Call *call, const Product *sdk, const ProductRange *range, ProductHoldings *out)
{
	Search search = { .call = call, .sdk = sdk, .range = range, .seen = map_new(call->arena) };
	list_add(call->arena, &search.levels, ((Level) { .product_id = sdk->id }));
	for (size_t i = 0; i < search.levels.count; i++) TRY(climb(&search, search.levels.at[i]));
	*out = search.found;
	return OK;
}
