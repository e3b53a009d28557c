/* expect: system() is not used here; use nothing: no shell */
void run(const char *text) { system(text); }
