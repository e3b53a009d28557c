/* worker: the background work alone, for deployments of several nodes; and bringing the schema up to date. */
#pragma once
#include "app/command.h"

CommandAlone worker_command, migrate_command;
