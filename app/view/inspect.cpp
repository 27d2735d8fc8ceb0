// The inspector's lines: about the selection at the playhead, or about the event itself where nothing is selected.
#include <fmt/format.h>

#include "app/view/pictures.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"
#include "core/findings/why.h"

namespace awaitscope::view {
namespace {

using Details = std::vector<Detail>;

constexpr std::size_t most_at_once = 5000;  ///< tasks that a frame can look at

void add(Details& out, std::string_view label, std::string text) {
  if (!text.empty()) out.push_back({std::string(label), std::move(text)});
}

std::string phase_words(const Trace& trace, const Model& model, const TaskModel& task) {
  switch (task.phase) {
    case Phase::created: return "created, has not run";
    case Phase::ready:
      return fmt::format("ready: {}{}", name(task.why), task.woken_by ? " by " + task_words(trace, model, task.woken_by) : "");
    case Phase::running:
      return model.blocking ? "running: blocks in " + printable(trace.text(model.blocking_what.value)) : "running";
    case Phase::waiting: {
      std::string what = wait_words(trace, model, task.wait, task.object);
      if (what.starts_with("waits for ")) what.erase(0, 10);
      return fmt::format("waits for {} since {}", what, moment_words(task.since_time));
    }
    case Phase::done:
      return fmt::format("{} at {}{}", name(task.outcome), moment_words(task.ended),
                         task.error ? ": " + printable(trace.text(task.error.value)) : "");
  }
  return {};
}

void about_task(Details& out, const Side& side, TaskId id) {
  const Model& model = side.model;
  const TaskModel* task = model.task(id);
  if (!task || !task->created) {
    add(out, "task", task_words(side.trace, side.history.model, id));
    add(out, "state", "not created yet at the playhead");
    return;
  }
  add(out, "task", task_words(side.trace, model, id));
  add(out, "state", phase_words(side.trace, model, *task));
  add(out, "at", place_words(side.trace, task->site));
  std::string chain;
  for (const Frame& frame : task->frames)
    chain += fmt::format("{}{}", chain.empty() ? "" : " › ", printable(side.trace.text(frame.function.value)));
  add(out, "await chain", chain);
  add(out, "parent", task->parent ? task_words(side.trace, model, task->parent) : "");
  add(out, "owner", scope_words(side.trace, model, task->scope));
  add(out, "created", fmt::format("{} {}", moment_words(task->created_time), place_words(side.trace, task->created_at)));
  add(out, "steps", counted(task->steps));
  // The model's sums leave out the phase that still lasts.
  const Duration open = model.now - task->since_time;
  const auto total = [&](Duration d, Phase phase) { return show(task->phase == phase ? d + open : d); };
  add(out, "ran / ready / waited",
      fmt::format("{} / {} / {}", total(task->running, Phase::running), total(task->ready, Phase::ready),
                  total(task->waiting, Phase::waiting)));
  if (task->cancel_requested)
    add(out, "asked to stop",
        fmt::format("{}×, last at {}{}", task->cancels, moment_words(side.trace[task->cancel_requested].at()),
                    task->swallowed ? ", swallowed" : ""));
  add(out, "id", printable(logical_id(model, side.trace, id)));
}

/// Why the selected step ran when it did, or the task's last one at the playhead; and what stands behind its wait.
void about_why(Details& out, const Side& side, const Hit& hit) {
  const TaskId task{hit.value};
  const Run run = run_of(side);
  Seq step = hit.kind == Hit::Kind::span ? hit.seq : 0;
  if (!step || step > side.trace.size() || side.trace.kind(step) != Kind::step_begin || side.trace[step].who() != task)
    step = step_before(run, task, side.step);
  bool first = true;
  for (const Reason& reason : why_resumed(run, step, 6))
    add(out, std::exchange(first, false) ? "why did it resume here" : "", printable(reason.text));
  const TaskModel* now = side.model.task(task);
  if (!side.index || !now || now->phase != Phase::waiting || side.model.tasks.size() > most_at_once) return;
  first = true;
  for (const Reason& reason : behind(run, side.model, wait_graph(run, side.model), task))
    add(out, std::exchange(first, false) ? "behind its wait" : "", printable(reason.text));
}

void about_resource(Details& out, const Side& side, ResourceId id) {
  const ResourceModel* r = side.model.resource(id);
  if (!r) return;
  add(out, "resource", fmt::format("{} {}", name(r->type), resource_words(side.trace, side.model, id)));
  add(out, "in use", r->capacity ? fmt::format("{} of {}", r->used(), r->capacity) : counted(r->value));
  add(out, "waiting", counted(r->waiter_count));
  const auto names = [&](const auto& tasks) {
    std::string text;
    for (std::size_t i = 0; i < tasks.size() && i < 8; ++i)
      text += (i ? ", " : "") + task_words(side.trace, side.model, tasks[i]);
    return tasks.size() > 8 ? text + fmt::format(" +{}", counted(tasks.size() - 8)) : text;
  };
  add(out, "held by", names(r->owners));
  add(out, "queue", names(r->waiters));
  add(out, "created", place_words(side.trace, r->site));
}

void about_event(Details& out, const Side& side, Seq seq) {
  if (seq == 0 || seq > side.trace.size()) return;
  const Event event = side.trace[seq];
  add(out, "event", describe(side.trace, side.history.model, seq));
  if (event.cause && event.cause < seq) add(out, "because of", describe(side.trace, side.history.model, event.cause));
}

/// Totals per state within the selected range.
void about_range(Details& out, const Session& session, const Side& side) {
  const Instant begin = session.range->first, end = session.range->second;
  if (session.order_ruler) return add(out, "range", fmt::format("events {} to {}", begin.ns, end.ns));
  add(out, "range", fmt::format("{} to {} · {}", moment_words(begin), moment_words(end), show(end - begin)));
  struct Sum {
    std::int64_t total = 0, longest = 0;
    std::size_t count = 0;
  } sums[5];
  for (const Lane& lane : side.history.lanes) {
    auto i = std::partition_point(lane.spans.begin(), lane.spans.end(), [&](const Span& s) { return s.end <= begin; });
    for (; i != lane.spans.end() && i->begin < end; ++i) {
      const std::int64_t length = std::min(i->end, end).ns - std::max(i->begin, begin).ns;
      if (length <= 0) continue;
      Sum& sum = sums[static_cast<std::size_t>(i->phase)];
      sum.total += length;
      sum.longest = std::max(sum.longest, length);
      ++sum.count;
    }
  }
  constexpr std::string_view names[] = {"not started", "ready", "running", "waiting", "done"};
  for (std::size_t p = 0; p < 4; ++p)
    if (sums[p].count)
      add(out, names[p],
          fmt::format("{} in {} spans, longest {}", show(Duration{sums[p].total}), counted(sums[p].count),
                      show(Duration{sums[p].longest})));
}

}  // namespace

std::vector<Detail> inspect(const Session& session) {
  Details out;
  if (!session.has_runs()) return out;
  const Side& side = session.side();
  if (session.range) about_range(out, session, side);
  if (session.selected_finding >= 0 && session.selected_finding < static_cast<int>(side.findings.size())) {
    const Finding& f = side.findings[static_cast<std::size_t>(session.selected_finding)];
    add(out, fmt::format("{} {}", name(f.severity), f.rule), printable(f.sentence));
    add(out, "do", printable(f.advice));
  }
  switch (session.selected.kind) {
    case Hit::Kind::task:
    case Hit::Kind::span:
      about_task(out, side, TaskId{session.selected.value});
      about_why(out, side, session.selected);
      break;
    case Hit::Kind::resource: about_resource(out, side, ResourceId{session.selected.value}); break;
    case Hit::Kind::scope: add(out, "scope", scope_words(side.trace, side.model, ScopeId{session.selected.value})); break;
    case Hit::Kind::loop: add(out, "tick", counted(session.selected.value)); break;
    case Hit::Kind::event:
    case Hit::Kind::finding:
    case Hit::Kind::schedule:
    case Hit::Kind::fold:
    case Hit::Kind::note:
    case Hit::Kind::none: break;
  }
  about_event(out, side, side.step);
  return out;
}

bool hangs(const Session& session) {
  if (!session.has_runs() || session.side().running) return false;
  const Model& end = session.side().history.model;
  return end.ended && end.outcome == RunOutcome::hang;
}

std::vector<WhyLine> why_nothing(const Session& session) {
  if (!session.has_runs()) return {};
  const Side& side = session.side();
  if (!side.index || side.model.tasks.size() > most_at_once) return {};
  const Standstill why = why_nothing_happens(run_of(side), side.model, 12);
  std::vector<WhyLine> out = {{printable(why.headline), 0, why.event, true}};
  std::size_t told = 0;
  for (const Standstill::Group& group : why.groups) {
    told += group.tasks.size();
    bool head = true;
    for (const Reason& reason : group.reasons)
      out.push_back({printable(reason.text), reason.depth, reason.event, std::exchange(head, false)});
  }
  if (told < why.pending) out.push_back({counted(why.pending - told) + " more tasks are pending", 0, 0, true});
  return out;
}

}  // namespace awaitscope::view
