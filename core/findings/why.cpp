// Why a task resumed when it did: from a step back over what woke it, and over what led to that.
#include "core/findings/why.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/model/replay.h"

namespace awaitscope {
namespace {

constexpr Duration late_enough{100'000};  ///< what is less is how any loop works

/// A step, and what the trace tells of how it came about.
struct Step {
  Event begin;
  Event ready;             ///< seq 0: not in the trace
  Span waited;             ///< before it was ready; first 0: it did not wait
  std::size_t yields = 0;  ///< steps before it after which the task only yielded
};

const std::vector<Span>* spans_of(const Run& run, TaskId task) {
  return task && task.value <= run.history.lanes.size() ? &run.history.lanes[task.value - 1].spans : nullptr;
}

Event event_of(const Run& run, Seq seq) { return seq && seq <= run.trace.size() ? run.trace[seq] : Event{}; }

/// Goes back over the lane from the span that is this step.
Step step_at(const Run& run, const std::vector<Span>& spans, std::size_t i) {
  Step out{event_of(run, spans[i].first), {}, {}, 0};
  if (const Event cause = event_of(run, out.begin.cause); cause.kind == Kind::task_ready && cause.task == out.begin.task)
    out.ready = cause;
  // Steps after which it only yielded are one stretch.
  while (i >= 2 && out.ready.seq && out.ready.as<WhyReady>() == WhyReady::yield && spans[i - 1].phase == Phase::ready &&
         spans[i - 2].phase == Phase::running) {
    i -= 2;
    ++out.yields;
    const Event before = event_of(run, event_of(run, spans[i].first).cause);
    if (before.kind != Kind::task_ready) break;
    out.ready = before;
  }
  if (!out.ready.seq && i >= 1 && spans[i - 1].phase == Phase::ready) out.ready = event_of(run, spans[i - 1].first);
  if (out.ready.kind != Kind::task_ready) out.ready = {};
  for (std::size_t back = i; back-- > 0 && i - back <= 2;)
    if (spans[back].phase == Phase::waiting) {
      out.waited = spans[back];
      break;
    }
  return out;
}

/// "parse-9 held the loop for 12 ms (time.sleep at f:4)": the longest of what ran between two moments, and how much else.
std::string what_ran(const Run& run, Instant from, Instant to) {
  const std::vector<Stall>& steps = run.history.steps;
  struct Part {
    Duration length{};
    std::size_t steps = 0;
    const Stall* longest = nullptr;
  };
  std::map<TaskId, Part> parts;
  const auto length = [&](const Stall& s) { return std::min(s.end, to) - std::max(s.begin, from); };
  auto i = std::partition_point(steps.begin(), steps.end(), [&](const Stall& s) { return s.end <= from; });
  for (; i != steps.end() && i->begin < to; ++i) {
    Part& part = parts[i->task];
    part.length += length(*i);
    ++part.steps;
    if (!part.longest || length(*i) > length(*part.longest)) part.longest = &*i;
  }
  if (parts.empty()) return "";
  std::vector<std::pair<TaskId, Part>> sorted(parts.begin(), parts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.length > b.second.length; });
  const auto& [task, part] = sorted.front();
  const std::string place = at(run.trace.site(part.longest->site));
  std::string out =
      fmt::format("{} {} the loop", task ? run.name_of(task) : "a callback", part.longest->what ? "blocked" : "held");
  if (sorted.size() > 1 || part.length != to - from) out += " for " + show(part.length);
  if (part.steps > 1) out += fmt::format(" in {} steps", part.steps);
  if (part.longest->what) out += fmt::format(" ({}{})", plain(run.trace.text(part.longest->what.value)), place);
  else if (!place.empty()) out += " (up to" + place.substr(3) + ")";
  if (sorted.size() > 1) {
    Duration rest{};
    for (std::size_t k = 1; k < sorted.size(); ++k) rest += sorted[k].second.length;
    out += fmt::format(" and {} for {}",
                       sorted.size() == 2 ? (sorted[1].first ? run.name_of(sorted[1].first) : "a callback")
                                          : counted(sorted.size() - 1, "other task"),
                       show(rest));
  }
  return out;
}

class Chain {
 public:
  explicit Chain(const Run& run) : run_(run) {}
  std::vector<Reason> out;

  /// Follows from a step back; every step told is earlier than the one before, so this ends.
  void follow(Seq step, std::size_t most) {
    for (Seq before = 0; step && out.size() < most && (!before || step < before);) {
      before = step;
      step = one(step);
    }
  }

