/*
 * What makes pages nicer where scripts run. Every page works without it, so nothing here may be the only way to do a thing.
 * It talks to the server only by these contracts, all same-origin, all with the header X-CSRF-Token on what changes something:
 *
 * AUTOSAVE   <form data-autosave="URL"> with <p data-autosave-status …> (part_autosave). 1.5 s after the last key, and at once when a
 *            field or the page is left: POST URL, urlencoded  field=NAME&value=VALUE  (check box: "true" or ""; several choices: the
 *            chosen values joined by one blank; files are never sent).
 *            2xx: saved. 401, 403: no more attempts, the status says so. Else: tried again after 5, 10, 20 … 60 s.
 *            The form itself is sent when the save that is on its way has been answered, so that nothing older arrives behind it; after 5 s anyway.
 * FOLLOW     In such a form [data-decides] marks a field on which others depend. When it was saved the page is asked for again: fields ([data-field])
 *            that it has now are put in, fields that it has no more go, and what nobody has touched takes the value the server gave it.
 *            A copy that came while such a field was changed once more is not looked at. A field that comes back holds what was typed in it.
 * COVER      <div data-cover> above such a form holds what was found of personal data. The answer of a save says how much of it that field holds
 *            ({"personal":n}): when it holds any, and when a file has arrived, the page is asked for again and this box is taken from it.
 * BOXES      <div data-boxes><img></div>: a rectangle drawn over the picture is sent with the form #box: left, top, right, bottom in thousandths.
 * WHEN       <div data-field="NAME" data-when="OTHER" data-when-values="A B"> is seen and sent only while the field OTHER of its form holds A or B
 *            ("*": anything, "-": nothing; a ticked box holds "yes"). Without script it stands there always and says so.
 * UPLOAD     <div data-upload="URL"> around an <input type=file> (part_upload).
 *            POST URL  name=N&size_bytes=S              -> 2xx {"ref":R,"received_bytes":B}
 *            PUT URL/R?offset=B, body: the bytes from B on, at most 4 MiB, header X-Part-SHA256: hex
 *                                                       -> 2xx {"received_bytes":B}; 409 {"received_bytes":B}: go on from there
 *            POST URL/R/finish                          -> 2xx
 *            GET URL/R                                  -> 2xx {"received_bytes":B}, after a break; 404: begin again
 *            DELETE URL/R                               -> 2xx or 404, when the reader removes it
 *            Refusals are problem documents (RFC 9457); their title is shown. After an upload the input is emptied, so the form does not send the file again.
 *            A connection that breaks, and 429 and 5xx, are asked again after 1, 2, 4 and 8 s.
 * PARTS      <form data-parts="URL" data-parts-page="ADDRESS"> with an <input type=file>, check boxes and <div class="uploads">: sent with a file of
 *            more than 4 MiB, or always with data-parts-ref="R",
 *            POST URL  JSON {name, size_bytes, and each check box}, header Idempotency-Key (without data-parts-ref)  -> 2xx {"ref":R}
 *            then UPLOAD at URL/R/files, and the page ADDRESS + R. When the reader removes it: POST URL/R/cancel.
 * WORK       <form data-work="CHALLENGE" data-bits="N"> with <input type=hidden name=solution>: a number for which SHA-256 of
 *            "CHALLENGE:NUMBER" begins with N zero bits is found in the background; sending waits for it.
 * UNREAD     <body data-unread="URL">: GET, every 60 s while the page is seen, -> {"unread":n}; shown in the navigation.
 * INSERT     <a href="…" data-insert="TEXT"> in a form: puts the text into its field; without script the page comes with it.
 * COPY       <button hidden data-copy="TEXT" data-text-done="…">: shown, and copies.
 * KEYS       [data-keys=rows]: j and k walk over the rows, Enter follows a row's first link; "/" goes to the search field; "?" lists the keys.
 */
