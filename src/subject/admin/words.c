#include "people/org/org.h"
#include "store/db/db.h"
#include "store/ledger/ledger.h"
#include "subject/admin/admin.h"
#include "subject/find/find.h"
#include "subject/merit/deed.h"
#include "subject/merit/honour.h"
#include "subject/programme/application/application.h"
#include "subject/programme/inspection/inspection.h"
#include "subject/programme/unit/unit.h"
#include "subject/report/report.h"
#include "subject/warning/warning.h"

const Wordlist *const admin_wordlists[] = { &report_reasons, &report_libraries, &report_conditions, &thread_replies, &application_reasons,
	&inspection_checklist, &unit_reasons, &merit_deeds, &merit_honours, &find_reasons, &warning_reasons, &org_sector_words };
const size_t admin_wordlist_count = COUNT(admin_wordlists);

const Wordlist *admin_wordlist(Text name)
{
	for (size_t i = 0; i < COUNT(admin_wordlists); i++)
		if (text_is(name, text_from(admin_wordlists[i]->name))) return admin_wordlists[i];
	return NULL;
}

typedef struct Changing {
	const Wordlist *list;
	const WordWish *wish;
} Changing;

static Error change(Call *call, void *argument)
{
	const Changing *changing = argument;
	const WordWish *wish = changing->wish;
	LedgerEvent event = { .kind = "wordlist",
		.ref = text_from(changing->list->name),
		.action = wish->word.is_retired ? "retire" : "set",
		.detail = wish->word.code };
	TRY(wordlist_change(call, changing->list, wish));
	return ledger_record(call, &event, NULL);
}

Error admin_word_change(Call *call, const Wordlist *list, const WordWish *wish)
{
	Changing changing = { list, wish };
	return db_transact(call, change, &changing);
}
