/* demo_site: notices, news, standards, downloads and questions of the demonstration, written, edited and approved by three of its people. */
#pragma once
#include "base/base/base.h"

typedef struct DemoOffice {
	const Actor *writer, *editor, *approver;
} DemoOffice;
must_use Error demo_site(Call *call, const DemoOffice *office);