const PART_BYTES = 4 * 1024 * 1024;
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const tokenOf = (element) => element.dataset.csrf ?? element.querySelector('input[name=csrf]')?.value ?? '';
const send = (method, url, token, body, headers = {}) =>
	fetch(url, {
		method, body, credentials: 'same-origin', headers: { Accept: 'application/json', 'X-CSRF-Token': token, ...headers },
		keepalive: body instanceof URLSearchParams && String(body).length < 60000, /* outlives the page that is being left */
	});
const hour = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });

function element(name, properties = {}, ...children) {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...children);
	return made;
}

/* ---- forms that save themselves */
class Autosave {
	constructor(form) {
		this.form = form;
		this.url = form.dataset.autosave;
		this.status = form.querySelector('[data-autosave-status]');
		this.dirty = new Set();
		this.touched = new Set(); /* names of what people changed since the page came */
		this.gone = new Map(); /* boxes that went, with what was typed in them */
		this.failures = 0;
		form.addEventListener('input', (event) => this.note(event.target.name, 1500));
		form.addEventListener('change', (event) => this.note(event.target.name, 0));
		form.addEventListener('submit', (event) => this.leave(event));
		document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && this.save());
		addEventListener('beforeunload', (event) => this.dirty.size && event.preventDefault());
	}

	note(name, delay) {
		const field = name && this.form.elements[name];
		if (!field || field.type === 'file' || field.type === 'password' || name === 'csrf') return;
		this.dirty.add(name);
		this.touched.add(name);
		this.plan(delay);
	}

	/* The whole form goes: the save on its way first, and none behind it. */
	leave(event) {
		clearTimeout(this.timer);
		this.dirty.clear();
		if (!this.busy) return;
		event.preventDefault();
		if (this.leaving) return;
		this.leaving = true;
		const { submitter } = event;
		const go = () => {
			this.busy = this.leaving = null;
			this.form.requestSubmit(submitter);
		};
		Promise.race([this.busy, wait(5000)]).then(go);
	}

	plan(delay) {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.save(), delay);
	}

	decides(name) {
		const box = this.form.querySelector(`[data-field="${name}"]`);
		return Boolean(box && 'decides' in box.dataset);
	}

	/* The fields as they are now that `name` was saved; what people have typed stays as it is. */
	async follow(name) {
		if (!this.decides(name)) return;
		const reply = await fetch(location.href, { credentials: 'same-origin' });
		if (!reply.ok) return;
		const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
		const form = page.querySelector('form[data-autosave]');
		if (form && ![...this.dirty].some((changed) => this.decides(changed))) this.take(form); /* else another copy follows */
	}

	take(form) {
		const key = (box) => box.dataset.field;
		const here = new Map([...this.form.querySelectorAll('[data-field]')].map((box) => [key(box), box]));
		const there = new Map([...form.querySelectorAll('[data-field]')].map((box) => [key(box), box]));
		for (const [name, box] of here) {
			if (there.has(name)) continue;
			this.gone.set(name, box);
			box.remove();
		}
		for (const [name, box] of there) {
			const known = here.get(name);
			if (known) this.refresh(known, box);
			else this.insert(box, here);
		}
	}

	insert(box, here) {
		let before = box.previousElementSibling;
		while (before && !here.get(before.dataset.field)?.isConnected) before = before.previousElementSibling;
		const kept = this.gone.get(box.dataset.field);
		const made = kept ?? document.importNode(box, true);
		if (before) here.get(before.dataset.field).after(made);
		else {
			const next = here.get(box.nextElementSibling?.dataset.field);
			if (!next) return;
			next.before(made);
		}
		here.set(box.dataset.field, made);
		this.gone.delete(box.dataset.field);
		for (const field of kept?.querySelectorAll('[name]') ?? []) this.note(field.name, 500);
	}

	refresh(known, box) {
		if (known.querySelector('.optional') && !box.querySelector('.optional')) known.querySelector('.optional').remove();
		if ([...known.querySelectorAll('[name]')].some((field) => this.touched.has(field.name))) return;
		const field = known.querySelector('input:not([type=radio], [type=checkbox], [type=file]), textarea');
		const fresh = box.querySelector('input, textarea');
		if (field && fresh && field !== document.activeElement && field.value === field.defaultValue && field.value !== fresh.value) {
			field.defaultValue = fresh.value;
			field.value = fresh.value;
		}
		const choice = known.querySelector('select');
		if (choice && choice.selectedIndex === 0) choice.value = box.querySelector('select')?.value ?? '';
	}

	value(name) {
		const field = this.form.elements[name];
		const boxes = field instanceof RadioNodeList ? [...field] : [field];
		if (boxes[0].type !== 'checkbox') return field.value;
		const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
		return chosen.join(' ');
	}

	say(text, failed = false) {
		if (!this.status) return;
		this.status.textContent = text;
		this.status.classList.toggle('failed', failed);
	}

	save() {
		if (this.busy || this.stopped || !this.dirty.size) return;
		this.busy = this.saveAll().then(() => {
			this.busy = null;
			if (this.dirty.size && !this.failures) this.plan(500);
		});
	}

	async saveAll() {
		this.say(this.status?.dataset.textSaving ?? '');
		try {
			for (const name of [...this.dirty]) {
				this.dirty.delete(name);
				await this.saveOne(name).catch((error) => { this.dirty.add(name); throw error; });
			}
			this.failures = 0;
			this.say((this.status?.dataset.textSaved ?? '').replace('%s', hour()));
		} catch {
			this.say(this.status?.dataset.textFailed ?? '', true);
			if (!this.stopped) this.plan(Math.min(60, 5 * 2 ** this.failures++) * 1000);
		}
	}

	async saveOne(name) {
		if (!this.form.elements[name]) return; /* it went meanwhile; it is saved when it comes back */
		const body = new URLSearchParams({ field: name, value: this.value(name) });
		const reply = await send('POST', this.url, tokenOf(this.form), body);
		this.stopped = reply.status === 401 || reply.status === 403;
		if (!reply.ok) throw new Error(String(reply.status));
		const { personal } = await reply.json().catch(() => ({}));
		if (personal || document.querySelector('[data-cover]')?.childElementCount) lookForPersonal();
		await this.follow(name).catch(() => null); /* without the network the fields stay as they are */
	}
}

