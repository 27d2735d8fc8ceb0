#pragma once
// What a trace tells of one resource, of scopes, of tasks: lines that a test can compare.
#include "core/runtime/trio/trio.h"
#include "tests/support/record.h"

namespace awaitscope::runtime::story {
using testing::Lines;
using testing::Recorded;

/// A run in which every event names an earlier one as its cause, or none.
Recorded told(std::function<Task<void>()> main, RunOptions options = {});

std::vector<awaitscope::Event> all(const Recorded& run);

/// The name of a task; of none: "loop".
std::string who(const Recorded& run, std::uint32_t task);
/// "a released": whom an event is about, and its kind.
std::string what(const Recorded& run, Seq seq);

/// "b woken: released, by a after a released": why a task may run, who woke it, and the event that is given as the cause.
std::string woken(const Recorded& run, const awaitscope::Event& ready, bool with_reason = true);

/// All about the resource with this name.  "created lock 1": its type and capacity.  "a acquired 0 2": a change, with the value
/// and the number in line after it.  "b woken: ...": of a task that waited for it.  `briefly`: kinds that are told without
/// their numbers or reason.
Lines of_resource(const Recorded& run, std::string_view resource, const std::vector<Kind>& briefly = {});

/// "enter gather", "exit gather: returned" of every scope; each is entered once and left once, at the same place.
Lines of_scopes(const Recorded& run);

/// What is told of these kinds: "a task_ready", and the text of a log line.
Lines of_kinds(const Recorded& run, const std::vector<Kind>& kinds);

}  // namespace awaitscope::runtime::story
