#include "app/demo_figure.h"

#include "subject/figure/figure.h"

enum { DAYS_MOST = 2000 };

Error demo_figures(Call *call)
{
	int64_t closed;
	call->actor = &actor_system;
	return figure_close(call, DAYS_MOST, &closed);
}