/* ---- personal data: what the server found by now, above the form */
async function lookForPersonal() {
	const box = document.querySelector('[data-cover]');
	const reply = box && await fetch(location.href, { credentials: 'same-origin' }).catch(() => null);
	if (!reply?.ok) return;
	const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
	box.replaceChildren(...(page.querySelector('[data-cover]')?.childNodes ?? []));
}

/* ---- rectangles over a picture */
function drawBoxes(frame) {
	const form = document.querySelector('#box');
	const mark = element('div', { className: 'box', hidden: true });
	let start = null;
	const place = (event) => {
		const { left, top, width, height } = frame.querySelector('img').getBoundingClientRect();
		const part = (at, size) => Math.round(Math.max(0, Math.min(1, at / size)) * 1000);
		return { x: part(event.clientX - left, width), y: part(event.clientY - top, height) };
	};
	const edges = (event) => {
		const end = place(event);
		return { left: Math.min(start.x, end.x), top: Math.min(start.y, end.y), right: Math.max(start.x, end.x), bottom: Math.max(start.y, end.y) };
	};
	frame.append(mark);
	frame.addEventListener('dragstart', (event) => event.preventDefault());
	frame.addEventListener('pointerdown', (event) => {
		start = place(event);
		frame.setPointerCapture(event.pointerId);
	});
	frame.addEventListener('pointermove', (event) => {
		if (!start) return;
		const at = edges(event);
		Object.assign(mark.style, { left: `${at.left / 10}%`, top: `${at.top / 10}%`, width: `${(at.right - at.left) / 10}%`, height: `${(at.bottom - at.top) / 10}%` });
		mark.hidden = false;
	});
	frame.addEventListener('pointercancel', () => { start = null; mark.hidden = true; });
	frame.addEventListener('pointerup', (event) => {
		const at = start && edges(event);
		start = null;
		if (!at || at.right - at.left < 3 || at.bottom - at.top < 3) return void (mark.hidden = true);
		for (const [name, value] of Object.entries(at)) form.elements[name].value = value;
		form.requestSubmit();
	});
}

