/*
 * crypto: hashes, tokens, passwords, envelopes, signatures and the Merkle tree. Every primitive is libsodium's or OpenSSL's.
 * What can only fail because the process is out of memory or the library is broken ends the process; what fails because of the
 * input says so. Nothing here reads the clock or a database.
 */
#pragma once
#include "base/base/base.h"

/* Prepares libsodium and OpenSSL. Call it once, before threads and before the sandbox; a second call does nothing. */
void crypto_start(void);

/* ---- Text of bytes */
Text hex_text(Arena *arena, Text bytes); /* lower case */
must_use bool hex_parse(Arena *arena, Text hex, Text *out);
Text base64_text(Arena *arena, Text bytes); /* RFC 4648 clause 4, padded */
Text base64url_text(Arena *arena, Text bytes); /* RFC 4648 clause 5, without padding */
must_use bool base64_parse(Arena *arena, Text base64, Text *out);
must_use bool base64url_parse(Arena *arena, Text base64url, Text *out);

/* ---- Hashes and keyed look-up values */
typedef struct Digest {
	unsigned char at[32];
} Digest;
#define DIGEST_TEXT(digest) ((Text) { (const char *)(digest).at, sizeof((digest).at) }) /* borrowed from an lvalue */
must_use bool digest_from(Text bytes, Digest *out); /* false when it is not 32 bytes */
bool digest_is(const Digest *a, const Digest *b);

Digest sha256(Text bytes);
typedef struct Sha256 Sha256; /* for what comes in pieces */
Sha256 *sha256_new(void);
void sha256_free(Sha256 **hash); /* for scoped() */
void sha256_add(Sha256 *hash, Text bytes);
Digest sha256_finish(Sha256 *hash); /* once */

/* A secret of 32 bytes. Wiped by key_wipe, which is fit for scoped(). */
typedef struct Key {
	unsigned char at[32];
} Key;
Key key_random(void);
void key_wipe(Key *key);
/* A key for one purpose out of a key for many; purpose is a constant of the program. */
Key key_derive(const Key *key, Text purpose);
/* HMAC-SHA-256 of the parts, each preceded by its length, so that ("ab", "c") and ("a", "bc") differ. */
Digest mac_of(const Key *key, const Text *parts, size_t count);
/* HMAC-SHA-256 of RFC 2104, for others who compute it with the same key. */
Digest hmac_sha256(Text key, Text message);
/* Compares secrets in a time that depends on their lengths only. */
bool secret_is(Text a, Text b);
void secret_wipe(void *at, size_t length);
/* Zeroed memory that is locked where the kernel allows it and in no core dump; freeing wipes it. */
void *secret_alloc(size_t bytes);
void secret_free(void *at);

/* A file, from where it is read now to its end, as CMS EnvelopedData for a receiver who knows the passphrase (RFC 5652, RFC 3211); IO. */
must_use Error package_close(Call *call, int from, Text passphrase, int to);

/* ---- A secret that two of three keep, and what is sealed for it */
enum { SPLIT_SHARES = 3 };
typedef struct Share { /* Shamir 1979 over GF(256), threshold 2: byte by byte the line through the secret at 0, read at 1, 2 or 3 */
	int number;
	Key part;
} Share;
void secret_split(const Key *secret, Share *out); /* room for SPLIT_SHARES; any one of them says nothing about the secret */
/* False: the numbers are the same, or none of 1 to 3. Shares of different secrets give some other secret: compare its seal_public. */
must_use bool secret_join(const Share *one, const Share *other, Key *out);
/* "2-1f0c…-9d31": number, the part in groups of eight hexadecimal digits, and a check of eight. Wipe it after use. */
Text share_text(Arena *arena, const Share *share);
must_use bool share_parse(Arena *arena, Text typed, Share *out); /* blanks and hyphens where people like them; false: mistyped */
/* X25519 with XSalsa20-Poly1305 (libsodium's sealed box): everybody can close, only the holder of the secret key opens. */
Key seal_public(const Key *secret);
Text seal_box(Arena *arena, const Key *public_key, Text plain);
must_use bool seal_unbox(Arena *arena, const Key *secret, Text box, Text *out); /* false: another key, or a changed byte */

/* ---- Tokens and passwords */
/* Unpredictable and fit for an address: base64url of at least 16 random bytes. */
Text token_new(Arena *arena, size_t random_byte_count);

enum { PASSWORD_BYTES_MAX = 1024 };
/* argon2id, 64 MiB, 3 passes, in the PHC text form. TOO_LARGE: over PASSWORD_BYTES_MAX. */
must_use Error password_hash(Call *call, Text password, Text *out);
/* Does the same work when `stored` is no text (unknown person) and answers false. */
bool password_verify(Text stored, Text password);
bool password_is_outdated(Text stored); /* made with weaker parameters than today's: hash it anew after a good login */

