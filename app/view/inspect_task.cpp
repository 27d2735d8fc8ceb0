// The inspector's lines about a task, and about one stretch of its life.
#include <fmt/format.h>

#include "app/view/glossary.h"
#include "app/view/inspector.h"
#include "app/view/stage.h"
#include "app/view/tables.h"
#include "app/view/text.h"
#include "app/view/words.h"
#include "core/trace/awaited.h"

namespace awaitscope::view {
namespace {

/// Where a click on what a task waits for leads.
Hit object_of(Wait wait, std::uint32_t object) {
  switch (awaited(wait)) {
    case Awaited::task: return {Hit::Kind::task, object, 0};
    case Awaited::resource: return {Hit::Kind::resource, object, 0};
    case Awaited::scope: return {Hit::Kind::scope, object, 0};
    default: return {};
  }
}

std::string wait_text(const Inspector& to, Wait wait, std::uint32_t object) {
  return awaited_words(to.trace, to.whole(), wait, object, to.session.language);
}

void about_state(Inspector& to, const TaskModel& task) {
  const StateWords state = state_words(to.model, task);
  to.line({"State", "状态"}, std::string(state.words.in(to.session.language)), to.to_event(task.since), state.words.en);
  to.line({"Since", "从何时起"}, moment_words(task.phase == Phase::done ? task.ended : task.since_time),
          to.to_event(task.since));
  if (task.phase == Phase::waiting) {
    const Hit object = task.object ? object_of(task.wait, task.object) : Hit{};
    to.line({"Waits for", "正在等"}, wait_text(to, task.wait, task.object), object, spaced(name(task.wait)));
    const Duration waited = to.model.now - task.since_time;
    to.line({"For", "已等"}, waited.count() ? show(waited) : to.in({"no time yet", "刚开始"}));
  }
  if (task.phase == Phase::ready || (task.phase == Phase::created && task.queued))
    to.line({"Made ready by", "因何就绪"}, spaced(name(task.why)), to.to_event(task.woken), spaced(name(task.why)));
  if (task.phase == Phase::running && to.model.blocking)
    to.line({"Blocks in", "阻塞于"}, printable(to.trace.text(to.model.blocking_what.value)), {}, "blocking call");
  if (task.phase == Phase::done && task.error)
    to.line({"Error", "错误"}, printable(to.trace.text(task.error.value)), to.to_event(task.since));
  to.line({"At", "位置"}, place_words(to.trace, task.site), to.to_event(task.since));
}

void about_time(Inspector& to, TaskId id) {
  const auto times = times_by_state(to.side, id);
  constexpr Phrase names[] = {{"not started", "未开始"}, {"ready", "就绪"}, {"running", "运行中"}, {"waiting", "等待中"}};
  constexpr Role roles[] = {Role::created, Role::ready, Role::running, Role::waiting};
  Detail bar;
  bar.type = Detail::Type::bar;
  bar.label = to.in({"Time", "时间"});
  bar.term = "state";
  for (std::size_t i = 0; i < times.size(); ++i)
    if (times[i].count()) bar.shares.push_back({to.in(names[i]), roles[i], times[i]});
  for (const Detail::Share& share : bar.shares)
    bar.text += fmt::format("{}{} {}", bar.text.empty() ? "" : " · ", share.name, show(share.time));
  if (!bar.shares.empty()) to.out.push_back(std::move(bar));
}

/// The event that began a call, looked for from the playhead back.
Seq began(const Inspector& to, TaskId task, FrameId frame) {
  if (!to.side.index) return 0;
  const std::vector<Seq>& all = to.side.index->of(Kind::coro_begin);
  for (auto i = std::upper_bound(all.begin(), all.end(), to.side.step); i != all.begin();) {
    const Event event = to.trace[*--i];
    if (event.a == frame.value && event.who() == task) return event.seq;
  }
  return 0;
}

void about_calls(Inspector& to, const TaskModel& task) {
  if (task.frames.empty()) return;
  to.heading({"Await chain", "等待链"});
  for (std::size_t i = 0; i < task.frames.size(); ++i) {
    const Frame& frame = task.frames[i];
    const std::string place = place_words(to.trace, frame.called_at);
    to.also(fmt::format("{}(){}", printable(to.trace.text(frame.function.value)), place.empty() ? "" : " · " + place),
            to.to_event(began(to, task.id, frame.id)), static_cast<int>(i));
  }
}

void about_others(Inspector& to, const TaskModel& task) {
  to.heading({"Who", "相关"});
  const auto when = [&](TaskId by, Seq seq, std::string_view what) {
    std::string text = to.task(by);
    if (!what.empty()) text += fmt::format(" ({})", what);
    return text + " · " + moment_words(to.trace[seq].at());
  };
  if (to.to_event(task.created).seq)
    to.line({"Created by", "创建者"}, when(task.parent, task.created, place_words(to.trace, task.created_at)),
            to.to_event(task.created));
  if (to.to_event(task.woken).seq)
    to.line({"Woken by", "唤醒者"}, when(task.woken_by, task.woken, spaced(name(task.why))), to.to_event(task.woken),
            spaced(name(task.why)));
  if (to.to_event(task.cancel_requested).seq) {
    const Event request = to.trace[task.cancel_requested];
    const auto reason = request.as<CancelReason>();
    to.line({"Cancelled by", "取消者"}, when(TaskId{request.a}, request.seq, reason_words(reason, to.session.language)),
            to.to_event(request.seq), reason_words(reason, Language::english));
    if (task.cancels > 1) to.line({"Cancel requests", "取消请求"}, counted(task.cancels));
    to.line({"Delivered", "已送达"}, task.cancel_delivered ? moment_words(to.trace[task.cancel_delivered].at()) : "",
            to.to_event(task.cancel_delivered));
    if (task.swallowed) to.line({"Answer", "回应"}, to.in({"swallowed", "被吞掉"}), {}, "swallowed");
  }
  to.line({"Parent", "父任务"}, task.parent ? to.task(task.parent) : "", to.to_task(task.parent));
  to.line({"Owner", "所属"}, scope_words(to.trace, to.whole(), task.scope, to.session.language),
          {Hit::Kind::scope, task.scope.value, 0});
  to.line({"Steps", "步数"}, counted(task.steps));
  to.line({"Logical id", "逻辑标识"}, printable(logical_id(to.model, to.trace, task.id)));
}

void about_jobs(Inspector& to, TaskId id) {
  std::vector<std::pair<std::string, Hit>> all;
  for (const JobModel& job : to.model.jobs)
    if (job.task == id && all.size() < 8)
      all.emplace_back(fmt::format("{}{}", printable(to.trace.text(job.function.value)),
                                   job.worker ? fmt::format(" · {} {}", to.in({"worker", "工作线程"}), job.worker) : ""),
                       job.worker ? Hit{Hit::Kind::worker, job.worker, 0} : to.to_event(job.submitted));
  to.lines({"Job", "作业"}, all);
}

}  // namespace

const Span* span_of(const Side& side, TaskId task, Seq first) {
  if (!task || task.value > side.seen().lanes.size()) return nullptr;
  const Span* span = span_at(side.seen().lanes[task.value - 1], first);
  return span && span->first == first ? span : nullptr;
}

std::array<Duration, 4> times_by_state(const Side& side, TaskId task) {
  std::array<Duration, 4> out{};
  if (!task || task.value > side.seen().lanes.size()) return out;
  for (const Span& span : side.seen().lanes[task.value - 1].spans) {
    if (span.first > side.step || span.phase == Phase::done) break;
    out[static_cast<std::size_t>(span.phase)] += std::max(Duration{}, std::min(span.end, side.model.now) - span.begin);
  }
  return out;
}

void Inspector::about_task(TaskId id) {
  const TaskModel* task = model.task(id);
  if (!task || !task->created) {
    if (!whole().task(id)) return;
    title({"Task", "任务"}, this->task(id), Role::created);
    line({"State", "状态"}, in({"not created yet at the playhead", "在播放头处还没有创建"}),
         to_event(whole().task(id)->created));
    return findings(id, {});
  }
  const StateWords state = state_words(model, *task);
  title({"Task", "任务"}, this->task(id), state.role);
  about_state(*this, *task);
  about_jobs(*this, id);
  about_time(*this, id);
  about_calls(*this, *task);
  about_others(*this, *task);
  about_why(session.selected.kind == Hit::Kind::span ? session.selected : Hit{Hit::Kind::task, id.value, 0});
  findings(id, {});
  source(inspected_site(session));
}

void Inspector::about_span(const Hit& hit) {
  const Span* span = span_of(side, TaskId{hit.value}, hit.seq);
  if (!span) return about_task(TaskId{hit.value});
  constexpr Phrase names[] = {
      {"not started", "未开始"}, {"ready", "就绪"}, {"running", "运行中"}, {"waiting", "等待中"}, {"done", "已结束"}};
  constexpr Role roles[] = {Role::created, Role::ready, Role::running, Role::waiting, Role::done};
  const auto phase = static_cast<std::size_t>(span->phase);
  title({"Span", "一段"}, fmt::format("{} · {}", task(TaskId{hit.value}), in(names[phase])), roles[phase]);
  if (span->phase == Phase::waiting)
    line({"Waits for", "正在等"}, wait_text(*this, span->wait, span->object), object_of(span->wait, span->object),
         spaced(name(span->wait)));
  line({"Length", "长度"}, span->end > span->begin ? show(span->end - span->begin) : in({"no time", "不占时间"}));
  line({"Began", "开始"}, moment_words(span->begin), to_event(span->first));
  line({"Ended", "结束"}, span->last ? moment_words(span->end) : in({"not in the trace", "不在记录里"}), to_event(span->last));
  if (span->asked_to_stop)
    line({"Cancel", "取消"}, in(span->cleanup ? Phrase{"cleaning up", "正在清理"} : Phrase{"asked to stop", "已被要求停止"}),
         {}, span->cleanup ? "cleaning up" : "cancel");
  line({"At", "位置"}, place_words(trace, span->site));
  about_task(TaskId{hit.value});
}

}  // namespace awaitscope::view