/* ---- uploads in parts, with progress, going on after a break */
class Upload {
	constructor(box, file) {
		this.box = box;
		this.file = file;
		this.address = box.dataset.upload;
		this.bar = element('progress', { max: Math.max(1, file.size), value: 0 });
		this.bar.setAttribute('aria-label', file.name);
		this.word = element('span', { textContent: box.dataset.textWaiting });
		this.remove = element('button', { type: 'button', className: 'quiet small', textContent: box.dataset.textRemove });
		this.remove.addEventListener('click', () => this.drop());
		this.line = element('div', {}, element('span', { textContent: file.name }), this.word, this.remove, this.bar);
		box.querySelector('.uploads').append(this.line);
	}

	get key() { return `upload ${this.address} ${this.file.name} ${this.file.size} ${this.file.lastModified}`; }

	url(rest = '') { return `${this.address}/${encodeURIComponent(this.ref)}${rest}`; }

	/* A connection that breaks, and a server that is not there or has too much to do, are asked again for half a minute. */
	async ask(method, url, body, headers) {
		for (let attempt = 0; ; attempt++) {
			const reply = await send(method, url, tokenOf(this.box), body, headers).catch(() => null);
			const answer = await reply?.json().catch(() => ({})) ?? {};
			if (this.dropped || (reply && reply.status < 500 && reply.status !== 429)) return { reply, answer };
			if (attempt === 4) throw new Error(this.box.dataset.textFailed);
			await wait(1000 * 2 ** attempt);
		}
	}

	refusal(answer) {
		const words = answer.errors?.[0]?.detail ?? answer.title ?? this.box.dataset.textFailed;
		return Object.assign(new Error(words), { refused: true });
	}

	async begin() {
		this.ref = sessionStorage.getItem(this.key);
		const known = this.ref && await this.ask('GET', this.url());
		if (known && known.reply?.ok) return known.answer.received_bytes;
		const { reply, answer } = await this.ask('POST', this.address, new URLSearchParams({ name: this.file.name, size_bytes: this.file.size }));
		if (!reply?.ok) throw this.refusal(answer);
		this.ref = answer.ref;
		sessionStorage.setItem(this.key, this.ref);
		return answer.received_bytes;
	}

	async part(offset) {
		const bytes = await this.file.slice(offset, offset + PART_BYTES).arrayBuffer();
		const digest = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
		const headers = { 'Content-Type': 'application/octet-stream', 'X-Part-SHA256': digest };
		const { reply, answer } = await this.ask('PUT', this.url(`?offset=${offset}`), bytes, headers);
		if (this.dropped) return this.file.size;
		if ((reply.ok || reply.status === 409) && Number.isInteger(answer.received_bytes)) return answer.received_bytes;
		throw this.refusal(answer);
	}

	tell(offset) {
		this.bar.value = offset;
		this.word.textContent = `${Math.floor(100 * offset / this.file.size)}%`;
	}

	async run() {
		try {
			for (let offset = await this.begin(); offset < this.file.size && !this.dropped;) {
				this.tell(offset);
				offset = await this.part(offset);
			}
			if (this.dropped) return false;
			this.tell(this.file.size);
			const { reply, answer } = await this.ask('POST', this.url('/finish'));
			if (!reply.ok) throw this.refusal(answer);
			this.word.textContent = this.box.dataset.textDone;
			sessionStorage.removeItem(this.key);
			lookForPersonal();
			return true;
		} catch (error) {
			this.word.textContent = error instanceof TypeError ? this.box.dataset.textFailed : error.message;
			this.line.classList.add('wrong');
			return false;
		}
	}

	async drop() {
		this.dropped = true;
		sessionStorage.removeItem(this.key);
		if (this.ref) await this.send('DELETE', this.url()).catch(() => null);
		this.line.remove();
	}

	send(method, url, body) { return send(method, url, tokenOf(this.box), body); }
}

