/* demo_letter: the letters that a played round calls for at this moment, written by one secretary and approved by another. */
#pragma once
#include "app/demo_selection.h"

must_use Error demo_letters(Call *call, const DemoSelectors *office, Text round);
must_use Error demo_letter_waits(Call *call, const Actor *writer, Text round); /* the first one, for somebody else to approve */
