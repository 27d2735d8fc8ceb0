// dropped-events: about the trace itself: events were lost, and what they would have shown is missing.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100;

std::vector<Finding> check(const Run& run) {
  const std::vector<Seq>& losses = run.history.losses;
  if (losses.empty()) return {};
  Finding f;
  f.severity = Severity::info;
  f.begin = run.trace[losses.front()].at();
  f.end = run.trace[losses.back()].at();
  f.evidence.assign(losses.begin(), losses.begin() + static_cast<std::ptrdiff_t>(std::min(losses.size(), most_evidence)));
  const std::uint64_t lost = run.history.model.dropped;
  const std::string when = losses.size() == 1 ? fmt::format("before {} s", seconds(f.begin, 3))
                                              : fmt::format("at {} moments from {} s to {} s", losses.size(),
                                                            seconds(f.begin, 3), seconds(f.end, 3));
  f.sentence =
      fmt::format("{} lost {}: findings that rest on what came before and after are marked recheck, others may be missing",
                  lost == 1 ? "1 event was" : fmt::format("{} events were", lost), when);
  return {f};
}

}  // namespace

Lint dropped_events() {
  return {"dropped-events",
          "the recording lost events",
          "record a shorter stretch, or give the recorder more room, and judge again what is marked recheck",
          "",
          {},
          check};
}

}  // namespace awaitscope::lints
