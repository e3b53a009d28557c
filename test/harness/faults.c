#include "harness/faults.h"
#include "store/db/db_private.h"

static const DbDriver *real;
static DbDriver faulty;
static Fault wanted;
static int64_t calls;
static const char *name;

static bool is_now(const Statement *statement)
{
	calls++;
	if (calls == wanted.at) name = statement->name;
	return wanted.at && (calls == wanted.at || (wanted.for_ever && calls > wanted.at));
}

static Error failed(Call *call)
{
	call->failure.kind = wanted.error;
	call->failure.detail = TEXT("a fault of the test");
	return wanted.error;
}

static Error query(Call *call, const Statement *statement, const DbValue *values, Rows **out)
{
	return is_now(statement) ? failed(call) : real->query(call, statement, values, out);
}

static Error change(Call *call, const Statement *statement, const DbValue *values, int64_t *out_changed)
{
	return is_now(statement) ? failed(call) : real->change(call, statement, values, out_changed);
}

void faults_begin(Test *t, const Fault *fault)
{
	real = t->call->db->driver;
	faulty = *real;
	faulty.query = query;
	faulty.change = change;
	wanted = *fault;
	calls = 0;
	name = "";
	t->call->db->driver = &faulty;
}

int64_t faults_end(Test *t)
{
	t->call->db->driver = real;
	return calls;
}

const char *faults_statement(void) { return name; }
