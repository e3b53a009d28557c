/*
 * features: what two descriptions of one vulnerability have in common. A description becomes a set of values by kind; equal values are alike.
 * Values are folded as tokens are (case, width, traditional and simplified Chinese), so writing differs less than meaning. Pure.
 *
 * Text is compared by MinHash (A. Broder, On the resemblance and containment of documents, 1997): 32 minima over the set of words and Chinese
 * pairs of characters, in 16 bands of two rows. Two texts whose sets share the part J of their union share about 16·J² bands.
 */
#pragma once
#include "base/base/base.h"

typedef enum FeatureKind {
	FEATURE_IDENTITY, /* package name, AppID, filing number, host */
	FEATURE_PRODUCT, /* its name */
	FEATURE_PLACE, /* path, interface, component, parameter */
	FEATURE_TEXT, /* a band of the description */
	FEATURE_KINDS
} FeatureKind;
const char *feature_reason(FeatureKind kind); /* "The same product by name"; English source text */

typedef struct Feature {
	FeatureKind kind;
	Text value;
} Feature;
typedef LIST_OF(Feature) Features;
void features_add(
	Arena *arena, Features *features, FeatureKind kind, Text value); /* adds nothing when nothing is left of it, or it is there */
/* Every path, name and address in it: "POST https://api.example.cn/order?id=7" gives host and path. Short names and methods tell nothing. */
void features_add_places(Arena *arena, Features *features, Text text);
void features_add_text(Arena *arena, Features *features, Text text); /* nothing when it has fewer than six words */

/* How much speaks for the same vulnerability, from how many values of each kind are shared; `same_class`: the weakness is of one class.
 * 0: not worth a look. Without a place or a text in common, the same product counts only with the same class. */
int features_score(const int shared[FEATURE_KINDS], bool same_class);
