/*
 * The checklist of an inspection, filled in where there may be no network. Contract with the page:
 *   <form data-inspection="/inspections/REF" data-worker="URL" data-text-…> with [data-inspection-status], and for each item
 *   <details data-item="NAME" data-seen="N"> with the fields verdict-NAME, evidence-NAME, comment-NAME, days-NAME, files-NAME, taken-NAME, where-NAME
 *   and [data-item-status].
 *   GET  BASE/state               -> {"token":T,"open":bool}
 *   POST BASE/items/NAME          client, seen, verdict, evidence, comment, days -> {"number":N,"disputed":bool}
 *   POST BASE/items/NAME/photos   client, taken, where, files (multipart) -> 2xx
 * Every save has a name of its own (client), so that the server takes it once however often it is sent. What is not sent yet lies in IndexedDB and is
 * removed when it was taken. Without this script the form is sent as a whole.
 */
const NAME = 'cappvd-inspection', FIELDS = ['verdict', 'evidence', 'comment', 'days'];
const form = document.querySelector('form[data-inspection]');
const finished = (request) => new Promise((resolve, reject) => {
	request.onsuccess = () => resolve(request.result);
	request.onerror = () => reject(request.error);
});

async function open() {
	const request = indexedDB.open(NAME, 1);
	request.onupgradeneeded = () => {
		request.result.createObjectStore('entries', { keyPath: 'key' });
		request.result.createObjectStore('photos', { keyPath: 'client' });
	};
	return finished(request);
}

class Store {
	constructor(database) {
		this.database = database;
		database.onclose = () => { this.isClosed = true; };
	}

	/* Signing out makes the browser close the database and remove it, and say so a moment after what it broke off: that never ends, for the page goes, too. */
	async whileOpen(work) {
		try {
			return await work();
		} catch (error) {
			await new Promise((resolve) => { setTimeout(resolve, 1000); });
			if (this.isClosed) return new Promise(() => {});
			throw error;
		}
	}

	at(name, mode) { return this.database.transaction(name, mode).objectStore(name); }

	put(name, value) { return this.whileOpen(() => finished(this.at(name, 'readwrite').put(value))); }

	all(name) { return this.whileOpen(() => finished(this.at(name, 'readonly').getAll())); }

	remove(name, key) { return this.whileOpen(() => finished(this.at(name, 'readwrite').delete(key))); }

	/* Reads, decides and writes in one transaction: another tab does the same. */
	change(name, key, decide) {
		return this.whileOpen(() => new Promise((resolve, reject) => {
			const store = this.at(name, 'readwrite'), request = store.get(key);
			request.onsuccess = () => {
				const value = request.result && decide(request.result);
				if (request.result && value) store.put(value);
				if (request.result && value === null) store.delete(key);
			};
			store.transaction.oncomplete = resolve;
			store.transaction.onabort = () => reject(store.transaction.error);
		}));
	}
}

