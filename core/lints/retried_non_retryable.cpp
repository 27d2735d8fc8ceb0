// retried-non-retryable: a request that can never succeed is made again.
#include <map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

std::vector<Finding> check(const Run& run) {
  // The tries of one task at one service that were made although the one before had been called invalid.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const Request*>> vain;
  std::map<std::pair<std::uint32_t, std::uint32_t>, const Request*> last;
  std::vector<Finding> out;
  for (const Request& request : run.history.requests) {
    const std::pair key{request.task.value, request.service.value};
    const Request* before = std::exchange(last[key], &request);
    if (!before || before->status != RequestStatus::invalid || request.attempt != before->attempt + 1 ||
        request.what != before->what)
      continue;
    auto& tries = vain[key];
    if (tries.empty()) tries.push_back(before);
    tries.push_back(&request);
  }
  for (const auto& [key, tries] : vain) {
    const Request& first = *tries.front();
    Finding f;
    f.confidence = sureness(run, tries.back()->begun);
    f.site = run.trace.site(tries[1]->site);
    f.sentence = fmt::format("task {} asked {} for {} {} more after the answer that the request is wrong{}",
                             run.name_of(first.task), run.name_of(first.service), plain(run.trace.text(first.what.value)),
                             counted(tries.size() - 1, "time"), at(f.site));
    f.begin = first.begin;
    f.end = tries.back()->ended ? tries.back()->end : run.history.end;
    f.tasks.push_back(first.task);
    f.resources.push_back(first.service);
    f.evidence.push_back(first.ended);
    for (std::size_t i = 1; i < tries.size() && i < 100; ++i) f.evidence.push_back(tries[i]->begun);
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint retried_non_retryable() {
  return {"retried-non-retryable",
          "a request that was answered as wrong in itself is made again",
          "retry only errors that pass by themselves (refused, timed out, unavailable); raise the others at once",
          "retry_backoff_jitter",
          {},
          check};
}

}  // namespace awaitscope::lints
