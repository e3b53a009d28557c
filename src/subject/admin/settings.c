#include "store/ledger/ledger.h"
#include "subject/admin/admin.h"

static Error change(Call *call, void *argument)
{
	const SettingWish *wish = argument;
	LedgerEvent event = { .kind = "setting", .ref = text_from(setting_table[wish->id].name), .action = "set", .detail = wish->value };
	TRY(setting_set_because(call, wish->id, wish->value, wish->reason, wish->seen));
	return ledger_record(call, &event, NULL);
}

Error admin_setting_change(Call *call, const SettingWish *wish)
{
	SettingWish copy = *wish;
	TRY(db_transact(call, change, &copy));
	return settings_reread(call);
}
