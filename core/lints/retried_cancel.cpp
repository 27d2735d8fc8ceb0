// retried-cancel: a task was told to stop, took it for a failure, and tried again.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

std::vector<Finding> check(const Run& run) {
  std::unordered_map<std::uint32_t, std::vector<const Cancellation*>> swallowed;  // by task, in order of delivery
  for (const Cancellation& c : run.history.cancellations)
    if (c.end == Cancellation::End::swallowed && c.delivered) swallowed[c.target.value].push_back(&c);
  if (swallowed.empty()) return {};
  struct Vain {
    const Cancellation* cancel = nullptr;
    std::vector<const Request*> tries;
  };
  std::map<std::pair<std::uint32_t, std::uint32_t>, Vain> vain;  // by task and service
  std::map<std::pair<std::uint32_t, std::uint32_t>, const Request*> last;
  for (const Request& request : run.history.requests) {
    const auto cancels = swallowed.find(request.task.value);
    if (cancels == swallowed.end()) continue;
    const std::pair key{request.task.value, request.service.value};
    const Request* before = std::exchange(last[key], &request);
    if (!before || request.attempt != before->attempt + 1) continue;
    Vain& one = vain[key];
    for (const Cancellation* c : cancels->second)
      if (!one.cancel && c->delivered > before->begun && c->delivered < request.begun) one.cancel = c;
    if (one.cancel) one.tries.push_back(&request);
  }
  std::vector<Finding> out;
  for (const auto& [key, one] : vain) {
    if (!one.cancel) continue;
    const Request& first = *one.tries.front();
    Finding f;
    f.severity = Severity::error;
    f.confidence = sureness(run, first.begun);
    f.site = run.trace.site(first.site);
    f.sentence = fmt::format("task {} was told to stop at {} s and asked {} {} more{}", run.name_of(first.task),
                             seconds(one.cancel->delivered_time, 3), run.name_of(first.service),
                             counted(one.tries.size(), "time"), at(f.site));
    f.begin = one.cancel->delivered_time;
    f.end = one.tries.back()->ended ? one.tries.back()->end : run.history.end;
    f.tasks.push_back(first.task);
    f.resources.push_back(first.service);
    f.evidence.push_back(first.begun);
    f.evidence.push_back(one.cancel->delivered);
    for (std::size_t i = 1; i < one.tries.size() && i < 100; ++i) f.evidence.push_back(one.tries[i]->begun);
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint retried_cancel() {
  return {"retried-cancel",
          "a task that was told to stop takes that for a failure and tries again",
          "let CancelledError pass: catch only the errors that are worth another try",
          "retry_backoff_jitter",
          {},
          check};
}

}  // namespace awaitscope::lints
