/* expect: strcpy() is not used here; use arena_copy */
void copy(char *to, const char *from) { strcpy(to, from); }