 private:
  Seq one(Seq step);
  Seq because(const Step& step, std::string& text);
  Seq cancelled(const Event& request, std::string& text);
  std::string who(TaskId task) const { return run_.name_of(task); }
  std::string resource(const Event& e) const { return run_.name_of(ResourceId{e.a}); }
  std::string place(const Event& e) const { return at(run_.trace.site(e.where())); }
  Seq step_of(const Event& e) const { return e.task ? step_before(run_, e.who(), e.seq) : 0; }
  Seq released(const Event& cause, std::string& text) const;
  Seq levelled(const Event& cause, std::string& text) const;

  const Run& run_;
};

/// Tells of one step; returns the step that led to it, 0: this is where the chain ends.
Seq Chain::one(Seq seq) {
  const Event begin = run_.trace[seq];
  const std::vector<Span>* spans = spans_of(run_, begin.who());
  if (!spans || begin.kind != Kind::step_begin) return 0;
  const auto span = std::lower_bound(spans->begin(), spans->end(), seq, [](const Span& s, Seq at) { return s.first < at; });
  if (span == spans->end() || span->first != seq) return 0;
  const Step step = step_at(run_, *spans, static_cast<std::size_t>(span - spans->begin()));
  std::string text = who(begin.who());
  if (!step.ready.seq) {
    out.push_back({text + " resumed; the trace does not tell what woke it", seq, static_cast<int>(out.size())});
    return 0;
  }
  const Seq next = because(step, text);
  Instant due = step.ready.at();
  const Event cause = event_of(run_, step.ready.cause);
  if (cause.kind == Kind::timer_fired && cause.nanoseconds() > 0) due = std::min(due, Instant{cause.nanoseconds()});
  if (step.yields == 0 && begin.at() - due >= late_enough) {
    const std::string blame = what_ran(run_, due, begin.at());
    text += fmt::format(", and ran {} late", show(begin.at() - due));
    if (!blame.empty()) text += " because " + blame;
  }
  out.push_back({std::move(text), seq, static_cast<int>(out.size())});
  return next;
}

/// Completes "fetch-7" to "fetch-7 resumed because ... after 40 ms".
Seq Chain::because(const Step& step, std::string& text) {
  const Event& ready = step.ready;
  const Event cause = event_of(run_, ready.cause);
  const WhyReady why = enum_name(Field::why_ready, ready.c).empty() ? WhyReady::other : ready.as<WhyReady>();
  Seq next = 0;
  if (why == WhyReady::start || cause.kind == Kind::task_created) {
    const TaskModel* task = run_.history.model.task(ready.who());
    text += " started";
    if (task && task->created)
      text += fmt::format(": {} created it{} at {}", task->parent ? who(task->parent) : "the program",
                          at(run_.trace.site(task->created_at)), moment(task->created_time));
    if (step.yields)
      text += fmt::format(", and it has yielded {} since", step.yields == 1 ? "once" : fmt::format("{} times", step.yields));
    return 0;
  }
  if (step.yields)
    text += fmt::format(" had its turn again after {}; before that it",
                        step.yields == 1 ? "it yielded" : fmt::format("it yielded {} times", step.yields));
  text += " resumed because ";
  switch (cause.kind) {
    case Kind::timer_fired: {
      const bool request = step.waited.wait == Wait::request;
      const auto asked = request ? std::find_if(run_.history.requests.rbegin(), run_.history.requests.rend(),
                                                [&](const Request& r) { return r.task == ready.who() && r.begun < ready.seq; })
                                 : run_.history.requests.rend();
      if (asked != run_.history.requests.rend())
        text += fmt::format("{} answered{}", run_.name_of(asked->service),
                            asked->what ? " (" + plain(run_.trace.text(asked->what.value)) + ")" : "");
      else text += step.waited.wait == Wait::sleep ? "its sleep was over" : "its timer fired";
      break;
    }
    case Kind::released: next = released(cause, text); break;
    case Kind::level: next = levelled(cause, text); break;
    case Kind::acquired:
      text += fmt::format("{} took from {}{}", who(cause.who()), resource(cause), place(cause));
      next = step_of(cause);
      break;
    case Kind::task_done: {
      const Outcome how = enum_name(Field::outcome, cause.c).empty() ? Outcome::returned : cause.as<Outcome>();
      const bool last = why == WhyReady::gather || why == WhyReady::group;
      text += fmt::format("{} {}{}", who(cause.who()),
                          how == Outcome::returned ? "returned"
                          : how == Outcome::raised ? "failed"
                                                   : "was cancelled",
                          last && how == Outcome::returned ? ", the last one that it waited for" : "");
      next = step_of(cause);
      break;
    }
    case Kind::job_ended: text += "its call on a worker thread ended"; break;
    case Kind::cancel_requested: next = cancelled(cause, text); break;
    case Kind::scope_expired: text += "its deadline passed" + place(cause); break;
    default:
      text += ready.a ? who({ready.a}) + " woke it" : "something outside woke it";
      next = ready.a ? step_before(run_, {ready.a}, ready.seq) : 0;
      break;
  }
  if (step.waited.first) {
    Instant end = ready.at();
    if (cause.kind == Kind::timer_fired && cause.nanoseconds() > 0) end = std::min(end, Instant{cause.nanoseconds()});
    text += fmt::format(" after {}", show(std::max(end - step.waited.begin, Duration{0})));
  }
  return next;
}

Seq Chain::released(const Event& cause, std::string& text) const {
  const ResourceModel* r = run_.history.model.resource({cause.a});
  if (r && r->type == ResourceType::queue)
    text += fmt::format("{} finished the last item of {}", who(cause.who()), resource(cause));
  else text += fmt::format("{} released {}", who(cause.who()), resource(cause));
  if (r && r->tells_left() && r->type != ResourceType::lock && cause.b)
    text += fmt::format(" ({} to {})", cause.b - 1, cause.b);
  text += place(cause);
  return step_of(cause);
}

Seq Chain::levelled(const Event& cause, std::string& text) const {
  const ResourceModel* r = run_.history.model.resource({cause.a});
  const ResourceType type = r ? r->type : ResourceType::other;
  std::string_view did = "changed";
  if (type == ResourceType::event) did = "set";
  if (type == ResourceType::queue) did = "put into";
  if (type == ResourceType::condition) did = "notified";
  if (type == ResourceType::barrier) did = "was the last to come to";
  text += fmt::format("{} {} {}{}", who(cause.who()), did, resource(cause), place(cause));
  return step_of(cause);
}

/// A request to stop: who asked, and where that request came from.
Seq Chain::cancelled(const Event& request, std::string& text) {
  Event root = request;
  for (Event cause = event_of(run_, root.cause);
       cause.seq && cause.seq < root.seq && (cause.kind == Kind::cancel_requested || cause.kind == Kind::cancel_propagated);
       cause = event_of(run_, root.cause))
    root = cause;
  const CancelReason why = enum_name(Field::cancel_reason, root.c).empty() ? CancelReason::call : root.as<CancelReason>();
  std::string reason(name(why));
  std::replace(reason.begin(), reason.end(), '_', ' ');
  if (root.b && why == CancelReason::timeout)
    text += fmt::format("the timeout of {}{} expired and asked it to stop", who(root.who()), place(root));
  else if (why == CancelReason::shutdown) text += "the program came to its end and asked it to stop";
  else if (root.a)
    text += fmt::format("{} asked {} to stop ({}){}", who({root.a}), root.task == request.task ? "it" : who(root.who()), reason,
                        place(root));
  else text += fmt::format("it was asked to stop ({}){}", reason, place(root));
  if (root.a) return step_before(run_, {root.a}, root.seq);
  const Event cause = event_of(run_, root.cause);
  return cause.kind == Kind::task_done || cause.kind == Kind::step_begin ? step_of(cause) : 0;
}

}  // namespace

Seq step_before(const Run& run, TaskId task, Seq seq) {
  const std::vector<Span>* spans = spans_of(run, task);
  if (!spans) return 0;
  auto after = std::partition_point(spans->begin(), spans->end(), [&](const Span& s) { return s.first <= seq; });
  while (after != spans->begin())
    if (--after; after->phase == Phase::running && event_of(run, after->first).kind == Kind::step_begin) return after->first;
  return 0;
}

std::vector<Reason> why_resumed(const Run& run, Seq step, std::size_t most) {
  Chain chain(run);
  if (step && step <= run.trace.size() && run.trace.kind(step) == Kind::step_begin) chain.follow(step, most);
  return std::move(chain.out);
}

std::vector<Reason> why_here(const Run& run, const Model& model, TaskId id) {
  const TaskModel* task = model.task(id);
  if (!task || !task->since) return {{run.name_of(id) + " does not exist yet", 0, 0}};
  std::vector<Reason> out = {{run.name_of(id) + " " + doing(run, model, *task), task->since, 0}};
  if (std::string chain = await_chain(run, *task); !chain.empty()) out.push_back({"in " + std::move(chain), 0, 1});
  if (task->phase == Phase::waiting)
    for (Reason& reason : behind(run, model, wait_graph(run, model), id)) out.push_back(std::move(reason));
  if (task->phase == Phase::ready || (task->phase == Phase::created && task->queued)) {
    const TaskModel* running = model.task(model.running);
    if (running && running->id != id)
      out.push_back({run.name_of(running->id) + " " + doing(run, model, *running), running->since, 1});
  }
  return out;
}

}  // namespace awaitscope
