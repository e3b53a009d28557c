#include "face/outbox/outbox.h"
#include "face/outbox/outbox.sql.h"
#include "smtp_fixture.h"

static const Sms sample = { TEXT_INIT("+8613800138000"), TEXT_INIT("R-1 \"今天\" & <b>\\到期") };

TEST(sms__number_is_folded_or_refused)
{
	CHECK_TEXT(phone_fold(t->arena, TEXT(" 138-0013 8000 ")), "+8613800138000");
	CHECK_TEXT(phone_fold(t->arena, TEXT("+86 13800138000")), "+8613800138000");
	CHECK_TEXT(phone_fold(t->arena, TEXT("0049 1512 3456789")), "+4915123456789");
	const char *const wrong[] = { "", "12800138000", "1380013800", "010-12345678", "+0123456789", "+123", "138001380001x",
		"+86138\r\n00138000", "+1234567890123456" };
	for (size_t i = 0; i < COUNT(wrong); i++) CHECK(!phone_fold(t->arena, text_from(wrong[i])).at);
}

TEST(sms__is_one_line_of_at_most_seventy_characters)
{
	Buffer long_text = { .arena = t->arena };
	for (int i = 0; i < SMS_LENGTH_MAX; i++) buffer_put(&long_text, TEXT("期"));
	CHECK_OK(t->call, sms_check(t->call, &(Sms) { sample.to, buffer_text(&long_text) }));
	buffer_put(&long_text, TEXT("x"));
	CHECK_ERROR(t->call, sms_check(t->call, &(Sms) { sample.to, buffer_text(&long_text) }), INVALID);
	call_recover(t->call);
	CHECK_ERROR(t->call, sms_check(t->call, &(Sms) { sample.to, TEXT("a\nb") }), INVALID);
	call_recover(t->call);
	CHECK_ERROR(t->call, sms_check(t->call, &(Sms) { TEXT("13800138000"), TEXT("x") }), INVALID);
}

TEST(sms__values_stay_values_wherever_they_stand)
{
	SmsGateway json = { .address = TEXT("https://sms.test/send?to={to}&key={secret}"),
		.method = TEXT("post"),
		.headers = TEXT("Authorization: Bearer {secret} | X-Id: {id}"),
		.body = TEXT("{\"to\":\"{to}\",\"text\":\"{text}\",\"other\":{}}"),
		.secret = TEXT("s3&c\r\nX: y") };
	SmsRequest request = sms_request(t->arena, &json, &sample, TEXT("m1"));
	CHECK_TEXT(request.address, "https://sms.test/send?to=%2B8613800138000&key=s3%26c%0D%0AX%3A%20y");
	CHECK_TEXT(request.body, "{\"to\":\"+8613800138000\",\"text\":\"R-1 \\\"今天\\\" & <b>\\\\到期\",\"other\":{}}");
	CHECK_INT(request.headers.count, 3);
	CHECK_TEXT(request.headers.at[0], "Authorization: Bearer s3&c  X: y");
	CHECK_TEXT(request.headers.at[1], "X-Id: m1");
	CHECK_TEXT(request.headers.at[2], "Content-Type: application/json");
	SmsGateway xml = { .method = TEXT("post"), .body = TEXT("<m>{text}</m>") },
		   form = { .method = TEXT("post"), .body = TEXT("t={text}") };
	CHECK_TEXT(sms_request(t->arena, &xml, &sample, TEXT("1")).body, "<m>R-1 &#34;今天&#34; &#38; &#60;b&#62;\\到期</m>");
	CHECK(!text_find(sms_request(t->arena, &form, &sample, TEXT("1")).body, TEXT("&"), NULL));
	SmsGateway get = { .method = TEXT("get"), .body = TEXT("t={text}") };
	CHECK(!sms_request(t->arena, &get, &sample, TEXT("1")).body.at);
}

static SmsGateway gateway_of(Test *t, const SmsSink *sink)
{
	return (SmsGateway) { .address = arena_printf(t->arena, "http://127.0.0.1:%d/send", sink->port),
		.method = TEXT("post"),
		.body = TEXT("{\"to\":\"{to}\",\"text\":\"{text}\"}"),
		.timeout_seconds = 5 };
}

TEST(sms__gateways_answer_decides_between_taken_refused_and_later)
{
	SmsSink sink = sms_sink_start(t);
	SmsGateway gateway = gateway_of(t, &sink), nobody = gateway;
	Text reason;
	CHECK(sms_send(t->arena, &gateway, &sample, TEXT("1"), &reason) == SEND_ACCEPTED);
	CHECK(text_find(sms_sink_message(t, &sink, 1), TEXT("+8613800138000"), NULL));
	CHECK(sms_send(t->arena, &gateway, &(Sms) { TEXT("+8613800000404"), TEXT("x") }, TEXT("2"), &reason) == SEND_REFUSED);
	CHECK(sms_send(t->arena, &gateway, &(Sms) { TEXT("+8613800000503"), TEXT("x") }, TEXT("3"), &reason) == SEND_LATER);
	CHECK(!text_find(reason, TEXT("13800000503"), NULL)); /* no number in what is logged */
	gateway.accepted = TEXT("\"OK\"");
	CHECK(sms_send(t->arena, &gateway, &sample, TEXT("4"), &reason) == SEND_ACCEPTED);
	CHECK(sms_send(t->arena, &gateway, &(Sms) { TEXT("+8613800000200"), TEXT("x") }, TEXT("5"), &reason) == SEND_REFUSED);
	nobody.address = TEXT("http://127.0.0.1:1/");
	CHECK(sms_send(t->arena, &nobody, &sample, TEXT("6"), &reason) == SEND_LATER);
}

static Error put(Call *call, void *argument) { return outbox_sms(call, &sample, argument); }

TEST_DB(sms__goes_its_own_way_through_the_outbox_and_forgets_the_words)
{
	SmsSink sink = sms_sink_start(t);
	SmsGateway gateway = gateway_of(t, &sink), nobody = gateway;
	SmtpOptions mail = { .host = TEXT("127.0.0.1"), .port = 1 };
	OutboxState state;
	OutboxRow row;
	bool found = false;
	int64_t id = 0, due = 0;
	Numbers ids;
	CHECK_OK(t->call, db_transact(t->call, put, &id));
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_MAIL, 10, &ids));
	CHECK_INT(ids.count, 0);
	CHECK_OK(t->call, outbox_due(t->call, OUTBOX_SMS, 10, &ids));
	CHECK_INT(ids.count, 1);
	CHECK_ERROR(t->call, outbox_send(t->call, &mail, id, &state, &due), USAGE);
	call_recover(t->call);
	nobody.address = TEXT("http://127.0.0.1:1/");
	CHECK_OK(t->call, outbox_send_sms(t->call, &nobody, id, &state, &due));
	CHECK(state == OUTBOX_WAITING && due > t->call->now);
	t->call->now = due;
	CHECK_OK(t->call, outbox_send_sms(t->call, &gateway, id, &state, &due));
	CHECK(state == OUTBOX_DONE);
	CHECK_OK(t->call, outbox_find(t->call, id, &row, &found));
	CHECK(!row.sealed_payload.bytes.at);
	CHECK_INT(outbox_pause_seconds(OUTBOX_SMS, 9), 0);
	CHECK(outbox_pause_seconds(OUTBOX_SMS, 8) > 0);
}
