/* What the template of this room shows. */
#pragma once
#include "face/html/html.h"

typedef struct LettersView {
	const Table *offers, *letters, *lists, *sheets; /* NULL: none */
} LettersView;
