/* The acceptance test of warnings: whom a warning about an SDK reaches is what the containment says, and whom one to an industry reaches is who works
 * in it; nobody else hears of it. */
#include "people/notice/notice.h"
#include "people/people_fixture.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "subject/library/library.h"
#include "subject/warning/warning_fixture.h"

enum { SDKS = 5, APPS = 8, PRODUCTS = SDKS + APPS, RELEASES = 3, EDGES = 26, ROUNDS = 5, SECTORS = 4, ANY = -1 };
static const char *const sector_codes[SECTORS] = { "finance", "health", "telecom", "transport" };

typedef struct Edge {
	int product, release, part, version; /* release ANY: of all; version: of the part */
} Edge;
typedef struct Graph {
	WarningWorld world;
	Product products[PRODUCTS];
	Text releases[PRODUCTS][RELEASES];
	int owners[PRODUCTS]; /* ANY: nobody */
	Edge edges[EDGES];
	unsigned sectors[FIXTURE_VENDORS], wanted; /* sets of sector_codes: of each vendor, of the warning */
	uint64_t seed;
} Graph;

static int below(Graph *graph, int limit)
{
	graph->seed = graph->seed * 6364136223846793005U + 1442695040888963407U;
	return (int)((graph->seed >> 33) % (uint64_t)limit);
}

/* ---- The catalogue */
static void make_products(Graph *graph)
{
	Test *t = graph->world.scene->t;
	for (int i = 0; i < PRODUCTS; i++) {
		graph->owners[i] = i % 6 == 5 ? ANY : i % 6 % FIXTURE_VENDORS;
		graph->products[i] =
			warning_product(&graph->world, i < SDKS ? "sdk" : "android", arena_printf(t->arena, "Product %d", i).at,
				graph->owners[i] == ANY ? NULL : graph->world.vendors[graph->owners[i]]);
		for (int r = 0; r < RELEASES; r++) {
			Releases releases;
			Release release = { .version_code = r, .version_name = arena_printf(t->arena, "%d.0", r + 1) };
			CHECK_OK(t->call, product_release_add(t->call, graph->products[i].ref, &release));
			CHECK_OK(t->call, product_releases(t->call, graph->products[i].id, 0, 1, &releases));
			graph->releases[i][r] = releases.at[0].ref;
		}
	}
}

static void declare(Graph *graph, Edge *edge)
{
	Test *t = graph->world.scene->t;
	warning_contain(&graph->world, &graph->products[edge->product],
		edge->release == ANY ? TEXT("") : graph->releases[edge->product][edge->release], &graph->products[edge->part],
		arena_printf(t->arena, "%d.0", edge->version + 1).at);
}

static void end_of(Graph *graph, const Product *product)
{
	Containments parts;
	Call *call = graph->world.scene->call;
	scene_as(graph->world.scene, graph->world.coordinator);
	CHECK_OK(call, product_contains(call, product->id, 0, 200, &parts));
	for (size_t k = 0; k < parts.count; k++) CHECK_OK(call, product_containment_end(call, product->ref, parts.at[k].ref));
}

static void choose(Graph *graph, int vendor, unsigned set)
{
	Call *call = graph->world.scene->call;
	Organisation organisation;
	Texts codes = { 0 };
	for (int i = 0; i < SECTORS; i++)
		if (set & 1U << i) list_add(call->arena, &codes, text_from(sector_codes[i]));
	graph->sectors[vendor] = set;
	scene_as(graph->world.scene, vendor % 2 ? graph->world.vendors[vendor] : graph->world.coordinator);
	CHECK_OK(call, org_find(call, graph->world.vendors[vendor]->organisation_id, &organisation));
	CHECK_OK(call, org_sectors_choose(call, organisation.ref, &codes));
}

static void shuffle(Graph *graph)
{
	for (int v = 0; v < FIXTURE_VENDORS; v++) choose(graph, v, (unsigned)(below(graph, 1 << SECTORS) & below(graph, 1 << SECTORS)));
	for (int i = 0; i < PRODUCTS; i++) end_of(graph, &graph->products[i]);
	for (int i = 0; i < EDGES; i++) {
		Edge edge = { .release = below(graph, RELEASES + 1) - 1, .part = below(graph, SDKS), .version = below(graph, RELEASES) };
		do edge.product = below(graph, PRODUCTS);
		while (edge.product == edge.part);
		graph->edges[i] = edge;
		declare(graph, &edge);
	}
}

/* ---- The index by brute force: spread until nothing changes */
typedef struct Reached {
	bool is[PRODUCTS][RELEASES + 1]; /* the last one: in all releases */
} Reached;

