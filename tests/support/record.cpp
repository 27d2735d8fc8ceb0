#include "tests/support/record.h"

namespace awaitscope::testing {

std::vector<std::string> Recorded::log() const {
  std::vector<std::string> lines;
  for (Seq seq = 1; seq <= trace.size(); ++seq)
    if (const Event e = trace[seq]; e.kind == Kind::log) lines.push_back(seconds(e.at(), 1) + " " + std::string(trace.text(e.a)));
  return lines;
}

std::vector<Event> Recorded::of(Kind kind) const {
  std::vector<Event> events;
  for (Seq seq = 1; seq <= trace.size(); ++seq)
    if (trace[seq].kind == kind) events.push_back(trace[seq]);
  return events;
}

Recorded record(std::function<runtime::Task<void>()> main, runtime::RunOptions options) {
  Recorded out;
  QueueSink sink;
  options.sink = &sink;
  out.result = runtime::run(main, options);
  sink.drain(out.trace);
  return out;
}

}  // namespace awaitscope::testing
