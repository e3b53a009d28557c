// Security keys. A form with data-webauthn="create" or "get" carries what the browser has to ask in data- attributes; the answer goes into its
// hidden fields, base64url, and the form is sent like any other. Without script or without support such a form stays hidden.
const decode = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));
const encode = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const known = form => (form.dataset.credentials || '').split(' ').filter(Boolean).map(id => ({ type: 'public-key', id: decode(id) }));

function ask(form) {
	const challenge = decode(form.dataset.challenge), party = form.dataset.party;
	if (form.dataset.webauthn === 'get')
		return navigator.credentials.get({ publicKey: { challenge, rpId: party, allowCredentials: known(form), userVerification: form.dataset.verification, timeout: 110000 } });
	return navigator.credentials.create({
		publicKey: {
			challenge,
			rp: { id: party, name: document.title },
			user: { id: new TextEncoder().encode(form.dataset.user), name: form.dataset.userName, displayName: form.dataset.userName },
			pubKeyCredParams: [-7, -8, -257].map(alg => ({ type: 'public-key', alg })),
			excludeCredentials: known(form),
			authenticatorSelection: { residentKey: 'preferred', userVerification: form.dataset.verification },
			attestation: 'none',
			timeout: 110000,
		},
	});
}

function fill(form, credential) {
	const answer = credential.response, put = (name, bytes) => { if (bytes) form.elements[name].value = encode(bytes); };
	put('credential_id', credential.rawId);
	put('client_data', answer.clientDataJSON);
	put('attestation_object', answer.attestationObject);
	put('authenticator_data', answer.attestationObject ? null : answer.authenticatorData);
	put('signature', answer.signature);
}

for (const form of document.querySelectorAll('form[data-webauthn]')) {
	if (!window.PublicKeyCredential) continue;
	form.hidden = false;
	form.addEventListener('submit', async event => {
		event.preventDefault();
		const problem = form.querySelector('[data-webauthn-problem]');
		problem.hidden = true;
		try {
			fill(form, await ask(form));
			form.submit();
		} catch {
			problem.hidden = false;
		}
	});
}
