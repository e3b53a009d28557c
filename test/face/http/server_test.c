#include "site_private.h"

TEST(http_server__answers_pages_and_keeps_the_connection)
{
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	Client client = client_open(t, server);
	for (int i = 0; i < 3; i++) {
		client_send(&client, TEXT("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
		Answer answer = client_read(&client, false);
		CHECK_INT(answer.status, 200);
		CHECK_TEXT(answer.body, "<p>zh-CN /");
		CHECK_TEXT(answer_header(&answer, "X-Content-Type-Options"), "nosniff");
	}
	client_close(&client);
	http_stop(&server);
	CHECK(server == NULL);
}

TEST(http_server__takes_forms_small_and_large)
{
	HttpOptions options = site_options(t);
	HttpServer *server = site_start(t, &options);
	Answer answer = site_fetch(t, server,
		"POST /api/v1/open HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
		"20\r\n\r\ntitle=a+b&kind=green");
	CHECK_INT(answer.status, 200);
	CHECK_TEXT(answer.body, "title=a b body= kind=green count=0 agreed=0");
	http_stop(&server);
}
