#include "core/model/replay.h"

namespace awaitscope {
namespace {

constexpr Seq step = 512;

/// About how many values a copy of the model costs.
std::size_t weight(const Model& model) {
  std::size_t sum = model.tasks.size() + model.scopes.size() + model.resources.size() + model.timers.size() +
                    model.requests.size() + model.jobs.size() + model.names.size();
  for (const TaskModel& task : model.tasks) sum += task.frames.size();
  for (const ScopeModel& scope : model.scopes) sum += scope.children.size() / 8;
  for (const ResourceModel& resource : model.resources) sum += (resource.owners.size() + resource.waiters.size()) / 8;
  return sum;
}

/// Whether the model is worth keeping: some events a value after the last one.  Whatever the run looks like, keyframes then
/// take a bounded multiple of the trace's own memory, and reaching an event costs one copy and about as much again in events.
bool keyframe_due(const Model& model, Seq last) {
  return model.seq % step == 0 && model.seq > last && model.seq - last >= 8 * weight(model);
}

}  // namespace

const Model& Replay::at(Seq seq) {
  seq = std::min(seq, trace_->size());
  if (keyframes_.empty()) keyframes_.emplace_back();
  const auto after =
      std::upper_bound(keyframes_.begin(), keyframes_.end(), seq, [](Seq s, const Model& frame) { return s < frame.seq; });
  const Model& nearest = *std::prev(after);
  // Going forward from where we stand copies nothing.
  if (current_.seq > seq || current_.seq < nearest.seq) current_ = nearest;
  while (current_.seq < seq) {
    apply(current_, (*trace_)[current_.seq + 1]);
    if (keyframe_due(current_, keyframes_.back().seq)) keyframes_.push_back(current_);
  }
  return current_;
}

}  // namespace awaitscope
