// work-lost-at-exit: main returned while requests were under way, and the clean-up of the run cut them.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

/// What a request is called: "write 3 (worker-1)".
std::string named(const Run& run, const Request& request) {
  const std::string what = request.what ? plain(run.trace.text(request.what.value)) : "a request";
  return fmt::format("{} ({})", what, run.name_of(request.task));
}

std::vector<Finding> check(const Run& run) {
  std::unordered_map<std::uint32_t, const Cancellation*> shutdown;  // by the task that was asked
  for (const Cancellation& c : run.history.cancellations)
    if (c.why == CancelReason::shutdown) shutdown.try_emplace(c.target.value, &c);
  Finding f;
  std::vector<std::string> names;
  for (const Request& request : run.history.requests) {
    const auto found = shutdown.find(request.task.value);
    // Only what the request to stop really cut: what came to its end all the same is not lost.
    if (found == shutdown.end() || request.status != RequestStatus::cancelled || !request.ended ||
        request.begun > found->second->requested || request.ended < found->second->requested)
      continue;
    if (names.empty()) {
      f.site = run.trace.site(request.site);
      f.begin = found->second->requested_time;
    }
    names.push_back(named(run, request));
    f.end = std::max(f.end, request.end);
    f.evidence.push_back(request.ended);
    f.evidence.push_back(found->second->requested);
    if (std::find(f.tasks.begin(), f.tasks.end(), request.task) == f.tasks.end()) f.tasks.push_back(request.task);
    if (std::find(f.resources.begin(), f.resources.end(), request.service) == f.resources.end())
      f.resources.push_back(request.service);
  }
  if (names.empty()) return {};
  f.confidence = sureness(run, f.evidence.front());
  f.sentence = fmt::format("the program was left at {} s with {} under way, which its exit cut: {}", seconds(f.begin, 3),
                           counted(names.size(), "request"), listed(names));
  return {f};
}

}  // namespace

Lint work_lost_at_exit() {
  return {"work-lost-at-exit",
          "main returns while requests of other tasks are under way",
          "before you return: stop the intake, drain with a deadline, cancel what is left and wait for it",
          "graceful_shutdown",
          {},
          check};
}

}  // namespace awaitscope::lints
