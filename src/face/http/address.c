/* Addresses of peers and of the listening socket. */
#include "face/http/http_private.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

bool address_parse(Text text, Text *out_host, uint16_t *out_port)
{
	size_t colon = text.length;
	while (colon && text.at[colon - 1] != ':') colon--;
	int64_t port;
	if (!colon || !text_to_int(text_slice(text, colon, text.length), &port) || port < 0 || port > 65535) return false;
	Text host = text_slice(text, 0, colon - 1);
	if (host.length > 2 && host.at[0] == '[' && host.at[host.length - 1] == ']') host = text_slice(host, 1, host.length - 1);
	if (text_is(host, TEXT("localhost"))) host = TEXT("127.0.0.1");
	if (!address_is_valid(host)) return false;
	*out_host = host;
	*out_port = (uint16_t)port;
	return true;
}

/* 4 or 6 for the family, 0 when it is none. */
static int address_bytes(Text address, unsigned char bytes[16])
{
	char text[INET6_ADDRSTRLEN];
	if (!address.length || address.length >= sizeof(text)) return 0;
	memcpy(text, address.at, address.length);
	text[address.length] = 0;
	if (inet_pton(AF_INET, text, bytes) == 1) return 4;
	if (inet_pton(AF_INET6, text, bytes) != 1) return 0;
	static const unsigned char mapped[12] = { [10] = 0xFF, [11] = 0xFF };
	if (memcmp(bytes, mapped, sizeof(mapped)) != 0) return 6;
	memmove(bytes, bytes + 12, 4);
	return 4;
}

bool address_is_valid(Text address)
{
	unsigned char bytes[16];
	return address_bytes(address, bytes) != 0;
}

static Text address_text(Arena *arena, int family, const void *bytes)
{
	char text[INET6_ADDRSTRLEN];
	must(inet_ntop(family, bytes, text, sizeof(text)) != NULL);
	return arena_copy(arena, text_from(text));
}

Text address_of_socket(Arena *arena, const void *socket_address)
{
	const struct sockaddr *any = socket_address;
	if (any->sa_family == AF_INET) return address_text(arena, AF_INET, &((const struct sockaddr_in *)socket_address)->sin_addr);
	const struct in6_addr *address = &((const struct sockaddr_in6 *)socket_address)->sin6_addr;
	if (IN6_IS_ADDR_V4MAPPED(address)) return address_text(arena, AF_INET, address->s6_addr + 12);
	return address_text(arena, AF_INET6, address);
}

bool address_is_loopback(Text address)
{
	unsigned char bytes[16];
	static const unsigned char loopback[16] = { [15] = 1 };
	int family = address_bytes(address, bytes);
	return (family == 4 && bytes[0] == 127) || (family == 6 && memcmp(bytes, loopback, sizeof(loopback)) == 0);
}

Text address_network(Arena *arena, Text address, int ipv4_bits, int ipv6_bits)
{
	unsigned char bytes[16];
	int family = address_bytes(address, bytes);
	if (!family) return TEXT("unknown");
	int kept = family == 4 ? ipv4_bits : ipv6_bits, size = family == 4 ? 4 : 16;
	for (int i = 0; i < size; i++) {
		int bits = kept - i * 8;
		if (bits <= 0)
			bytes[i] = 0;
		else if (bits < 8)
			bytes[i] &= (unsigned char)(0xFF << (8 - bits));
	}
	return address_text(arena, family == 4 ? AF_INET : AF_INET6, bytes);
}