static bool concerns(const Graph *graph, const Reached *reached, const Edge *edge, int sdk, int from, int before)
{
	(void)graph;
	if (edge->part == sdk) return edge->version >= from && edge->version < before;
	return reached->is[edge->part][RELEASES] || reached->is[edge->part][edge->version];
}

static Reached spread(const Graph *graph, int sdk, int from, int before)
{
	Reached reached = { 0 };
	for (bool changed = true; changed;) {
		changed = false;
		for (int i = 0; i < EDGES; i++) {
			const Edge *edge = &graph->edges[i];
			int release = edge->release == ANY ? RELEASES : edge->release;
			if (edge->product == sdk || reached.is[edge->product][release] ||
				!concerns(graph, &reached, edge, sdk, from, before))
				continue;
			changed = reached.is[edge->product][release] = true;
		}
	}
	return reached;
}

static bool is_reached(const Reached *reached, int product)
{
	for (int r = 0; r <= RELEASES; r++)
		if (reached->is[product][r]) return true;
	return false;
}

static bool is_expected(const Graph *graph, const Reached *reached, int vendor)
{
	if (graph->sectors[vendor] & graph->wanted) return true;
	for (int i = 0; i < PRODUCTS; i++)
		if (graph->owners[i] == vendor && is_reached(reached, i)) return true;
	return false;
}

/* ---- Compared */
static void compare_products(Graph *graph, const Reached *reached, int sdk, const ProductRange *range)
{
	Call *call = graph->world.scene->call;
	ProductHoldings found;
	size_t expected = 0;
	CHECK_OK(call, product_holdings(call, &graph->products[sdk], range, &found));
	for (int i = 0; i < PRODUCTS; i++)
		for (int r = 0; r <= RELEASES; r++) expected += reached->is[i][r];
	CHECK_INT(found.count, expected);
	for (size_t k = 0; k < found.count; k++) {
		const ProductStep *first = &found.at[k].way.at[0], *last = &found.at[k].way.at[found.at[k].way.count - 1];
		int release = first->version.length ? first->version.at[0] - '1' : RELEASES, product = ANY;
		for (int i = 0; i < PRODUCTS; i++)
			if (graph->products[i].id == found.at[k].product_id) product = i;
		CHECK(product != ANY && reached->is[product][release]);
		CHECK(text_is(last->name, graph->products[sdk].name));
	}
}

static bool has_reach(const WarningAudience *audience, const Actor *vendor)
{
	for (size_t i = 0; i < audience->reaches.count; i++)
		if (audience->reaches.at[i].organisation_id == vendor->organisation_id)
			return audience->reaches.at[i].why[LANG_ZH].length > 0;
	return false;
}

/* How many each aim reaches: the first one is the SDK's. */
static void compare_shares(Graph *graph, const Reached *reached, const WarningAudience *audience)
{
	Graph alone = *graph;
	int64_t expected = 0;
	size_t at = 0;
	alone.wanted = 0;
	for (int v = 0; v < FIXTURE_VENDORS; v++) expected += is_expected(&alone, reached, v);
	CHECK_INT(audience->shares.at[at++].reached, expected);
	for (int i = 0; i < SECTORS; i++) {
		if (!(graph->wanted & 1U << i)) continue;
		expected = 0;
		for (int v = 0; v < FIXTURE_VENDORS; v++) expected += (graph->sectors[v] >> i) & 1;
		CHECK(at < audience->shares.count);
		CHECK_INT(audience->shares.at[at++].reached, expected);
	}
	CHECK_INT(audience->shares.count, at);
}

static size_t compare_audience(Graph *graph, const Reached *reached, Text ref)
{
	WarningAudience audience;
	Warning warning = warning_seen(&graph->world, graph->world.coordinator, ref);
	size_t expected = 0;
	CHECK_OK(graph->world.scene->call, warning_audience(graph->world.scene->call, &warning, &audience));
	for (int v = 0; v < FIXTURE_VENDORS; v++) {
		bool is = is_expected(graph, reached, v);
		expected += is;
		if (has_reach(&audience, graph->world.vendors[v]) != is) test_fail(__FILE__, __LINE__, "vendor %d: expected %d", v, is);
	}
	CHECK_INT(audience.reaches.count, expected);
	CHECK_INT(audience.told, expected);
	CHECK_INT(audience.known + audience.left_out, 0);
	compare_shares(graph, reached, &audience);
	return expected;
}

