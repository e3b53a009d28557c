/* demo_figure: the days of the demonstration's past are closed, and some reports issued. */
#pragma once
#include "base/base/base.h"

/* An editor, and who approves. */
must_use Error demo_figures(Call *call, const Actor *editor, const Actor *approver);
