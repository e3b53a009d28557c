/* The Merkle tree of RFC 6962 clause 2.1; proofs are checked with the algorithms of RFC 9162 clause 2.1.3.2 and 2.1.4.2. */
#include "base/crypto/crypto.h"

#include "base/crypto/crypto_private.h"

Digest merkle_leaf(Text entry)
{
	Sha256 *hash scoped(sha256_free) = sha256_new();
	sha256_add(hash, TEXT("\0"));
	sha256_add(hash, entry);
	return sha256_finish(hash);
}

Digest merkle_node(const Digest *left, const Digest *right)
{
	char bytes[65] = { 1 };
	memcpy(bytes + 1, left->at, 32);
	memcpy(bytes + 33, right->at, 32);
	return sha256((Text) { bytes, sizeof(bytes) });
}

static size_t root_count(uint64_t size) { return (size_t)__builtin_popcountll(size); }

Error merkle_add(MerkleTree *tree, const Digest *leaf, MerkleStore *store, void *context)
{
	MerkleTree grown = *tree;
	size_t count = root_count(tree->size);
	Digest node = *leaf;
	int level = 0;
	if (store) TRY(store(context, 0, tree->size, &node));
	for (uint64_t rest = tree->size; rest & 1; rest >>= 1) {
		node = merkle_node(&grown.roots[--count], &node);
		level++;
		if (store) TRY(store(context, level, tree->size >> level, &node));
	}
	grown.roots[count] = node;
	grown.size++;
	*tree = grown;
	return OK;
}

Digest merkle_root(const MerkleTree *tree)
{
	size_t count = root_count(tree->size);
	if (!count) return sha256(TEXT(""));
	Digest root = tree->roots[count - 1];
	for (size_t i = count - 1; i-- > 0;) root = merkle_node(&tree->roots[i], &root);
	return root;
}

Text merkle_tree_text(Arena *arena, const MerkleTree *tree)
{
	unsigned char size[8];
	big_endian_64(size, tree->size);
	Buffer buffer = { .arena = arena };
	buffer_put(&buffer, (Text) { (char *)size, sizeof(size) });
	buffer_put(&buffer, (Text) { (const char *)tree->roots, root_count(tree->size) * sizeof(Digest) });
	return buffer_text(&buffer);
}

bool merkle_tree_parse(Text text, MerkleTree *out)
{
	if (text.length < 8) return false;
	MerkleTree tree = { .size = big_endian_64_read((const unsigned char *)text.at) };
	if (text.length != 8 + root_count(tree.size) * sizeof(Digest)) return false;
	memcpy(tree.roots, text.at + 8, text.length - 8);
	*out = tree;
	return true;
}

typedef struct Reader {
	MerkleRead *read;
	void *context;
	MerkleProof *proof;
} Reader;

/* Root of the leaves [from, to), where from is a multiple of the largest power of two in to - from. */
static Error range_root(const Reader *reader, uint64_t from, uint64_t to, Digest *out)
{
	Digest pieces[64];
	size_t count = 0;
	while (from < to) {
		int level = 63 - __builtin_clzll(to - from);
		TRY(reader->read(reader->context, level, from >> level, &pieces[count++]));
		from += (uint64_t)1 << level;
	}
	Digest root = pieces[count - 1];
	for (size_t i = count - 1; i-- > 0;) root = merkle_node(&pieces[i], &root);
	*out = root;
	return OK;
}

static Error prove_range(const Reader *reader, uint64_t from, uint64_t to)
{
	must(reader->proof->count < COUNT(reader->proof->at));
	return range_root(reader, from, to, &reader->proof->at[reader->proof->count++]);
}

/* The largest power of two below n; n > 1. */
static uint64_t split_of(uint64_t n) { return (uint64_t)1 << (63 - __builtin_clzll(n - 1)); }

/* Halves of the way down, in order; the proof wants them from the leaf up. */
typedef struct Sibling {
	uint64_t from, to;
} Sibling;

static Error prove_upwards(const Reader *reader, const Sibling *siblings, size_t count)
{
	while (count--) TRY(prove_range(reader, siblings[count].from, siblings[count].to));
	return OK;
}

Error merkle_inclusion(uint64_t index, uint64_t size, MerkleRead *read, void *context, MerkleProof *out)
{
	must(index < size);
	MerkleProof proof = { .count = 0 };
	Reader reader = { read, context, &proof };
	Sibling siblings[64];
	size_t count = 0;
	for (uint64_t from = 0, to = size; to - from > 1;) {
		uint64_t middle = from + split_of(to - from);
		if (index < middle) {
			siblings[count++] = (Sibling) { middle, to };
			to = middle;
		} else {
			siblings[count++] = (Sibling) { from, middle };
			from = middle;
		}
	}
	TRY(prove_upwards(&reader, siblings, count));
	*out = proof;
	return OK;
}

Error merkle_consistency(uint64_t old, uint64_t size, MerkleRead *read, void *context, MerkleProof *out)
{
	must(old > 0 && old <= size);
	MerkleProof proof = { .count = 0 };
	Reader reader = { read, context, &proof };
	Sibling siblings[64];
	size_t count = 0;
	uint64_t from = 0, to = size;
	while (old != to) {
		uint64_t middle = from + split_of(to - from);
		if (old <= middle) {
			siblings[count++] = (Sibling) { middle, to };
			to = middle;
		} else {
			siblings[count++] = (Sibling) { from, middle };
			from = middle;
		}
	}
	if (from > 0) TRY(prove_range(&reader, from, to));
	TRY(prove_upwards(&reader, siblings, count));
	*out = proof;
	return OK;
}

bool merkle_verify_inclusion(uint64_t index, uint64_t size, const Digest *leaf, const MerkleProof *proof, const Digest *root)
{
	if (index >= size) return false;
	uint64_t place = index, last = size - 1;
	Digest hash = *leaf;
	for (size_t i = 0; i < proof->count; i++) {
		if (last == 0) return false;
		if ((place & 1) || place == last) {
			hash = merkle_node(&proof->at[i], &hash);
			while (!(place & 1) && place) place >>= 1, last >>= 1;
		} else {
			hash = merkle_node(&hash, &proof->at[i]);
		}
		place >>= 1;
		last >>= 1;
	}
	return last == 0 && digest_is(&hash, root);
}

bool merkle_verify_consistency(uint64_t from, uint64_t to, const Digest *from_root, const Digest *to_root, const MerkleProof *proof)
{
	if (from == 0 || from > to) return false;
	if (from == to) return proof->count == 0 && digest_is(from_root, to_root);
	uint64_t place = from - 1, last = to - 1;
	while (place & 1) place >>= 1, last >>= 1;
	size_t i = 0;
	bool whole = (from & (from - 1)) == 0; /* then the old root itself is where the proof starts */
	if (!whole && proof->count == 0) return false;
	Digest old = whole ? *from_root : proof->at[i++], new = old;
	for (; i < proof->count; i++) {
		if (last == 0) return false;
		if ((place & 1) || place == last) {
			old = merkle_node(&proof->at[i], &old);
			new = merkle_node(&proof->at[i], &new);
			while (!(place & 1) && place) place >>= 1, last >>= 1;
		} else {
			new = merkle_node(&new, &proof->at[i]);
		}
		place >>= 1;
		last >>= 1;
	}
	return last == 0 && digest_is(&old, from_root) && digest_is(&new, to_root);
}
