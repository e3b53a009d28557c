/* The picture and the text made of the tables: a column of states, rows between neighbours straight, all others along lanes at the right. What can be
 * done alike in many states is written below them once, instead of as many arrows. Machines stand in columns side by side. */
#include "work/workflow/workflow.h"

enum {
	BOX_LEFT = 20,
	BOX_WIDTH = 290,
	SLOT = 20,
	GAP = 44,
	LANE_START = 640,
	LANE = 16,
	COLUMN_WIDTH = 1240,
	COLUMNS = 3,
	ALIKE_LEAST = 3
};

typedef struct Line {
	const Transition *row;
	int from, to; /* states */
	int from_y, to_y, lane;
} Line;

typedef struct Picture {
	const Machine *machine;
	Line lines[256];
	size_t line_count;
	int top[32], height[32], slots[32];
	int bottom, left; /* left: of its column */
} Picture;

/* ---- What is alike in several states: the same row but for where it comes from, and where it leads to when it stays there */
static bool stays(const Transition *row) { return !strcmp(row->from, row->to); }
static bool same_word(const char *a, const char *b) { return a == b || (a && b && !strcmp(a, b)); }

static bool is_alike(const Transition *a, const Transition *b)
{
	bool leads = (stays(a) && stays(b)) || (!stays(a) && !stays(b) && !strcmp(a->to, b->to));
	return leads && !strcmp(a->action, b->action) && same_word(a->says, b->says) && a->who == b->who && a->only == b->only &&
	       a->when == b->when && same_word(a->clock, b->clock) && a->pauses == b->pauses && same_word(a->form, b->form);
}

static size_t alike_count(const Machine *machine, const Transition *row)
{
	size_t count = 0;
	for (size_t i = 0; i < machine->row_count; i++) count += is_alike(&machine->rows[i], row);
	return count;
}

/* The first of those that are alike speaks for all. */
static bool speaks_for_all(const Machine *machine, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_alike(&machine->rows[i], &machine->rows[at])) return false;
	return alike_count(machine, &machine->rows[at]) >= ALIKE_LEAST;
}

static int state_at(const Machine *machine, const char *name)
{
	const WorkflowState *state = workflow_state(machine, text_from(name));
	must(state);
	return (int)(state - machine->states);
}

static void collect_lines(Picture *picture)
{
	for (size_t i = 0; i < picture->machine->row_count; i++) {
		const Transition *row = &picture->machine->rows[i];
		if (alike_count(picture->machine, row) >= ALIKE_LEAST) continue;
		int from = state_at(picture->machine, row->from), to = state_at(picture->machine, row->to);
		must(picture->line_count < COUNT(picture->lines));
		picture->lines[picture->line_count++] = (Line) { .row = row, .from = from, .to = to };
		picture->slots[from]++;
		if (from != to) picture->slots[to]++;
	}
}

static void place_boxes(Picture *picture, int top)
{
	int taken[32] = { 0 };
	must(picture->machine->state_count <= COUNT(picture->top));
	for (size_t i = 0; i < picture->machine->state_count; i++) {
		picture->top[i] = top;
		picture->height[i] = 30 + SLOT * (picture->slots[i] > 0 ? picture->slots[i] : 1);
		top += picture->height[i] + GAP;
	}
	for (size_t i = 0; i < picture->machine->row_count; i++)
		if (speaks_for_all(picture->machine, i)) top += SLOT;
	picture->bottom = top;
	for (size_t i = 0; i < picture->line_count; i++) {
		Line *line = &picture->lines[i];
		line->from_y = picture->top[line->from] + 20 + SLOT * taken[line->from]++;
		line->to_y = line->from == line->to ? line->from_y : picture->top[line->to] + 20 + SLOT * taken[line->to]++;
	}
}

static bool overlaps(const Line *a, const Line *b)
{
	int a_low = a->from_y < a->to_y ? a->from_y : a->to_y, a_high = a->from_y + a->to_y - a_low;
	int b_low = b->from_y < b->to_y ? b->from_y : b->to_y, b_high = b->from_y + b->to_y - b_low;
	return a_low <= b_high && b_low <= a_high;
}

static void place_lanes(Picture *picture)
{
	for (size_t i = 0; i < picture->line_count; i++) {
		Line *line = &picture->lines[i];
		for (size_t j = 0; j < i;) {
			bool taken = picture->lines[j].lane == line->lane && overlaps(&picture->lines[j], line);
			line->lane += taken;
			j = taken ? 0 : j + 1;
		}
	}
}

static void draw_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		const char *entity = *text == '<' ? "&lt;" : *text == '&' ? "&amp;" : *text == '>' ? "&gt;" : NULL;
		if (entity)
			fputs(entity, out);
		else
			fputc(*text, out);
	}
}

/* "Isolate → ISOLATED   from A, B, C" */
static void draw_alike(FILE *out, const Picture *picture)
{
	const Machine *machine = picture->machine;
	int y = picture->bottom - SLOT / 2;
	for (size_t i = machine->row_count; i-- > 0;) {
		const Transition *row = &machine->rows[i];
		const char *between = stays(row) ? " in " : " from ";
		if (!speaks_for_all(machine, i)) continue;
		fprintf(out, "<text class=\"row\" x=\"%d\" y=\"%d\"><tspan class=\"name\">", BOX_LEFT, y);
		draw_text(out, row->says);
		fputs("</tspan>", out);
		if (!stays(row)) fprintf(out, " → %s", row->to);
		for (size_t k = i; k < machine->row_count; k++) {
			if (!is_alike(&machine->rows[k], row)) continue;
			fprintf(out, "%s%s", between, machine->rows[k].from);
			between = ", ";
		}
		fputs("</text>\n", out);
		y -= SLOT;
	}
}