/* ---- Nobody else is told */
static size_t mails_to(Graph *graph, const Actor *actor)
{
	Test *t = graph->world.scene->t;
	size_t found = 0, count = people_mail_count(t);
	Text address = arena_printf(t->arena, "%.*s@example.org", TEXT_ARGS(actor->name));
	for (size_t i = 0; i < count; i++) {
		Mail mail = people_mail(t, i);
		if (text_is(mail.to, address) && text_find(mail.text, TEXT("/warning-desk/"), NULL)) found++;
		CHECK(!text_find(mail.text, TEXT("金丝雀"), NULL) && !text_find(mail.subject, TEXT("金丝雀"), NULL)); /* never its title */
		CHECK(!text_find(mail.text, TEXT("Canary"), NULL));
	}
	return found;
}

static void hears_nothing(Graph *graph, const Actor *actor, Text ref)
{
	Call *call = graph->world.scene->call;
	Warning warning;
	Warnings list;
	call_recover(call);
	scene_as(graph->world.scene, actor);
	CHECK_ERROR(call, warning_open(call, ref, &warning), NOT_FOUND);
	CHECK_ERROR(call, warning_acknowledge(call, ref, VALUES(graph->world.scene, "confirm", "yes")), NOT_FOUND);
	call_recover(call);
	CHECK_OK(call, warning_received(call, 0, 50, &list));
	CHECK_INT(list.count, 0);
	CHECK_OK(call, warning_shared(call, 0, 50, &list));
	CHECK_INT(list.count, 0);
	CHECK_OK(call, warning_in_state(call, TEXT("SENT"), 0, 50, &list));
	CHECK_INT(list.count, 0);
	CHECK_INT(warning_told(&graph->world, actor), 0);
	CHECK_INT(mails_to(graph, actor), 0);
}

static void nothing_is_public(Graph *graph)
{
	Call *call = graph->world.scene->call;
	WarningPublics list;
	LibraryPage page;
	Changes changes;
	int64_t numbered;
	call->actor = &actor_system;
	CHECK_OK(call, ledger_sequence(call, &numbered));
	call->actor = &actor_visitor;
	CHECK_OK(call, warning_list_public(call, (WarningCursor) { 0 }, 50, &list));
	CHECK_INT(list.count, 0);
	CHECK_OK(call, library_search(call, &(LibraryQuery) { .question = TEXT("金丝雀"), .limit = 10 }, &page));
	CHECK_INT(page.items.count, 0);
	CHECK_OK(call, change_since(call, 0, 500, &changes));
	for (size_t i = 0; i < changes.count; i++) CHECK(!text_is(changes.at[i].kind, TEXT("warning")));
}

static void send_and_look(Graph *graph, const Reached *reached, Text ref, size_t expected)
{
	WarningWorld *world = &graph->world;
	Call *call = world->scene->call;
	WarningRecipients recipients;
	CHECK_OK(call, warning_do(world, world->publisher, ref, "send"));
	warning_delivered(world);
	Warning warning = warning_seen(world, world->coordinator, ref);
	CHECK_OK(call, warning_recipients(call, &warning, 0, 100, &recipients));
	CHECK_INT(recipients.count, expected);
	for (int v = 0; v < FIXTURE_VENDORS; v++) {
		if (!is_expected(graph, reached, v)) {
			hears_nothing(graph, world->vendors[v], ref);
			continue;
		}
		CHECK(warning_seen(world, world->vendors[v], ref).is_told);
		CHECK_INT(warning_told(world, world->vendors[v]), 1);
		CHECK_INT(mails_to(graph, world->vendors[v]), 1);
	}
	hears_nothing(graph, world->unit, ref);
	nothing_is_public(graph);
}

static void count_receipts(Graph *graph, const Reached *reached, Text ref, size_t expected)
{
	WarningWorld *world = &graph->world;
	Call *call = world->scene->call;
	WarningCounts counts;
	int64_t signed_for = 0;
	for (int v = 0; v < FIXTURE_VENDORS; v++) {
		if (!is_expected(graph, reached, v) || v % 2) continue;
		Warning seen = warning_seen(world, world->vendors[v], ref);
		CHECK_OK(call, warning_mark_read(call, &seen));
		CHECK_OK(call, warning_acknowledge(call, ref, VALUES(world->scene, "confirm", "yes", "statement", "affected")));
		signed_for++;
	}
	Warning warning = warning_seen(world, world->coordinator, ref);
	CHECK_OK(call, warning_counts(call, &warning, &counts));
	CHECK_INT(counts.told, expected);
	CHECK_INT(counts.read, signed_for);
	CHECK_INT(counts.signed_for, signed_for);
	CHECK_INT(counts.affected, signed_for);
}

