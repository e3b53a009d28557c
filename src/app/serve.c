#include "app/serve.h"

#include "app/background.h"
#include "app/control.h"
#include "app/wiring.h"
#include "base/base/log.h"
#include "store/seal/seal.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum { CACHE_BYTES = 24 * 1024 * 1024, REQUESTS_PER_MINUTE = 600, ACCOUNT_REQUESTS_PER_MINUTE = 1200 };

/* The options that are numbers, each from its least to its most. */
static const struct {
	const char *name;
	int least, most;
	size_t place;
} numbers[] = {
	{ "--event-threads", 1, 256, offsetof(ServeOptions, event_threads) },
	{ "--workers", 1, 256, offsetof(ServeOptions, worker_threads) },
	{ "--address-limit", 0, 1000000, offsetof(ServeOptions, address_limit) },
	{ "--account-limit", 0, 1000000, offsetof(ServeOptions, account_limit) },
};

static Error option_number(Call *call, int argc, char **argv, int *at, ServeOptions *options, FILE *talk)
{
	for (size_t i = 0; i < COUNT(numbers); i++) {
		int64_t number;
		const char *text = NULL;
		if (!option_value(argc, argv, at, numbers[i].name, &text)) continue;
		if (!text_to_int(text_from(text), &number) || number < numbers[i].least || number > numbers[i].most)
			return usage_error(call, talk, "%s is a number from %d to %d, not %s", numbers[i].name, numbers[i].least,
				numbers[i].most, text);
		*(int *)(void *)((char *)options + numbers[i].place) = (int)number;
		return OK;
	}
	return usage_error(call, talk, "serve does not know %s", argv[*at]);
}

Error serve_options(Call *call, int argc, char **argv, ServeOptions *out, FILE *talk)
{
	ServeOptions options = { .listen = "127.0.0.1:8080",
		.event_threads = 2,
		.worker_threads = 4,
		.address_limit = REQUESTS_PER_MINUTE,
		.account_limit = ACCOUNT_REQUESTS_PER_MINUTE };
	for (int i = 0; i < argc; i++) {
		if (option_value(argc, argv, &i, "--listen", &options.listen) ||
			option_value(argc, argv, &i, "--tls-cert", &options.tls_certificate) ||
			option_value(argc, argv, &i, "--tls-key", &options.tls_key) ||
			option_value(argc, argv, &i, "--trusted-proxy", &options.trusted_proxy) ||
			option_value(argc, argv, &i, "--public-address", &options.public_address))
			continue;
		TRY(option_number(call, argc, argv, &i, &options, talk));
	}
	if (!options.tls_certificate != !options.tls_key) return usage_error(call, talk, "--tls-cert and --tls-key go together");
	*out = options;
	return OK;
}

/* "https://host" when none is named: what a browser on this machine would use. */
static Text public_address(Call *call, const ServeOptions *options, uint16_t port)
{
	if (options->public_address) return arena_copy(call->arena, text_from(options->public_address));
	const char *scheme = options->tls_certificate ? "https" : "http";
	return arena_printf(call->arena, "%s://localhost:%u", scheme, port);
}

void serve_wait_for_signal(void)
{
	sigset_t signals;
	int got;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigwait(&signals, &got);
}

void serve_block_signals(void)
{
	sigset_t signals;
	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, NULL); /* inherited by every thread; serve_wait_for_signal takes them */
}

static Error run(Call *call, OpenHouse *open, const HttpOptions *http, const ServeOptions *options, FILE *talk)
{
	scoped(background_stop) Background *background = NULL;
	scoped(control_stop) Control *control = NULL;
	scoped(http_stop) HttpServer *server = NULL;
	TRY(control_start(call, &open->house, &control));
	if (options->public_address) open->house.public_address = public_address(call, options, 0); /* HSTS follows from it */
	TRY(http_start(call, http, &server));
	if (!options->public_address) open->house.public_address = public_address(call, options, http_port(server));
	TRY(background_start(call, &open->house, &background));
	fprintf(talk, "cappvd serves %s on %.*s\n", open->folder.path, TEXT_ARGS(open->house.public_address));
	fflush(talk);
	log_event(LOG_INFO, "started", { "port", .number = http_port(server) });
	serve_wait_for_signal();
	log_event(LOG_INFO, "stopping", { "port", .number = http_port(server) });
	return OK;
}

Error serve_house(Call *call, OpenHouse *open, const ServeOptions *options, FILE *talk)
{
	HttpOptions http;
	serve_block_signals();
	open->house.cache = http_cache_new(CACHE_BYTES);
	wire_http(call, &open->house, &http);
	scoped(key_wipe) Key visitors = seal_key(call, "http visitors"); /* the same on every node */
	http.visitor_key = (Text) { (const char *)visitors.at, sizeof(visitors.at) };
	http.listen = options->listen;
	http.tls_certificate = options->tls_certificate;
	http.tls_key = options->tls_key;
	http.trusted_proxy = options->trusted_proxy;
	http.event_threads = options->event_threads;
	http.worker_threads = options->worker_threads;
	http.requests_per_minute = options->address_limit;
	http.account_requests_per_minute = options->account_limit;
	http.access_log = true;
	Error error = run(call, open, &http, options, talk);
	http_cache_free(&open->house.cache);
	return error;
}

Error serve_command(Call *call, const CommandOptions *common, int argc, char **argv, FILE *out, FILE *talk)
{
	(void)out;
	ServeOptions options = { 0 };
	TRY(serve_options(call, argc, argv, &options, talk));
	scoped(house_close) OpenHouse *open = NULL;
	HouseOptions house = {
		.data = common->data, .database = common->database, .key_file = common->key_file, .connections = options.worker_threads + 4
	};
	TRY(house_open(call, &house, &open));
	return serve_house(call, open, &options, talk);
}
