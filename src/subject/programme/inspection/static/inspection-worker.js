/*
 * Keeps the page of an inspection usable without network. It sees pages below /inspections/ alone, and what those load. What it keeps are copies that
 * inspection.js asked for; a page that is not the reader's any more is removed. Signing out removes all (Clear-Site-Data).
 */
const NAME = 'cappvd-inspection';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

async function page(request) {
	const store = await caches.open(NAME);
	const reply = await fetch(request).catch(() => null);
	if (!reply) return await store.match(request.url) ?? Response.error();
	const known = await store.match(request.url);
	if (known && reply.ok && !reply.redirected) await store.put(request.url, reply.clone());
	else if (known && reply.status < 500) await store.delete(request.url);
	return reply;
}

async function part(request) {
	return await fetch(request).catch(() => null) ?? await caches.match(request.url) ?? Response.error();
}

self.addEventListener('fetch', (event) => {
	const { request } = event;
	if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
	if (request.mode === 'navigate') event.respondWith(page(new Request(request.url, { credentials: 'same-origin', redirect: 'manual' })));
	else if (['script', 'style', 'image', 'font'].includes(request.destination)) event.respondWith(part(request));
});
