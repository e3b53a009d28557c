#include "base/crypto/crypto.h"
#include "harness/test.h"

/* The eight leaves and the roots of the reference implementation of certificate transparency. */
static const char *const leaves[] = { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" };
static const char *const roots[] = {
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
};

enum { LEVELS = 8, LEAVES_MAX = 70 };
typedef struct Nodes {
	Digest at[LEVELS][LEAVES_MAX];
	bool has[LEVELS][LEAVES_MAX];
} Nodes;

static Error keep(void *context, int level, uint64_t index, const Digest *node)
{
	Nodes *nodes = context;
	CHECK(level < LEVELS && index < LEAVES_MAX && !nodes->has[level][index]);
	nodes->at[level][index] = *node;
	nodes->has[level][index] = true;
	return OK;
}

static Error give(void *context, int level, uint64_t index, Digest *out)
{
	const Nodes *nodes = context;
	CHECK(level < LEVELS && index < LEAVES_MAX && nodes->has[level][index]);
	*out = nodes->at[level][index];
	return OK;
}

TEST(merkle__roots_are_those_of_rfc_6962)
{
	MerkleTree tree = { 0 };
	for (size_t i = 0;; i++) {
		Digest root = merkle_root(&tree);
		Text hex = hex_text(t->arena, DIGEST_TEXT(root));
		if (!text_is(hex, text_from(roots[i]))) test_fail(__FILE__, __LINE__, "root of %zu leaves is %.*s", i, TEXT_ARGS(hex));
		if (i == COUNT(leaves)) break;
		Text entry;
		CHECK(hex_parse(t->arena, text_from(leaves[i]), &entry));
		Digest leaf = merkle_leaf(entry);
		CHECK_INT(merkle_add(&tree, &leaf, NULL, NULL), OK);
	}
}

/* The definition of clause 2.1, word by word, as an independent way to the same roots. */
static Digest root_by_definition(const Digest *leaf, size_t count)
{
	if (count == 1) return leaf[0];
	size_t k = 1;
	while (k * 2 < count) k *= 2;
	Digest left = root_by_definition(leaf, k), right = root_by_definition(leaf + k, count - k);
	return merkle_node(&left, &right);
}

static void grow(Nodes *nodes, Digest *root_of)
{
	MerkleTree tree = { 0 };
	for (uint64_t i = 0; i < LEAVES_MAX; i++) {
		Digest leaf = merkle_leaf((Text) { (const char *)&i, sizeof(i) });
		CHECK_INT(merkle_add(&tree, &leaf, keep, nodes), OK);
		root_of[i + 1] = merkle_root(&tree);
		Digest defined = root_by_definition(nodes->at[0], i + 1);
		CHECK(digest_is(&root_of[i + 1], &defined));
	}
}

TEST(merkle__inclusion_is_proven_for_every_leaf_of_every_tree_and_for_no_other)
{
	Nodes *nodes = arena_new_of(t->arena, Nodes);
	Digest root_of[LEAVES_MAX + 1];
	grow(nodes, root_of);
	for (uint64_t size = 1; size <= LEAVES_MAX; size++)
		for (uint64_t index = 0; index < size; index++) {
			MerkleProof proof;
			CHECK_INT(merkle_inclusion(index, size, give, nodes, &proof), OK);
			CHECK(merkle_verify_inclusion(index, size, &nodes->at[0][index], &proof, &root_of[size]));
			CHECK(!merkle_verify_inclusion(index, size, &nodes->at[0][(index + 1) % LEAVES_MAX], &proof, &root_of[size]));
			CHECK(!merkle_verify_inclusion(index, size + 1, &nodes->at[0][index], &proof, &root_of[size % LEAVES_MAX + 1]));
			CHECK(size == 1 ||
				!merkle_verify_inclusion(index == 0 ? 1 : index - 1, size, &nodes->at[0][index], &proof, &root_of[size]));
			if (!proof.count) continue;
			proof.at[index % proof.count].at[index % 32] ^= 1;
			CHECK(!merkle_verify_inclusion(index, size, &nodes->at[0][index], &proof, &root_of[size]));
			proof.at[index % proof.count].at[index % 32] ^= 1;
			proof.count--;
			CHECK(!merkle_verify_inclusion(index, size, &nodes->at[0][index], &proof, &root_of[size]));
		}
}

TEST(merkle__consistency_is_proven_between_any_two_trees_and_not_with_another)
{
	Nodes *nodes = arena_new_of(t->arena, Nodes);
	Digest root_of[LEAVES_MAX + 1];
	grow(nodes, root_of);
	for (uint64_t to = 1; to <= LEAVES_MAX; to++)
		for (uint64_t from = 1; from <= to; from++) {
			MerkleProof proof;
			CHECK_INT(merkle_consistency(from, to, give, nodes, &proof), OK);
			CHECK(merkle_verify_consistency(from, to, &root_of[from], &root_of[to], &proof));
			CHECK(!merkle_verify_consistency(from, to, &root_of[from % LEAVES_MAX + 1], &root_of[to], &proof));
			CHECK(!merkle_verify_consistency(from, to, &root_of[from], &root_of[to % LEAVES_MAX + 1], &proof));
			if (!proof.count) continue;
			proof.at[from % proof.count].at[to % 32] ^= 1;
			CHECK(!merkle_verify_consistency(from, to, &root_of[from], &root_of[to], &proof));
			proof.at[from % proof.count].at[to % 32] ^= 1;
			proof.count--;
			CHECK(!merkle_verify_consistency(from, to, &root_of[from], &root_of[to], &proof));
		}
}

TEST(merkle__tree_survives_being_stored)
{
	MerkleTree tree = { 0 }, again;
	for (uint64_t i = 0; i < 100; i++) {
		Digest leaf = merkle_leaf((Text) { (const char *)&i, sizeof(i) });
		CHECK_INT(merkle_add(&tree, &leaf, NULL, NULL), OK);
		Text stored = merkle_tree_text(t->arena, &tree);
		CHECK(merkle_tree_parse(stored, &again));
		Digest a = merkle_root(&tree), b = merkle_root(&again);
		CHECK(digest_is(&a, &b) && again.size == tree.size);
		CHECK(!merkle_tree_parse(text_slice(stored, 0, stored.length - 1), &again));
	}
}
