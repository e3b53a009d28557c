/* init: a new library: folder, keys, database, and the first administrators with links to set their passwords. */
#pragma once
#include "app/command.h"

CommandAlone init_command;
