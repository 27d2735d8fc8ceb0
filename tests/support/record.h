#pragma once
// Runs a small program on the virtual clock and gives its trace.
#include "core/runtime/runtime.h"
#include "core/trace/queue_sink.h"

namespace awaitscope::testing {

struct Recorded {
  Trace trace;
  runtime::RunResult result;

  /// "<seconds> <text>" of every log line.
  std::vector<std::string> log() const;
  std::vector<Event> of(Kind kind) const;
};

Recorded record(std::function<runtime::Task<void>()> main, runtime::RunOptions options = {});

using Lines = std::vector<std::string>;

}  // namespace awaitscope::testing