const two = (number) => String(number).padStart(2, '0');
function beijing(milliseconds) {
	const at = new Date(milliseconds + 8 * 3600000);
	return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

class Checklist {
	constructor(store) {
		this.store = store;
		this.base = form.dataset.inspection;
		this.status = form.querySelector('[data-inspection-status]');
		this.timers = new Map();
		for (const section of form.querySelectorAll('[data-item]')) this.watch(section);
		form.addEventListener('submit', (event) => {
			event.preventDefault();
			this.keepAll().then(() => this.flush());
		});
		addEventListener('online', () => this.flush());
		document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.keepAll());
	}

	field(item, name) { return form.elements[`${name}-${item}`]; }

	section(item) { return form.querySelector(`[data-item="${CSS.escape(item)}"]`); }

	watch(section) {
		const { item } = section.dataset;
		for (const name of FIELDS) {
			for (const event of ['input', 'change']) {
				const field = this.field(item, name);
				for (const one of field instanceof RadioNodeList ? field : [field]) one.addEventListener(event, () => this.plan(item));
			}
		}
		this.field(item, 'files').addEventListener('change', () => this.photographed(item));
		for (const name of ['taken', 'where']) this.field(item, name).addEventListener('change', () => this.takePhoto(item));
		if (navigator.geolocation) this.offerPlace(item);
	}

	plan(item) {
		clearTimeout(this.timers.get(item));
		this.timers.set(item, setTimeout(() => this.keep(item).then(() => this.flush()), 800));
	}

	async keepAll() {
		for (const [item, timer] of [...this.timers]) {
			clearTimeout(timer);
			await this.keep(item);
		}
	}

	/* What stands in the fields now, under a new name; what was kept of it before is replaced. */
	async keep(item) {
		this.timers.delete(item);
		const values = Object.fromEntries(FIELDS.map((name) => [name, this.field(item, name).value]));
		const key = `${this.base} ${item}`;
		await this.store.put('entries', { key, base: this.base, item, client: crypto.randomUUID(), seen: Number(this.section(item).dataset.seen), values });
		await this.tell();
	}

	/* ---- Photographs */
	photographed(item) {
		const file = this.field(item, 'files').files[0];
		if (file && !this.field(item, 'taken').value) this.field(item, 'taken').value = beijing(file.lastModified || Date.now());
		this.takePhoto(item);
	}

	async takePhoto(item) {
		const input = this.field(item, 'files'), file = input.files[0];
		const taken = this.field(item, 'taken').value.trim(), where = this.field(item, 'where').value.trim();
		if (!file) return;
		if (!taken || !where) {
			this.say(item, form.dataset.textNeeds);
			return;
		}
		input.value = '';
		await this.store.put('photos', { client: crypto.randomUUID(), base: this.base, item, taken, where, name: file.name, file });
		this.field(item, 'taken').value = '';
		this.say(item, `${form.dataset.textPhoto} ${file.name}`);
		await this.tell();
		this.flush();
	}

	offerPlace(item) {
		const button = Object.assign(document.createElement('button'), { type: 'button', className: 'quiet small', textContent: form.dataset.textPlace });
		const field = this.field(item, 'where');
		field.after(button);
		button.addEventListener('click', () => navigator.geolocation.getCurrentPosition((found) => {
			field.value = `${found.coords.latitude.toFixed(5)}, ${found.coords.longitude.toFixed(5)} (±${Math.round(found.coords.accuracy)} m)`;
			this.takePhoto(item);
		}, () => null));
	}

	/* ---- What lies here */
	async own(name) { return (await this.store.all(name)).filter((one) => one.base === this.base); }

	async restore() {
		for (const entry of await this.own('entries'))
			if (this.section(entry.item)) for (const name of FIELDS) this.field(entry.item, name).value = entry.values[name];
		form.dispatchEvent(new Event('input')); /* what belongs to an answer is seen again */
	}

	say(item, text) { this.section(item).querySelector('[data-item-status]').textContent = text; }

	async tell(text, failed = false) {
		const waiting = (await this.own('entries')).length + (await this.own('photos')).length;
		this.status.textContent = text ?? (waiting ? `${form.dataset.textKept} ${waiting}` : form.dataset.textSaved);
		this.status.classList.toggle('failed', failed || (waiting > 0 && !text));
		form.dataset.waiting = waiting;
	}

	/* ---- Sending */
	flush() {
		this.again = true;
		this.sending ??= this.sendAll().finally(() => { this.sending = null; });
		return this.sending;
	}

	async sendAll() {
		while (this.again) {
			this.again = false;
			const entries = await this.own('entries'), photos = await this.own('photos');
			if (!entries.length && !photos.length) return this.tell();
			if (!await this.token()) return null;
			for (const entry of entries) if (!await this.sendEntry(entry)) return null;
			for (const photo of photos) if (!await this.sendPhoto(photo)) return null;
			await this.tell();
		}
		return null;
	}

	later() {
		clearTimeout(this.retry);
		this.retry = setTimeout(() => this.flush(), 10000);
	}

	async post(path, body) {
		return fetch(`${this.base}${path}`, { method: 'POST', body, credentials: 'same-origin', redirect: 'manual',
			headers: { Accept: 'application/json', 'X-CSRF-Token': this.csrf } });
	}

	async token() {
		const reply = await fetch(`${this.base}/state`, { credentials: 'same-origin', redirect: 'manual', headers: { Accept: 'application/json' } }).catch(() => null);
		if (!reply || reply.status >= 500) {
			await this.tell();
			this.later();
			return false;
		}
		if (!reply.ok) {
			await this.tell(form.dataset.textSignin, true);
			this.later();
			return false;
		}
		this.csrf = (await reply.json()).token;
		return true;
	}

	/* True: go on with the next. A refusal stays on the device and is said; the others are sent nevertheless. */
	async answered(reply, item) {
		if (!reply || reply.status >= 500 || reply.status === 0 || reply.status === 429) {
			await this.tell();
			this.later();
			return false;
		}
		const problem = await reply.json().catch(() => ({}));
		const details = (problem.problems ?? problem.errors ?? []).map((one) => one.detail ?? one.message ?? one.text ?? '').join(' ');
		this.say(item, `${form.dataset.textRefused} ${problem.title ?? reply.status} ${details}`);
		return true;
	}

	async sendEntry(entry) {
		const body = new URLSearchParams({ client: entry.client, seen: entry.seen, ...entry.values });
		const reply = await this.post(`/items/${encodeURIComponent(entry.item)}`, body).catch(() => null);
		if (!reply?.ok) return this.answered(reply, entry.item);
		const { number, disputed } = await reply.json();
		await this.store.change('entries', entry.key, (now) => now.client === entry.client ? null : { ...now, seen: number });
		const section = this.section(entry.item);
		if (section) section.dataset.seen = number;
		if (section) this.say(entry.item, disputed ? form.dataset.textDisputed : '');
		return true;
	}

	async sendPhoto(photo) {
		const body = new FormData();
		for (const name of ['client', 'taken', 'where']) body.append(name, photo[name]);
		body.append('files', photo.file, photo.name);
		const reply = await this.post(`/items/${encodeURIComponent(photo.item)}/photos`, body).catch(() => null);
		if (!reply?.ok) return this.answered(reply, photo.item);
		await this.store.remove('photos', photo.client);
		this.say(photo.item, '');
		return true;
	}
}

/* ---- The page itself, to be opened without network */
async function keepPage(worker) {
	if (!navigator.serviceWorker || !globalThis.caches) return;
	await navigator.serviceWorker.register(worker, { scope: '/inspections/' });
	const store = await caches.open(NAME);
	const parts = [...document.querySelectorAll('link[rel=stylesheet], script[src], link[rel=icon]')].map((one) => one.href || one.src);
	for (const address of [location.origin + location.pathname, ...parts]) {
		const reply = await fetch(address, { credentials: 'same-origin', redirect: 'manual' });
		if (reply.ok) await store.put(address, reply);
	}
	document.documentElement.dataset.kept = 'yes';
}

async function forgetPage() {
	if (globalThis.caches) await (await caches.open(NAME)).delete(location.origin + location.pathname);
}

if (form && globalThis.indexedDB && crypto.randomUUID) {
	const list = new Checklist(new Store(await open()));
	await list.restore();
	await list.flush();
	if (navigator.onLine) await keepPage(form.dataset.worker).catch(() => null);
} else if (!form) await forgetPage();