static void draw_machine(FILE *out, const Picture *picture)
{
	for (size_t i = 0; i < picture->machine->state_count; i++) {
		const WorkflowState *state = &picture->machine->states[i];
		fprintf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\"/>\n",
			state->final ? "final" : "state", BOX_LEFT, picture->top[i], BOX_WIDTH, picture->height[i]);
		fprintf(out, "<text class=\"name\" x=\"%d\" y=\"%d\">%s</text>\n<text x=\"%d\" y=\"%d\">", BOX_LEFT + 12,
			picture->top[i] + 20, state->name, BOX_LEFT + 12, picture->top[i] + 38);
		draw_text(out, state->text);
		fputs("</text>\n", out);
	}
	int right = BOX_LEFT + BOX_WIDTH;
	for (size_t i = 0; i < picture->line_count; i++) {
		const Line *line = &picture->lines[i];
		int lane = LANE_START + LANE * line->lane;
		fprintf(out, "<text class=\"row\" x=\"%d\" y=\"%d\">%s", right + 8, line->from_y - 4, line->from == line->to ? "↻ " : "");
		draw_text(out, line->row->says);
		fputs("</text>\n", out);
		if (line->from != line->to)
			fprintf(out, "<path d=\"M%d %dH%dV%dH%d\" marker-end=\"url(#a)\"/>\n", right, line->from_y, lane, line->to_y,
				right + 8);
	}
}

void workflow_draw(Arena *arena, FILE *out, const Machine *const *machines, size_t count)
{
	int tops[COLUMNS] = { 60, 60, 60 }, width = 0, height = 0;
	Picture *pictures = arena_array_of(arena, Picture, count);
	for (size_t i = 0; i < count; i++) {
		int column = 0; /* the shortest so far */
		for (int k = 1; k < COLUMNS; k++)
			if (tops[k] < tops[column]) column = k;
		pictures[i].machine = machines[i];
		pictures[i].left = column * COLUMN_WIDTH;
		collect_lines(&pictures[i]);
		place_boxes(&pictures[i], tops[column]);
		place_lanes(&pictures[i]);
		tops[column] = pictures[i].bottom + 60;
		if (tops[column] > height) height = tops[column];
		if (pictures[i].left + COLUMN_WIDTH > width) width = pictures[i].left + COLUMN_WIDTH;
	}
	fprintf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
		"font-size=\"12\">\n",
		width, height, width, height);
	fputs("<style>rect{fill:#eef3fb;stroke:#24508f}.final{fill:#e9f5ec;stroke:#2c6e3f}path{fill:none;stroke:#555}.name{font-weight:"
	      "bold}.row{fill:#333;font-size:11px}"
	      ".title{font-size:18px}</style>\n"
	      "<defs><marker id=\"a\" markerWidth=\"8\" markerHeight=\"8\" refX=\"7\" refY=\"4\" orient=\"auto\"><path d=\"M0 0L8 4L0 "
	      "8z\"/></marker></defs>\n",
		out);
	for (size_t i = 0; i < count; i++) {
		fprintf(out, "<g transform=\"translate(%d 0)\">\n<text class=\"title\" x=\"%d\" y=\"%d\">", pictures[i].left, BOX_LEFT,
			pictures[i].top[0] - 16);
		draw_text(out, machines[i]->text);
		fputs("</text>\n", out);
		draw_machine(out, &pictures[i]);
		draw_alike(out, &pictures[i]);
		fputs("</g>\n", out);
	}
	fputs("</svg>\n", out);
}

static void describe_roles(FILE *out, Lang lang, uint32_t who)
{
	const char *between = "";
	for (unsigned bit = 0; bit < 32; bit++) {
		if (!(who & (1U << bit))) continue;
		fprintf(out, "%s%.*s", between, TEXT_ARGS(tr(lang, role_text((Role)(1U << bit)))));
		between = ", ";
	}
}

static void describe_row(FILE *out, Lang lang, const Machine *machine, const Transition *row)
{
	const WorkflowClock *clock = workflow_clock(machine, row->clock);
	fprintf(out, "| %s | `%s` %.*s | ", row->from, row->action, TEXT_ARGS(tr(lang, row->says)));
	describe_roles(out, lang, row->who);
	fprintf(out, " | %s | ", row->to);
	if (clock) fprintf(out, "%.*s (%s)", TEXT_ARGS(tr(lang, clock->text)), setting_table[clock->limit].default_value);
	fputs(" |\n", out);
}

void workflow_describe(FILE *out, Lang lang, const Machine *const *machines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const Machine *machine = machines[i];
		fprintf(out, "%s## %.*s\n\n", i ? "\n" : "", TEXT_ARGS(tr(lang, machine->text)));
		for (size_t j = 0; j < machine->state_count; j++)
			fprintf(out, "* **%s** %.*s\n", machine->states[j].name, TEXT_ARGS(tr(lang, machine->states[j].text)));
		fprintf(out, "\n| %.*s | %.*s | %.*s | %.*s | %.*s |\n|---|---|---|---|---|\n", TEXT_ARGS(tr(lang, N_("From"))),
			TEXT_ARGS(tr(lang, N_("Action"))), TEXT_ARGS(tr(lang, N_("Who"))), TEXT_ARGS(tr(lang, N_("To"))),
			TEXT_ARGS(tr(lang, N_("Clock, working days"))));
		for (size_t j = 0; j < machine->row_count; j++) describe_row(out, lang, machine, &machine->rows[j]);
	}
}
