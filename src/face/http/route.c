/* Route tables compiled into a tree of segments. */
#include "face/http/http_private.h"

struct RouteNode {
	Map *children; /* literal segment to RouteNode */
	RouteNode *parameter; /* ":name" */
	const Route *routes[METHOD_COUNT];
};

static const char *const method_names[METHOD_COUNT] = { "GET", "POST", "PUT", "DELETE" };

static RouteNode *node_new(Arena *arena)
{
	RouteNode *node = arena_new_of(arena, RouteNode);
	node->children = map_new(arena);
	return node;
}

static RouteNode *node_below(RouteNode *node, Text segment, Arena *arena)
{
	if (segment.at[0] == ':') {
		if (!node->parameter) node->parameter = node_new(arena);
		return node->parameter;
	}
	RouteNode *child = map_get(node->children, segment);
	if (!child) {
		child = node_new(arena);
		map_put(node->children, segment, child);
	}
	return child;
}

/* What is wrong with a row, or NULL. */
static const char *row_fault(const Route *row, size_t segments, size_t parameters)
{
	if (!row->handle) return "no handler";
	if (!row->may) return "nobody may";
	if (segments > SEGMENTS_MAX || parameters > PARAMETERS_MAX) return "too many segments or parameters";
	if (row->is_public && row->method != GET) return "public, but not GET";
	if (row->is_public && !(row->may & ROLE_VISITOR)) return "public, but closed to visitors";
	if (row->is_public && (row->needs_second_factor || row->scope)) return "public, but asks for credentials";
	if (row->form && row->method == GET) return "a form on GET";
	return NULL;
}

static Error compile_row(Call *call, const char *room, const Route *row, RouteNode *root, Arena *arena)
{
	RouteNode *node = root;
	size_t segments = 0, parameters = 0;
	Text path = text_from(row->path);
	if (!path.length || path.at[0] != '/') return fail(call, CONFIG, "%s: route \"%s\" does not begin with /", room, row->path);
	if (path.length > 1)
		for (Text rest = text_slice(path, 1, path.length), segment; text_next(&rest, '/', &segment); segments++) {
			if (!segment.length) return fail(call, CONFIG, "%s: route %s has an empty segment", room, row->path);
			parameters += segment.at[0] == ':';
			node = node_below(node, segment, arena);
		}
	const char *fault = row_fault(row, segments, parameters);
	if (fault) return fail(call, CONFIG, "%s: route %s %s: %s", room, method_names[row->method], row->path, fault);
	if (node->routes[row->method])
		return fail(call, CONFIG, "%s: route %s %s stands twice", room, method_names[row->method], row->path);
	node->routes[row->method] = row;
	return OK;
}

Error routes_compile(Call *call, const RouteTable *tables, size_t count, Arena *arena, RouteNode **out)
{
	RouteNode *root = node_new(arena);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < tables[i].count; j++) TRY(compile_row(call, tables[i].room, &tables[i].rows[j], root, arena));
	*out = root;
	return OK;
}

static const Route *any_route(const RouteNode *node)
{
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (node->routes[i]) return node->routes[i];
	return NULL;
}

/* The end node of an address: literal segments win over parameters. */
static const RouteNode *find_node(const RouteNode *node, const Target *target, size_t at, size_t parameter, Text *parameters)
{
	if (at == target->segment_count) return any_route(node) ? node : NULL;
	const RouteNode *literal = map_get(node->children, target->segments[at]);
	const RouteNode *found = literal ? find_node(literal, target, at + 1, parameter, parameters) : NULL;
	if (found || !node->parameter) return found;
	found = find_node(node->parameter, target, at + 1, parameter + 1, parameters);
	if (found) parameters[parameter] = target->segments[at];
	return found;
}

static Text allowed_methods(const RouteNode *node, Arena *arena)
{
	Texts names = { 0 };
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		if (!node->routes[i]) continue;
		list_add(arena, &names, text_from(method_names[i]));
		if (i == GET) list_add(arena, &names, TEXT("HEAD"));
	}
	return arena_join(arena, names.at, names.count, TEXT(", "));
}

void routes_match(const RouteNode *root, const Target *target, bool has_method, Method method, Arena *arena, RouteMatch *out)
{
	*out = (RouteMatch) { 0 };
	const RouteNode *node = target->is_strange ? NULL : find_node(root, target, 0, 0, out->parameters);
	if (!node) return;
	out->route = has_method ? node->routes[method] : NULL;
	out->of_address = out->route ? out->route : any_route(node);
	if (target->is_english && !out->of_address->is_public) {
		*out = (RouteMatch) { 0 };
		return;
	}
	if (!out->route) out->allow = allowed_methods(node, arena);
}
