#include "base/base/base.h"

int main(void)
{
	puts("cappvd " CAPPVD_VERSION);
	return 0;
}
