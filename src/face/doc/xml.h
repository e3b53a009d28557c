/* xml: what the writers of documents share. */
#pragma once
#include "base/base/base.h"

/* As content or value of an attribute: < > & " escaped; what is no UTF-8, and characters XML 1.0 cannot hold, become spaces. */
void xml_put(Buffer *out, Text text);
