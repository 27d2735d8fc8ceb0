#pragma once
// The runtime's second mode, under trio's names: nurseries, cancel scopes, checkpoints, channels (rules O1 to O11).
#include "core/runtime/log.h"
#include "core/runtime/run.h"
#include "core/runtime/trio/cancel_scope.h"
#include "core/runtime/trio/checkpoint.h"
#include "core/runtime/trio/memory_channel.h"
#include "core/runtime/trio/nursery.h"
#include "core/runtime/trio/sync.h"
