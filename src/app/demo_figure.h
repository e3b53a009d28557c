/* demo_figure: the days of the demonstration's past are closed. */
#pragma once
#include "base/base/base.h"

must_use Error demo_figures(Call *call);