function watchUploads(box) {
	if (!globalThis.crypto?.subtle) return; /* plain HTTP: the form sends the file itself */
	const input = box.querySelector('input[type=file]');
	let last = Promise.resolve();
	input.addEventListener('change', () => {
		for (const file of input.files) {
			const upload = new Upload(box, file);
			last = last.then(() => upload.run());
		}
		input.value = '';
	});
}

/* A form that is only there for its file: what the file becomes is begun first, and its page is shown when the file is there. */
class FormUpload extends Upload {
	constructor(form, file) {
		super(form, file);
		this.ticked = Object.fromEntries([...form.querySelectorAll('input[type=checkbox]')].map((box) => [box.name, box.checked]));
	}

	get beginning() { return `begun ${this.box.dataset.parts} ${this.file.name} ${this.file.size} ${this.file.lastModified} ${JSON.stringify(this.ticked)}`; }

	/* Asked with the same key, the server gives what it made before. */
	async make() {
		const key = sessionStorage.getItem(this.beginning) ?? crypto.randomUUID();
		sessionStorage.setItem(this.beginning, key);
		const body = JSON.stringify({ name: this.file.name, size_bytes: this.file.size, ...this.ticked });
		const { reply, answer } = await this.ask('POST', this.box.dataset.parts, body, { 'Content-Type': 'application/json', 'Idempotency-Key': key });
		if (!reply?.ok) throw this.refusal(answer);
		return answer.ref;
	}

	async begin() {
		this.matter = this.box.dataset.partsRef ?? await this.make();
		this.address = `${this.box.dataset.parts}/${this.matter}/files`;
		return super.begin().catch((error) => {
			if (error.refused) sessionStorage.removeItem(this.beginning); /* cancelled meanwhile, perhaps: next time it is begun anew */
			throw error;
		});
	}

	async run() {
		const arrived = await super.run();
		if (!arrived) return false;
		sessionStorage.removeItem(this.beginning);
		location.assign(this.box.dataset.partsPage + this.matter);
		return true;
	}

	async drop() {
		this.dropped = true;
		sessionStorage.removeItem(this.key);
		sessionStorage.removeItem(this.beginning);
		if (this.matter) await this.send('POST', `${this.box.dataset.parts}/${this.matter}/cancel`).catch(() => null);
		this.line.remove();
	}
}

function watchParts(form) {
	if (!globalThis.crypto?.subtle) return;
	const input = form.querySelector('input[type=file]');
	let running = null;
	form.addEventListener('submit', (event) => {
		const [file] = input.files;
		if (!file || (file.size <= PART_BYTES && !form.dataset.partsRef)) return; /* it goes with the form */
		event.preventDefault();
		if (running) return;
		form.querySelector('.uploads').replaceChildren();
		running = new FormUpload(form, file);
		running.run().then((arrived) => { running = arrived ? running : null; });
	});
}

/* ---- work instead of picture puzzles */
const zeroBits = (bytes) => {
	const first = bytes.findIndex((byte) => byte);
	return first < 0 ? 256 : 8 * first + Math.clz32(bytes[first]) - 24;
};

async function solve(challenge, bits) {
	const encoder = new TextEncoder(), BATCH = 256;
	for (let from = 0; ; from += BATCH) {
		const numbers = Array.from({ length: BATCH }, (_, i) => from + i);
		const hashes = await Promise.all(numbers.map((n) => crypto.subtle.digest('SHA-256', encoder.encode(`${challenge}:${n}`))));
		const found = hashes.findIndex((hash) => zeroBits(new Uint8Array(hash)) >= bits);
		if (found >= 0) return String(from + found);
	}
}

function work(form) {
	if (!globalThis.crypto?.subtle) return; /* plain HTTP: the waiting time of the server serves instead */
	const field = form.elements.solution;
	const solved = solve(form.dataset.work, Number(form.dataset.bits)).then((solution) => { field.value = solution; });
	form.addEventListener('submit', (event) => {
		if (field.value) return;
		event.preventDefault();
		solved.then(() => form.requestSubmit(event.submitter ?? undefined));
	});
}

