/* The server: sockets, threads, start and stop. */
#include "base/base/clock.h"
#include "base/base/log.h"
#include "face/http/wire_private.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { STOP_SECONDS = 10, PEM_BYTES_MAX = 1024 * 1024 };

static void set_default(int *value, int otherwise)
{
	if (*value <= 0) *value = otherwise;
}

static HttpLimits limits_with_defaults(HttpLimits limits)
{
	set_default(&limits.connections, 4096);
	set_default(&limits.connections_per_address, 256);
	set_default(&limits.idle_seconds, 30);
	set_default(&limits.request_seconds, 60);
	set_default(&limits.work_seconds, 30);
	set_default(&limits.queued_requests, 512);
	set_default(&limits.head_bytes, 12 * 1024);
	return limits;
}

/* ---- Connections */

static uint32_t counter_of(const HttpServer *server, Text address)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	uint64_t hash = text_hash(address_network(arena, address, 32, 64)) ^ server->secret;
	return (uint32_t)((hash ^ (hash >> 32)) % CONNECTION_COUNTERS);
}

static enum MHD_Result accept_peer(void *context, const struct sockaddr *address, socklen_t length)
{
	HttpServer *server = context;
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	(void)length;
	Text text = address_of_socket(arena, address);
	if (text_is(text, server->proxy)) return MHD_YES;
	return server->connection_counts[counter_of(server, text)] < server->limits.connections_per_address ? MHD_YES : MHD_NO;
}

static void peer_begin(HttpServer *server, WireConnection *connection, void **socket_context)
{
	scoped(arena_free) Arena *arena = arena_new(ARENA_CEILING);
	Peer *peer = calloc(1, sizeof(*peer));
	must(peer);
	Text address = address_of_socket(arena, MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
	peer->connection = connection;
	peer->descriptor = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	peer->is_proxy = text_is(address, server->proxy);
	peer->counter = counter_of(server, address);
	peer->deadline = server->now + (int64_t)server->limits.request_seconds * 1000;
	if (!peer->is_proxy) server->connection_counts[peer->counter]++;
	server->connection_count++;
	pthread_mutex_lock(&server->watch_lock);
	peer->next = server->peers;
	if (server->peers) server->peers->previous = peer;
	server->peers = peer;
	pthread_mutex_unlock(&server->watch_lock);
	*socket_context = peer;
}

static void peer_end(HttpServer *server, void **socket_context)
{
	Peer *peer = *socket_context;
	pthread_mutex_lock(&server->watch_lock);
	if (peer->previous)
		peer->previous->next = peer->next;
	else
		server->peers = peer->next;
	if (peer->next) peer->next->previous = peer->previous;
	pthread_mutex_unlock(&server->watch_lock);
	if (!peer->is_proxy) server->connection_counts[peer->counter]--;
	server->connection_count--;
	free(peer);
	*socket_context = NULL;
}

static void notice_connection(void *context, WireConnection *connection, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		peer_begin(context, connection, socket_context);
	else if (*socket_context)
		peer_end(context, socket_context);
}

ServerState server_state(HttpServer *server)
{
	ServerState state = { 0 };
	if (!server) return state;
	pthread_mutex_lock(&server->queue.lock);
	state = (ServerState) { server->connection_count, server->queue.queued, server->queue.running };
	pthread_mutex_unlock(&server->queue.lock);
	return state;
}

/* ---- Start */

static Error read_pem(Call *call, const char *path, char **out)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0) return fail(call, CONFIG, "%s cannot be opened", path);
	char *content = calloc(1, PEM_BYTES_MAX + 1);
	must(content);
	size_t length = 0;
	for (ssize_t got; length < PEM_BYTES_MAX && (got = read(descriptor, content + length, PEM_BYTES_MAX - length)) > 0;)
		length += (size_t)got;
	close(descriptor);
	*out = content;
	return length && length < PEM_BYTES_MAX ? OK : fail(call, CONFIG, "%s is empty or too long", path);
}

/* The target is decoded in target.c, from what the client really sent. */
static size_t leave_escapes(void *context, WireConnection *connection, char *text)
{
	(void)context, (void)connection;
	return strlen(text);
}

static void ignore_message(void *context, const char *format, va_list arguments) { (void)context, (void)format, (void)arguments; }

typedef union SocketAddress {
	struct sockaddr any;
	struct sockaddr_in ipv4;
	struct sockaddr_in6 ipv6;
} SocketAddress;