/* What is declared afterwards tells nobody, until staff extends the audience. */
static void add_afterwards(Graph *graph, const Reached *reached, Text ref, int sdk, const Map *aim)
{
	WarningWorld *world = &graph->world;
	Call *call = world->scene->call;
	int late = ANY;
	for (int v = 0; v < FIXTURE_VENDORS; v++)
		if (!is_expected(graph, reached, v)) late = v;
	if (late == ANY) return;
	Product app = warning_product(world, "android", "Latecomer", world->vendors[late]);
	warning_contain(world, &app, TEXT(""), &graph->products[sdk], "1.0");
	choose(graph, late, graph->wanted);
	warning_delivered(world);
	hears_nothing(graph, world->vendors[late], ref);
	CHECK_ERROR(call, warning_do(world, world->second_publisher, ref, "extend"), INVALID);
	warning_aim_at(world, ref, aim);
	warning_delivered(world);
	hears_nothing(graph, world->vendors[late], ref); /* chosen, not approved */
	CHECK_OK(call, warning_do(world, world->second_publisher, ref, "extend"));
	warning_delivered(world);
	CHECK_INT(warning_told(world, world->vendors[late]), 1);
	for (int v = 0; v < FIXTURE_VENDORS; v++)
		if (v != late && is_expected(graph, reached, v))
			CHECK_INT(warning_told(world, world->vendors[v]), 1); /* nobody is told twice */
	end_of(graph, &app); /* it is no part of the graph */
}

TEST_DB(warning__the_audience_equals_the_containment_and_the_industries_and_nobody_else_is_told)
{
	Graph graph = { .world = warning_world(t), .seed = 20261129 };
	bool was_sent = false;
	make_products(&graph);
	for (int round = 0; round < ROUNDS || !was_sent; round++) {
		shuffle(&graph);
		for (int sdk = 0; sdk < SDKS; sdk++) {
			int from = below(&graph, RELEASES), before = from + 1 + below(&graph, RELEASES - from);
			char name[8], first[8], last[8];
			snprintf(first, sizeof(first), "%d.0", from + 1);
			snprintf(last, sizeof(last), "%d.0", before + 1);
			snprintf(name, sizeof(name), "%d", sdk);
			const ProductRange range = { text_from(first), text_from(last) };
			Reached reached = spread(&graph, sdk, from, before);
			compare_products(&graph, &reached, sdk, &range);
			Text ref = warning_written(&graph.world, NULL);
			Map *aim = VALUES(graph.world.scene, "kind", "vendors", "version_from", first, "version_before", last);
			form_set(t->arena, aim, TEXT("sdk"), graph.products[sdk].ref);
			graph.wanted = (unsigned)(below(&graph, 1 << SECTORS) & below(&graph, 1 << SECTORS) & below(&graph, 1 << SECTORS));
			warning_aim_at(&graph.world, ref, aim);
			for (int i = 0; i < SECTORS; i++)
				if (graph.wanted & 1U << i)
					warning_aim_at(
						&graph.world, ref, VALUES(graph.world.scene, "kind", "sector", "sector", sector_codes[i]));
			size_t expected = compare_audience(&graph, &reached, ref);
			if (was_sent || !graph.wanted || !expected || expected == FIXTURE_VENDORS) continue;
			was_sent = true;
			warning_assessed(&graph.world, ref);
			send_and_look(&graph, &reached, ref, expected);
			count_receipts(&graph, &reached, ref, expected);
			form_set(t->arena, aim, TEXT("version_from"), TEXT(""));
			add_afterwards(&graph, &reached, ref, sdk, aim);
		}
		CHECK(round < 40);
	}
}

TEST(product__versions_compare_as_people_read_them)
{
	static const char *const rising[] = { "1.0-alpha", "1.0-rc1", "1.0", "1.0a", "1.0.1", "1.2", "1.10", "2", "2.0.0.1", "10.0" };
	for (size_t i = 0; i < COUNT(rising); i++)
		for (size_t k = 0; k < COUNT(rising); k++) {
			int order = product_version_compare(text_from(rising[i]), text_from(rising[k]));
			if ((order > 0) - (order < 0) != (i > k) - (i < k))
				test_fail(__FILE__, __LINE__, "%s %s: %d", rising[i], rising[k], order);
		}
	CHECK_INT(product_version_compare(TEXT("3.0"), TEXT("3.0.0")), 0);
	CHECK_INT(product_version_compare(TEXT("03.1"), TEXT("3.01")), 0);
	const ProductRange range = { TEXT("3.0"), TEXT("3.6.5") };
	CHECK(product_version_in(TEXT("3.0.0"), &range) && product_version_in(TEXT("v3.6.4"), &range));
	CHECK(!product_version_in(TEXT("3.6.5"), &range) && !product_version_in(TEXT("2.9"), &range));
	CHECK(product_version_in(TEXT("latest"), &range)); /* nobody knows which one that is */
}
