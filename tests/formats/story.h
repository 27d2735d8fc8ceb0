#pragma once
// What an import must give back of a trace, and traces to try it with.
#include <string>
#include <utility>
#include <vector>

#include "core/trace/trace.h"

namespace awaitscope::tests {

/// Tasks, steps, waits and arrows by name and time, sorted.
std::vector<std::string> story(const Trace& trace);

/// A trace from its text notation; a test failure where that is wrong.
Trace from_text(std::string_view text);

/// Two tasks at one instant, a blocking call, a semaphore, a sleeper that fails.
extern const char* const small;

/// What every variant and preset of every scenario records (tests/golden), by name.
std::vector<std::pair<std::string, Trace>> recorded();

}  // namespace awaitscope::tests