static Error listening_address(Call *call, const char *listen, SocketAddress *out)
{
	Text host;
	uint16_t port;
	if (!listen || !address_parse(text_from(listen), &host, &port))
		return fail(call, CONFIG, "no address to listen on: %s", listen ? listen : "");
	const char *text = arena_string(call->arena, host);
	*out = (SocketAddress) { 0 };
	if (inet_pton(AF_INET, text, &out->ipv4.sin_addr) == 1) {
		out->ipv4.sin_family = AF_INET;
		out->ipv4.sin_port = htons(port);
		return OK;
	}
	must(inet_pton(AF_INET6, text, &out->ipv6.sin6_addr) == 1);
	out->ipv6.sin6_family = AF_INET6;
	out->ipv6.sin6_port = htons(port);
	return OK;
}

static void index_assets(HttpServer *server)
{
	server->assets = map_new(server->arena);
	for (size_t i = 0; i < server->options.asset_count; i++) {
		const HttpAsset *asset = &server->options.assets[i];
		map_put(server->assets, text_from(asset->path), shapes_of_asset(asset, server->site->sends_hsts));
	}
}

static struct MHD_Daemon *start_daemon(HttpServer *server, const SocketAddress *address, bool has_ipv6)
{
	struct MHD_OptionItem items[20];
	size_t count = 0;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG;
	const HttpLimits *limits = &server->limits;
	if (has_ipv6) flags |= MHD_USE_IPv6;
	if (server->certificate) {
		flags |= MHD_USE_TLS;
		items[count++] = (struct MHD_OptionItem) { MHD_OPTION_HTTPS_MEM_CERT, 0, server->certificate };
		items[count++] = (struct MHD_OptionItem) { MHD_OPTION_HTTPS_MEM_KEY, 0, server->key };
		items[count++] = (struct MHD_OptionItem) { MHD_OPTION_HTTPS_PRIORITIES, 0,
			(void *)(uintptr_t) "SECURE128:+SECURE192:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3" };
	}
	/* libmicrohttpd shares the limit out among the threads and wants at least one connection for each */
	unsigned threads = server->options.event_threads > 0 ? (unsigned)server->options.event_threads : 1;
	if (threads > 1) items[count++] = (struct MHD_OptionItem) { MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)threads, NULL };
	items[count++] = (struct MHD_OptionItem) { MHD_OPTION_CONNECTION_LIMIT, limits->connections, NULL };
	items[count++] = (struct MHD_OptionItem) { MHD_OPTION_CONNECTION_TIMEOUT, limits->idle_seconds, NULL };
	items[count++] = (struct MHD_OptionItem) { MHD_OPTION_CONNECTION_MEMORY_LIMIT, limits->head_bytes, NULL };
	items[count++] = (struct MHD_OptionItem) { MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL };
	items[count++] = (struct MHD_OptionItem) { MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1, NULL };
	items[count++] = (struct MHD_OptionItem) { MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024, NULL };
	items[count] = (struct MHD_OptionItem) { MHD_OPTION_END, 0, NULL };
	return MHD_start_daemon(flags, 0, accept_peer, server, visit_handle, server, MHD_OPTION_EXTERNAL_LOGGER, ignore_message, NULL,
		MHD_OPTION_SOCK_ADDR, &address->any, MHD_OPTION_URI_LOG_CALLBACK, visit_begin, server, MHD_OPTION_NOTIFY_COMPLETED,
		visit_end, server, MHD_OPTION_NOTIFY_CONNECTION, notice_connection, server, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes,
		NULL, MHD_OPTION_ARRAY, items, MHD_OPTION_END);
}

static void start_threads(HttpServer *server)
{
	int workers = server->options.worker_threads > 0 ? server->options.worker_threads : 4;
	queue_open(&server->queue, &server->limits, workers);
	must(pthread_mutex_init(&server->watch_lock, NULL) == 0 && pthread_cond_init(&server->watch_end, NULL) == 0);
	server->now = clock_monotonic();
	server->workers = calloc((size_t)workers, sizeof(pthread_t));
	must(server->workers);
	must(pthread_create(&server->watcher, NULL, watcher_run, server) == 0);
	for (int i = 0; i < workers; i++) must(pthread_create(&server->workers[server->worker_count++], NULL, worker_run, server) == 0);
}