/* ---- unread marks */
async function askUnread() {
	if (document.visibilityState !== 'visible') return;
	const reply = await fetch(document.body.dataset.unread, { headers: { Accept: 'application/json' } }).catch(() => null);
	if (!reply?.ok) return;
	const { unread } = await reply.json();
	for (const mark of document.querySelectorAll('.desk .unread')) {
		mark.querySelector('b').textContent = unread > 99 ? '99+' : String(unread);
		mark.hidden = !unread;
	}
}

/* ---- copy buttons */
function showCopy(button) {
	const label = button.textContent;
	button.hidden = false;
	button.addEventListener('click', async () => {
		await navigator.clipboard.writeText(button.dataset.copy);
		button.textContent = button.dataset.textDone;
		setTimeout(() => { button.textContent = label; }, 2000);
	});
}

/* ---- fields that belong to an answer */
function held(form, name) {
	const box = form.querySelector(`[data-field="${name}"]`);
	if (!box || box.hidden) return '';
	const field = box.querySelector('input:checked, select, textarea, input:not([type=radio], [type=checkbox])');
	return field?.type === 'checkbox' ? 'yes' : field?.value.trim() ?? '';
}

function belong(form) {
	for (const box of form.querySelectorAll('[data-when]')) {
		const value = held(form, box.dataset.when), values = box.dataset.whenValues;
		box.hidden = !(values === '*' ? value : values === '-' ? !value : values.split(' ').includes(value));
		for (const field of box.querySelectorAll('input, select, textarea')) field.disabled = box.hidden;
	}
}

function watchBelonging(form) {
	if (!form.querySelector('[data-when]')) return;
	form.addEventListener('input', () => belong(form));
	form.addEventListener('change', () => belong(form));
	belong(form);
}

/* ---- replies: into the field where one types, instead of a page that begins anew */
function insertReply(event) {
	const field = event.currentTarget.closest('form').querySelector('textarea');
	event.preventDefault();
	field.setRangeText(event.currentTarget.dataset.insert, field.selectionStart, field.selectionEnd, 'end');
	field.dispatchEvent(new Event('input', { bubbles: true }));
	field.focus();
}

/* ---- keys */
function rows() { return [...document.querySelectorAll('[data-keys=rows] tbody tr')]; }

function walk(step) {
	const all = rows();
	if (!all.length) return;
	const now = all.findIndex((row) => row.classList.contains('at'));
	const next = all[Math.max(0, Math.min(all.length - 1, now < 0 ? 0 : now + step))];
	all.forEach((row) => row.classList.toggle('at', row === next));
	const link = next.querySelector('a');
	(link ?? next).focus({ preventScroll: true });
	next.scrollIntoView({ block: 'nearest' });
}

function showKeys() {
	const help = document.querySelector('.keys');
	if (help) help.hidden = !help.hidden;
}

const KEYS = {
	j: () => walk(1),
	k: () => walk(-1),
	'/': () => document.querySelector('input[type=search]')?.focus(),
	'?': showKeys,
};

function onKey(event) {
	if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable]')) return;
	if (event.key === 'Escape') document.querySelectorAll('.keys').forEach((help) => { help.hidden = true; });
	if (!KEYS[event.key] || !document.querySelector('[data-keys=rows]')) return;
	event.preventDefault();
	KEYS[event.key]();
}

document.querySelectorAll('form[data-autosave]').forEach((form) => new Autosave(form));
document.querySelectorAll('form[data-work]').forEach(work);
document.querySelectorAll('form:not([data-autosave])').forEach(watchBelonging);
document.querySelectorAll('[data-upload]').forEach(watchUploads);
document.querySelectorAll('[data-boxes]').forEach(drawBoxes);
document.querySelectorAll('form[data-parts]').forEach(watchParts);
document.querySelectorAll('button[data-copy]').forEach(showCopy);
document.querySelectorAll('a[data-insert]').forEach((link) => link.addEventListener('click', insertReply));
document.addEventListener('keydown', onKey);
document.querySelector('#problems')?.focus();
if (document.body.dataset.unread) {
	setInterval(askUnread, 60000);
	document.addEventListener('visibilitychange', askUnread);
}
