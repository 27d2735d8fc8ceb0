#pragma once
// A part of a trace that reads right by itself.
#include "core/trace/trace.h"

namespace awaitscope {

/// The events from number `from` to number `to`, at their own times.  Before them stands what they need to be understood: every
/// task and resource with its name, and of what still lives at `from` the events that brought it into its state, so that the
/// model is the same as in the whole trace.  `dropped` events before and after tell how many were left out, so that rules
/// take what needs them for unsure.  Events get new numbers, scopes too.
Trace cut(const Trace& trace, Seq from, Seq to);

}  // namespace awaitscope
