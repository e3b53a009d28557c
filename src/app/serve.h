/* serve: the running server: http, background work, control socket; until a signal asks it to stop. */
#pragma once
#include "app/house.h"

typedef struct ServeOptions {
	const char *listen, *tls_certificate, *tls_key, *trusted_proxy, *public_address;
	int event_threads, worker_threads;
	int address_limit, account_limit; /* requests a minute, of an address and of an account; 0: none */
} ServeOptions;
must_use Error serve_options(Call *call, int argc, char **argv, ServeOptions *out, FILE *talk);
/* Serves an open house until SIGINT or SIGTERM. */
must_use Error serve_house(Call *call, OpenHouse *open, const ServeOptions *options, FILE *talk);
CommandAlone serve_command;
/* SIGINT and SIGTERM are for the main thread alone: block them before other threads start, then wait for one. */
void serve_block_signals(void);
void serve_wait_for_signal(void);
