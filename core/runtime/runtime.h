#pragma once
// Everything a scenario needs, under asyncio's names.
#include "core/runtime/gather.h"
#include "core/runtime/log.h"
#include "core/runtime/run.h"
#include "core/runtime/semaphore.h"
#include "core/runtime/service.h"
#include "core/runtime/sleep.h"
#include "core/runtime/task.h"
#include "core/runtime/task_group.h"
#include "core/runtime/timeout.h"
#include "core/runtime/to_thread.h"
