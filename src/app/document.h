/* document: the documents that are made from the program's tables. */
#pragma once
#include "app/command.h"

CommandBody document_command;
Text document_openapi(Arena *arena); /* also served at /api/v1/openapi.json */
