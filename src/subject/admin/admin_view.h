/* What the administrators' pages show. */
#pragma once
#include "face/html/html.h"
#include "subject/admin/admin.h"

typedef struct SettingGroupView {
	Text title;
	const Table *table;
} SettingGroupView;
typedef struct SettingsView {
	const SettingGroupView *groups;
	size_t group_count;
} SettingsView;

typedef struct SettingView {
	Markup facts, value, reason, history, pager; /* value, reason: the fields */
	Url action;
	int64_t seen;
	bool may_change, is_fixed;
	Text who; /* may change it */
} SettingView;

extern const RouteTable admin_setting_routes;

typedef struct WordlistView {
	const Table *table;
	Markup fields; /* of a word to add */
	Url action;
	bool may_change;
} WordlistView;
typedef struct WordView {
	Markup facts, fields, history, pager;
	Url action;
	int64_t seen;
	bool may_change;
} WordView;
extern const RouteTable admin_word_routes;

typedef struct WorkdaysView {
	Markup years, spans; /* spans: of the year that was chosen; may be empty */
	const FormField *fields;
	size_t field_count;
} WorkdaysView;
extern const RouteTable admin_workday_routes;

typedef struct AuditView {
	Markup filters, list, pager;
	bool is_readings;
} AuditView;

extern const RouteTable audit_routes;

typedef struct HealthView {
	Markup table, faults;
	const HealthCheck *check; /* NULL: not asked for */
} HealthView;

extern const RouteTable admin_health_routes;
