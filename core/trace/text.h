#pragma once
// The text notation of a trace: one line an event, for people, diffs and hand-written tests.
//
//   # scenario sequential_awaits          headers: scenario, variant, parameter KEY=VALUE, schedule, clock, runtime;
//   # any other comment                   other lines that begin with # are comments
//   1 0.000000000 run_begin
//   7 1.000000000 step_end task=1 object=3 waits=sleep at=scenarios/sequential_awaits.cpp:31
//
// The fields of a kind and their types are those of AWAITSCOPE_EVENTS.  What is zero is left out (an enumeration's value is
// always named, except "none" and "no").  Strings are quoted with C's escapes; control and bidirectional characters and
// bytes that are no UTF-8 are always escaped, so a line never acts on a terminal.  A reader may leave out the event's number
// and write times as 1.5, 1.5s, 300ms, 20us or 7ns.
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/trace/trace.h"

namespace awaitscope {

std::string to_text(const Trace& trace);
/// One event's line, without the newline.
std::string to_text(const Trace& trace, const Event& event);
/// Reads the notation.  What was written reads back to a trace that writes the same bytes.  The error names the line, what
/// is wrong and what is accepted.
Result<Trace> read_text(std::string_view text);

}  // namespace awaitscope