static void free_server(HttpServer *server)
{
	for (size_t i = 0; i < server->options.asset_count && server->assets; i++)
		shapes_release(map_get(server->assets, text_from(server->options.assets[i].path)));
	for (size_t i = 0; i < FIXED_COUNT * 2; i++)
		if (server->fixed[i / 2][i % 2]) MHD_destroy_response(server->fixed[i / 2][i % 2]);
	if (server->alive) MHD_destroy_response(server->alive);
	if (server->site) http_site_close(&server->site);
	if (server->key) secret_wipe(server->key, strlen(server->key));
	free(server->key);
	free(server->certificate);
	free(server->workers);
	arena_free(&server->arena);
	free(server);
}

static Error prepare(Call *call, HttpServer *server, SocketAddress *out_address)
{
	const HttpOptions *options = &server->options;
	TRY(listening_address(call, options->listen, out_address));
	if (options->trusted_proxy && !address_is_valid(server->proxy)) return fail(call, CONFIG, "the trusted proxy is no address");
	if (!options->tls_certificate != !options->tls_key)
		return fail(call, CONFIG, "a certificate needs its key, and a key its certificate");
	if (options->tls_certificate) {
		TRY(read_pem(call, options->tls_certificate, &server->certificate));
		TRY(read_pem(call, options->tls_key, &server->key));
	}
	TRY(http_site_open(call, options, &server->site));
	server->site->server = server;
	return OK;
}

Error http_start(Call *call, const HttpOptions *options, HttpServer **out)
{
	SocketAddress address = { 0 };
	HttpServer *server = calloc(1, sizeof(*server));
	must(server);
	server->options = *options;
	server->limits = limits_with_defaults(options->limits);
	server->arena = arena_new(ARENA_CEILING);
	server->proxy = arena_copy(server->arena, text_from(options->trusted_proxy));
	Error error = prepare(call, server, &address);
	if (error != OK) {
		free_server(server);
		return error;
	}
	Key secret = key_random();
	memcpy(&server->secret, secret.at, sizeof(server->secret));
	signal(SIGPIPE, SIG_IGN);
	index_assets(server);
	wire_make_fixed(server);
	start_threads(server);
	server->daemon = start_daemon(server, &address, address.any.sa_family == AF_INET6);
	if (!server->daemon) {
		int reason = errno;
		http_stop(&server);
		return fail(call, CONFIG, "cannot listen on %s: %s", options->listen, strerrordesc_np(reason));
	}
	*out = server;
	return OK;
}

uint16_t http_port(const HttpServer *server)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info ? info->port : 0;
}

/* ---- Stop */

static void pause_milliseconds(long milliseconds) { nanosleep(&(struct timespec) { .tv_nsec = milliseconds * 1000000 }, NULL); }

/* Every suspended connection must be resumed before libmicrohttpd may be stopped. */
static void expire_all(HttpServer *server)
{
	pthread_mutex_lock(&server->watch_lock);
	for (Visit *visit = server->watched; visit; visit = visit->next_watched) {
		int pending = WORK_PENDING;
		if (atomic_compare_exchange_strong(&visit->work, &pending, WORK_EXPIRED)) MHD_resume_connection(visit->connection);
	}
	server->is_stopping = true;
	pthread_cond_signal(&server->watch_end);
	pthread_mutex_unlock(&server->watch_lock);
}

void http_stop(HttpServer **out)
{
	HttpServer *server = *out;
	if (!server) return;
	*out = NULL;
	int64_t until = clock_monotonic() + STOP_SECONDS * 1000;
	if (server->daemon) {
		int listener = MHD_quiesce_daemon(server->daemon);
		server->is_draining = true;
		while (server->open_visits && clock_monotonic() < until) pause_milliseconds(10);
		if (listener >= 0) close(listener);
	}
	queue_close(&server->queue);
	expire_all(server);
	pthread_join(server->watcher, NULL);
	if (server->daemon) MHD_stop_daemon(server->daemon);
	struct timespec last;
	int64_t left = until - clock_monotonic();
	clock_gettime(CLOCK_REALTIME, &last);
	last.tv_sec += left > 1000 ? left / 1000 : 1;
	bool all_ended = true;
	for (size_t i = 0; i < server->worker_count; i++)
		all_ended = pthread_timedjoin_np(server->workers[i], NULL, &last) == 0 && all_ended;
	if (all_ended)
		free_server(server);
	else
		log_event(LOG_WARNING, "worker-does-not-end", { "seconds", .number = STOP_SECONDS }); /* what it uses must stay */
}