/* ---- Envelope: algorithm (1 byte) | key id (8, big-endian) | nonce | ciphertext and tag. All of it is authenticated, and so is `about`. */
typedef enum EnvelopeKind {
	ENVELOPE_XCHACHA20 = 1, /* XChaCha20-Poly1305 */
	ENVELOPE_SM4 = 2, /* SM4-CTR, then HMAC-SM3, for the 国密 profile */
} EnvelopeKind;
enum { ENVELOPE_HEADER_BYTES = 9 };
Text envelope_close(Arena *arena, EnvelopeKind kind, uint64_t key_id, const Key *key, Text about, Text plain);
/* Opens either kind. False: wrong key, wrong `about`, or a changed byte; *out is untouched. */
must_use bool envelope_open(Arena *arena, const Key *key, Text about, Text envelope, Text *out);
must_use bool envelope_key_id(Text envelope, uint64_t *out);

/* ---- Key files: small, readable by their owner alone */
/* NOT_FOUND: no such file. CONFIG: group or others may read it, or it is over `bytes_max`. Wipe *out with key_file_wipe. */
must_use Error key_file_read(Call *call, const char *path, size_t bytes_max, Text *out);
void key_file_wipe(Text content); /* what an arena holds of it */
/* Mode 0600, complete and on disk when it returns. CONFLICT: the file exists and `replace` is false. */
must_use Error key_file_write(Call *call, const char *path, Text content, bool replace);

/* ---- Ed25519: a named key, in the text forms of C2SP signed-note */
typedef struct Signer Signer; /* private key in locked memory */
typedef struct Signature {
	unsigned char at[64];
} Signature;
typedef struct PublicKey {
	Text name; /* of the key, and origin of the ledger; without white space and '+' */
	unsigned char id[4]; /* first bytes of SHA-256(name, "\n", 0x01, key) */
	unsigned char at[32];
} PublicKey;
bool signer_name_is_fit(Text name);
Signer *signer_new(Text name); /* the name must be fit */
/* Key file: one line "PRIVATE+KEY+name+hex(id)+base64(0x01, seed)". Fails as key_file_read does. CONFIG: also when malformed. */
must_use Error signer_load(Call *call, const char *path, Signer **out);
must_use Error signer_save(Call *call, const Signer *signer, const char *path); /* CONFLICT: the file exists */
void signer_free(Signer **signer);
Signature signer_sign(const Signer *signer, Text message);
const PublicKey *signer_public(const Signer *signer);
bool signature_verify(const PublicKey *key, Text message, Text signature);
Text public_key_text(Arena *arena, const PublicKey *key); /* "name+hex(id)+base64(0x01, key)" */
must_use bool public_key_parse(Arena *arena, Text text, PublicKey *out);

/* ---- SM2 with SM3 (GB/T 32918.2), identity 1234567812345678; keys are PEM, signatures DER */
must_use Error sm2_key_new(Call *call, Text *out_private_pem, Text *out_public_pem);
must_use Error sm2_sign(Call *call, Text private_pem, Text message, Text *out); /* CONFIG: not an SM2 key */
bool sm2_verify(Text public_pem, Text message, Text signature);

/* ---- Merkle tree of RFC 6962 clause 2.1 over SHA-256 */
Digest merkle_leaf(Text entry);
Digest merkle_node(const Digest *left, const Digest *right);
/* A tree that only grows: the roots of its complete subtrees, largest first. Start with { 0 }. */
typedef struct MerkleTree {
	uint64_t size;
	Digest roots[64];
} MerkleTree;
/* Told of every subtree that becomes complete: level 0 is the leaf itself; index counts subtrees of that level. */
typedef Error MerkleStore(void *context, int level, uint64_t index, const Digest *node);
must_use Error merkle_add(MerkleTree *tree, const Digest *leaf, MerkleStore *store, void *context); /* store may be NULL */
Digest merkle_root(const MerkleTree *tree); /* of no leaves: SHA-256 of nothing */
Text merkle_tree_text(Arena *arena, const MerkleTree *tree); /* to store it */
must_use bool merkle_tree_parse(Text text, MerkleTree *out);

/* Reads a complete subtree that was stored before. */
typedef Error MerkleRead(void *context, int level, uint64_t index, Digest *out);
typedef struct MerkleProof {
	Digest at[130];
	size_t count;
} MerkleProof;
/* index < size; 0 < from <= to. Reads O(log size) nodes. */
must_use Error merkle_inclusion(uint64_t index, uint64_t size, MerkleRead *read, void *context, MerkleProof *out);
must_use Error merkle_consistency(uint64_t from, uint64_t to, MerkleRead *read, void *context, MerkleProof *out);
bool merkle_verify_inclusion(uint64_t index, uint64_t size, const Digest *leaf, const MerkleProof *proof, const Digest *root);
bool merkle_verify_consistency(uint64_t from, uint64_t to, const Digest *from_root, const Digest *to_root, const MerkleProof *proof);
