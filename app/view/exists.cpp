#include "app/view/exists.h"

#include <algorithm>

#include "app/view/inspector.h"
#include "app/view/say.h"

namespace awaitscope::view {
namespace {

/// A bar of the lane, or a request of its task, begins with the event.
bool begins(const Side& side, std::uint32_t task, Seq first) {
  const auto& requests = side.seen().requests;
  return span_of(side, TaskId{task}, first) || std::any_of(requests.begin(), requests.end(), [&](const auto& request) {
           return request.task.value == task && request.begun == first;
         });
}

/// Not a hole in the numbers.
template <class Thing>
bool stands(const Thing* thing) {
  return thing && thing->id;
}

Phrase what(Hit::Kind kind) {
  switch (kind) {
    case Hit::Kind::none: break;
    case Hit::Kind::task: return {"task", "任务"};
    case Hit::Kind::span: return {"bar that begins with event", "以此事件开始的横条"};
    case Hit::Kind::event: return {"event", "事件"};
    case Hit::Kind::resource: return {"resource", "资源"};
    case Hit::Kind::scope: return {"scope", "作用域"};
    case Hit::Kind::finding: return {"finding", "诊断"};
    case Hit::Kind::loop: return {"tick", "轮次"};
    case Hit::Kind::schedule: return {"schedule", "调度"};
    case Hit::Kind::fold: return {"row", "行"};
    case Hit::Kind::note: return {"mark", "标记"};
    case Hit::Kind::worker: return {"worker", "工作线程"};
  }
  return {"thing", "对象"};
}

}  // namespace

bool exists(const Hit& hit, const Side& side) {
  const History& history = side.seen();
  const Model& model = history.model;
  const Seq size = side.seen_trace().size();
  if (hit.kind != Hit::Kind::fold && hit.seq > size) return false;
  switch (hit.kind) {
    case Hit::Kind::none: return true;
    case Hit::Kind::task:
    case Hit::Kind::fold: return stands(model.task({hit.value}));
    case Hit::Kind::span: return stands(model.task({hit.value})) && begins(side, hit.value, hit.seq);
    case Hit::Kind::event: return hit.value >= 1 && hit.value <= size;
    case Hit::Kind::resource: return stands(model.resource({hit.value}));
    case Hit::Kind::scope: return stands(model.scope({hit.value}));
    case Hit::Kind::finding: return hit.value < side.findings.size();
    case Hit::Kind::loop: return hit.value <= model.tick;
    case Hit::Kind::note: return hit.value < side.trace.notes.size();
    case Hit::Kind::worker:
      return std::any_of(history.jobs.begin(), history.jobs.end(),
                         [&](const Job& job) { return job.worker && job.worker == hit.value; });
    case Hit::Kind::schedule: return false;  // of no run
  }
  return false;
}

void say_missing(Session& session, const Hit& hit) {
  refuse(session, {"there is no {} {}", "没有{} {}"}, what(hit.kind).in(session.language),
         hit.kind == Hit::Kind::span ? hit.seq : hit.value);
}

}  // namespace awaitscope::view
