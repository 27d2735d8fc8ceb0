// The inspector's lines about resources, scopes and workers.
#include <fmt/format.h>

#include "app/view/inspector.h"
#include "app/view/stage.h"
#include "app/view/tables.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

std::vector<TaskId> listed_tasks(const FrontList<TaskId>& all) {
  std::vector<TaskId> out;
  for (const TaskId id : all) out.push_back(id);
  return out;
}

/// The event that made a resource, and the last one that changed it up to the playhead.
struct Traced {
  Seq created = 0, changed = 0;
};
Traced traced(const Side& side, ResourceId id) {
  Traced out;
  if (side.index)
    for (const Seq seq : side.index->of(Kind::resource_created)) {
      if (seq > side.seen_trace().size()) break;
      if (side.trace[seq].a != id.value) continue;
      out.created = seq;
      break;
    }
  if (id.value <= side.seen().counters.size()) {
    const auto& points = side.seen().counters[id.value - 1].points;
    const auto after = std::partition_point(points.begin(), points.end(), [&](const auto& p) { return p.seq <= side.step; });
    if (after != points.begin()) out.changed = (after - 1)->seq;
  }
  return out;
}

constexpr Role state_role(const ResourceModel& r) {
  return r.capacity && r.used() >= r.capacity ? Role::waiting_semaphore : Role::counter;
}

}  // namespace

void Inspector::about_resource(ResourceId id) {
  if (!whole().resource(id)) return;
  const ResourceModel* now = model.resource(id);
  const ResourceModel& r = now && now->id ? *now : *whole().resource(id);
  const std::string kind = spaced(name(r.type));
  title({"Resource", "资源"}, resource_words(trace, whole(), id), state_role(r));
  line({"Kind", "种类"}, kind, {}, kind);
  const Traced at = traced(side, id);
  if (!now || !now->id) {
    line({"State", "状态"}, in({"not created yet at the playhead", "在播放头处还没有创建"}), to_event(at.created));
  } else {
    const std::string of = in({"{} of {}", "{} / {}"});
    line({"In use", "占用"}, r.capacity ? fmt::format(fmt::runtime(of), r.used(), r.capacity) : counted(r.value));
    line({"Waiting", "等待"}, counted(r.waiter_count));
    if (r.destroyed) line({"State", "状态"}, in({"gone", "已销毁"}));
    else if (r.type == ResourceType::breaker)
      line({"State", "状态"}, r.value == 0   ? in({"closed", "闭合"})
                              : r.value == 1 ? in({"half open", "半开"})
                                             : in({"open", "断开"}));
    tasks({"Held by", "持有者"}, listed_tasks(r.owners));
    tasks({"Queue", "队列"}, listed_tasks(r.waiters));
    line({"Last change", "最近变化"}, at.changed ? event_words(at.changed) : "", to_event(at.changed));
  }
  const ResourceUse& use = use_of(side, id);
  heading({"Over the whole run", "整个运行"});
  line({"Peak", "峰值"}, counted(use.peak));
  if (use.waits) {
    line({"Waits", "等待次数"}, counted(use.waits));
    line({"Mean wait", "平均等待"}, show(use.mean()));
    line({"Longest wait", "最长等待"}, show(use.longest));
  }
  line({"Created", "创建"}, place_words(trace, r.site), to_event(at.created));
  findings({}, id);
  source(inspected_site(session));
}

void Inspector::about_scope(ScopeId id) {
  const ScopeModel* later = whole().scope(id);
  if (!later) return;
  const ScopeModel* now = model.scope(id);
  const ScopeModel& s = now && now->entered ? *now : *later;
  const std::string kind = spaced(name(s.type));
  title({"Scope", "作用域"}, scope_words(trace, whole(), id, session.language), s.exited ? Role::done : Role::running);
  line({"Kind", "种类"}, kind, {}, kind);
  if (!now || !now->entered)
    line({"State", "状态"}, in({"not entered yet at the playhead", "在播放头处还没有进入"}), to_event(s.entered));
  else
    line({"State", "状态"}, s.exited ? fmt::format("{} · {}", in({"left", "已离开"}), name(s.outcome)) : in({"open", "进行中"}),
         to_event(s.exited ? s.exited : s.entered), s.exited ? name(s.outcome) : "");
  line({"Entered by", "进入者"}, task(s.task), to_task(s.task));
  line({"Entered", "进入"}, s.entered ? moment_words(s.entered_time) : "", to_event(s.entered));
  line({"Left", "离开"}, s.exited ? moment_words(s.exited_time) : "", to_event(s.exited));
  if (s.deadline) line({"Deadline", "截止时间"}, moment_words({s.deadline}), to_event(s.expired));
  line({"Expired", "超时"}, s.expired ? moment_words(trace[s.expired].at()) : "", to_event(s.expired));
  line({"At", "位置"}, place_words(trace, s.site), to_event(s.entered));
  tasks({"Children", "子任务"}, s.children);
  std::vector<std::pair<std::string, Hit>> asked;
  for (const Cancellation& c : side.seen().cancellations)
    if (c.scope == id && c.requested <= side.step && asked.size() < 8)
      asked.emplace_back(
          fmt::format("{} · {} · {}", task(c.target), reason_words(c.why, session.language), moment_words(c.requested_time)),
          to_event(c.requested));
  lines({"Cancelled", "取消了"}, asked);
  source(inspected_site(session));
}

/// From the jobs' own events: the model keeps only those that have not ended.
void Inspector::about_worker(std::uint32_t number) {
  title({"Worker", "工作线程"}, fmt::format("{} {}", in({"worker thread", "工作线程"}), number));
  bool busy = false;
  for (const JobModel& job : model.jobs)
    if (job.worker == number) {
      line({"Runs", "正在运行"}, printable(trace.text(job.function.value)), to_event(job.submitted));
      line({"For", "为"}, task(job.task), to_task(job.task));
      if (job.paused) line({"State", "状态"}, in({"waits for the interpreter lock", "在等解释器锁"}), {}, "interpreter lock");
      busy = true;
    }
  if (!busy) line({"State", "状态"}, in({"idle", "空闲"}), {}, "idle");
  std::vector<std::pair<std::string, Hit>> jobs;
  std::size_t done = 0;
  if (side.index)
    for (const Seq seq : side.index->of(Kind::job_started)) {
      if (seq > side.step) break;
      if (trace[seq].b != number) continue;
      if (++done <= 8) jobs.emplace_back(event_words(seq), to_event(seq));
    }
  line({"Jobs so far", "已接作业"}, counted(done));
  lines({"Started", "开始过"}, jobs);
}

}  // namespace awaitscope::view
