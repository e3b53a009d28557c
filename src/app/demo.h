/* demo: a fresh library of invented matters at every stage, one-click entry for each role, then serve. */
#pragma once
#include "app/command.h"

CommandAlone demo_command;
