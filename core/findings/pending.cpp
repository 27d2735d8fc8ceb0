#include "core/findings/pending.h"

#include <algorithm>
#include <unordered_map>

namespace awaitscope {

Pending::Pending(const Run& run) {
  for (const Request& request : run.history.requests) all_.push_back({request.begin, request.end, request.begun});
  std::unordered_map<std::uint32_t, std::size_t> jobs;
  for (const Event& e : run.events({Kind::job_submitted, Kind::job_ended})) {
    if (e.kind == Kind::job_submitted) {
      jobs[e.a] = all_.size();
      all_.push_back({e.at(), run.history.end, e.seq});
    } else if (const auto found = jobs.find(e.a); found != jobs.end()) {
      all_[found->second].end = e.at();
      jobs.erase(found);
    }
  }
  std::stable_sort(all_.begin(), all_.end(), [](const Operation& a, const Operation& b) { return a.begin < b.begin; });
  for (const Operation& o : all_) latest_end_.push_back(latest_end_.empty() ? o.end : std::max(latest_end_.back(), o.end));
}

std::size_t Pending::count(Instant begin, Instant end) const {
  return static_cast<std::size_t>(
      std::count_if(all_.begin(), all_.end(), [&](const Operation& o) { return o.begin <= begin && o.end >= end; }));
}

bool Pending::any(Instant begin, Instant end) const {
  const auto later =
      std::upper_bound(all_.begin(), all_.end(), begin, [](Instant t, const Operation& o) { return t < o.begin; });
  return later != all_.begin() && latest_end_[static_cast<std::size_t>(later - all_.begin()) - 1] >= end;
}

}  // namespace awaitscope
