#include "core/findings/deeds.h"

#include <algorithm>

namespace awaitscope {

Deeds::Deeds(const Run& run, const std::vector<TaskId>& of) {
  if (of.empty()) return;
  for (const TaskId task : of) deeds_[task.value];
  const auto add = [&](std::uint32_t task, Seq seq) {
    if (const auto found = deeds_.find(task); found != deeds_.end()) found->second.push_back(seq);
  };
  for (const Event& e : run.events({Kind::log, Kind::level, Kind::acquired, Kind::released, Kind::request_begin,
                                    Kind::job_submitted, Kind::cell_write, Kind::block_begin}))
    add(e.task, e.seq);
  for (const Event& e : run.events({Kind::acquire_begin, Kind::resource_created, Kind::resource_opened, Kind::resource_closed,
                                    Kind::request_end, Kind::outcome_used, Kind::region_begin, Kind::coro_unstarted}))
    add(e.task, e.seq);
  for (const Event& e : run.events({Kind::task_created, Kind::task_ready, Kind::cancel_requested}))
    if (e.a != e.task) add(e.a, e.seq);
  for (auto& [task, seqs] : deeds_) std::sort(seqs.begin(), seqs.end());
}

bool Deeds::any(TaskId task, Seq after, Seq before) const {
  const auto found = deeds_.find(task.value);
  if (found == deeds_.end()) return false;
  const auto next = std::upper_bound(found->second.begin(), found->second.end(), after);
  return next != found->second.end() && *next < before;
}

}  // namespace awaitscope
