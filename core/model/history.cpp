#include "core/model/history.h"

#include <utility>

#include "core/model/cancellations.h"

namespace awaitscope {
namespace {

/// Takes in one event after the other; what is open is closed by the event that says so.
class Builder {
 public:
  Builder(History& history, const Trace& trace) : h(history), trace_(trace), open(history.unfinished) {}
  void take(const Event& event);
  void close_at_end();

 private:
  void lane(TaskId id, Seq delivered_before);
  void begin_step(TaskId task);
  void end_step();
  void block(Instant end);
  void tick();
  void flow();
  void counter(ResourceId id);
  void request();
  void mark();
  void job();
  void failed();
  void seen();
  void access();
  void region();

  History& h;
  const Trace& trace_;
  History::Unfinished& open;
  Event e;
};

Span span_of(const TaskModel& t) {
  Span span;
  span.begin = span.end = t.since_time;
  span.phase = t.phase;
  span.wait = t.phase == Phase::waiting ? t.wait : Wait::none;
  span.object = t.phase == Phase::waiting ? t.object : 0;
  span.site = t.site;
  span.first = t.since;
  span.asked_to_stop = t.asked_to_stop();
  span.cleanup = t.cancel_delivered != 0;
  return span;
}

/// Brings a task's lane up to the model: the model says when a phase began, so a new beginning ends the span before.
void Builder::lane(TaskId id, Seq delivered_before) {
  const TaskModel* t = h.model.task(id);
  if (!t || t->since == 0) return;
  auto& spans = h.lanes[id.value - 1].spans;
  if (spans.empty()) {
    if (t->phase == Phase::done) return;
    spans.push_back(span_of(*t));
    open.lanes.push_back(id.value - 1);
    return;
  }
  Span& last = spans.back();
  if (last.last != 0) return;  // done
  // A running span stands where its longest blocking call is, else where the step ended.
  if (last.phase == Phase::running && e.task == id.value) {
    if (open.step.site && open.step.task == id) last.site = open.step.site;
    else if (e.site && (e.kind == Kind::step_end || e.kind == Kind::task_done || e.kind == Kind::block_begin))
      last.site = e.where();
  }
  if (e.task == id.value && e.kind == Kind::cancel_delivered) last.asked_to_stop = last.cleanup = true;
  // Delivered and lost in one step: what follows in this step is no clean-up.
  if (e.task == id.value && e.kind == Kind::cancel_swallowed && delivered_before >= last.first) last.cleanup = false;
  if (t->since == last.first) return;
  last.end = h.model.now;
  last.last = t->since;
  if (t->phase != Phase::done) spans.push_back(span_of(*t));
}

void Builder::begin_step(TaskId task) {
  if (open.step.first) end_step();  // its end was lost
  open.step = {.begin = h.model.now, .end = h.model.now, .task = task, .site = {}, .what = {}, .first = e.seq, .last = 0};
  open.blocking = false;
  open.longest_block = Duration{-1};
}

void Builder::end_step() {
  if (open.blocking) block(h.model.now);
  open.blocking = false;
  if (!open.step.site) open.step.site = e.where();
  open.step.end = h.model.now;
  open.step.last = e.seq;
  if (open.step.end > open.step.begin) h.steps.push_back(open.step);
  open.step = {};
}

/// The longest blocking call of a step is the one to name.
void Builder::block(Instant end) {
  if (end - open.block_begin <= open.longest_block) return;
  open.longest_block = end - open.block_begin;
  open.step.site = open.block_site;
  open.step.what = open.block_what;
}

void Builder::tick() {
  if (e.kind == Kind::tick_begin) {
    if (!h.ticks.empty()) {
      h.ticks.back().end = h.model.now;
      if (!open.idle) h.ticks.back().busy_end = h.model.now;
    }
    h.ticks.push_back({h.model.now, h.model.now, h.model.now, e.a, e.b, e.seq});
    open.idle = false;
  } else if (e.kind == Kind::idle_begin && !h.ticks.empty() && !open.idle) {
    h.ticks.back().busy_end = h.model.now;
    open.idle = true;
  }
}

void Builder::flow() {
  Flow flow;
  flow.target = e.who();
  flow.from = e.cause != 0 && e.cause < e.seq ? e.cause : e.seq;
  flow.to = e.seq;
  flow.begin = flow.from == e.seq ? h.model.now : trace_[flow.from].at();
  flow.end = h.model.now;
  flow.source = {e.a};
  switch (e.kind) {
    case Kind::task_created: flow.type = FlowType::spawn; break;
    case Kind::cancel_requested: flow.type = FlowType::cancel; break;
    case Kind::task_ready:
      // The first step was the spawn's doing, and who yields wakes itself.
      if (e.as<WhyReady>() == WhyReady::start || e.as<WhyReady>() == WhyReady::yield) return;
      flow.type = FlowType::wake;
      break;
    default: return;
  }
  h.flows.push_back(flow);
}

void Builder::counter(ResourceId id) {
  const ResourceModel* r = h.model.resource(id);
  if (!r) return;
  auto& points = h.counters[id.value - 1].points;
  const std::uint32_t used = r->used();
  if (!points.empty() && points.back().value == used && points.back().waiters == r->waiter_count) return;
  points.push_back({h.model.now, used, r->waiter_count, e.seq});
}

void Builder::request() {
  if (e.kind == Kind::request_begin) {
    const auto index = static_cast<std::uint32_t>(h.requests.size());
    const auto [other, is_new] = open.requests.try_emplace(e.a, index);
    if (!is_new)
      h.requests[std::exchange(other->second, index)].end = h.model.now;  // an id used twice: the first one's end was lost
    Request request;
    request.id = {e.a};
    request.service = {e.b};
    request.task = e.who();
    request.what = {e.d};
    request.site = e.where();
    request.attempt = e.c;
    request.begun = e.seq;
    request.begin = request.end = h.model.now;
    h.requests.push_back(std::move(request));
    return;
  }
  const auto found = open.requests.find(e.a);
  if (found == open.requests.end()) return;
  Request& request = h.requests[found->second];
  if (e.kind == Kind::request_input) {
    request.inputs.push_back(e.b);
    return;
  }
  request.ended = e.seq;
  request.end = h.model.now;
  request.status = enum_name(Field::status, e.c).empty() ? RequestStatus::failed : e.as<RequestStatus>();
  open.requests.erase(found);
}

void Builder::mark() { h.marks.push_back({e.seq, h.model.now, e.who(), {e.a}, e.kind}); }

void Builder::job() {
  if (e.kind == Kind::job_submitted) {
    const auto index = static_cast<std::uint32_t>(h.jobs.size());
    const auto [other, is_new] = open.jobs.try_emplace(e.a, index);
    if (!is_new) {  // an id used twice: the first one's end was lost
      Job& lost = h.jobs[std::exchange(other->second, index)];
      lost.end = h.model.now;
      if (!lost.started) lost.begin = h.model.now;
      if (!lost.pauses.empty() && !lost.pauses.back().last) lost.pauses.back().end = h.model.now;
    }
    Job job;
    job.id = {e.a};
    job.task = e.who();
    job.function = {e.b};
    job.site = e.where();
    job.submitted = e.seq;
    job.submitted_time = job.begin = job.end = h.model.now;
    h.jobs.push_back(std::move(job));
    return;
  }
  const auto found = open.jobs.find(e.a);
  if (found == open.jobs.end()) return;
  Job& job = h.jobs[found->second];
  const auto resume = [&] {
    if (job.pauses.empty() || job.pauses.back().last) return;
    job.pauses.back().end = h.model.now;
    job.pauses.back().last = e.seq;
  };
  switch (e.kind) {
    case Kind::job_started:
      job.worker = std::max(e.b, 1u);
      job.started = e.seq;
      job.begin = h.model.now;
      break;
    case Kind::job_paused:
      resume();
      job.pauses.push_back({h.model.now, h.model.now, e.seq, 0});
      break;
    case Kind::job_resumed: resume(); break;
    default:
      resume();
      job.ended = e.seq;
      job.end = h.model.now;
      if (!job.started) job.begin = job.end;
      job.outcome = enum_name(Field::outcome, e.c).empty() ? Outcome::raised : e.as<Outcome>();
      open.jobs.erase(found);
  }
}

/// A scope that is open hears of a failure at once, and main's is the runner's.
void Builder::failed() {
  const TaskModel* task = h.model.task(e.who());
  if (!task || !task->parent || e.as<Outcome>() != Outcome::raised) return;
  const auto watches = [&](ScopeId id) {
    const ScopeModel* scope = h.model.scope(id);
    return scope && scope->entered && !scope->exited;
  };
  const auto last = open.scope_of.find(e.task);
  if (watches(task->scope) || (last != open.scope_of.end() && watches({last->second}))) return;
  if (!open.unseen.try_emplace(e.task, static_cast<std::uint32_t>(h.unseen.size())).second) return;
  h.unseen.push_back({e.who(), {}, e.seq, 0, h.model.now, h.model.now});
}

void Builder::seen() {
  const auto found = open.unseen.find(e.a);
  if (found == open.unseen.end()) return;
  Unseen& unseen = h.unseen[found->second];
  unseen.by = e.who();
  unseen.seen = e.seq;
  unseen.seen_time = h.model.now;
  open.unseen.erase(found);
}

void Builder::access() {
  Access access{e.seq, h.model.now, e.who(), {e.a}, e.b, 0, e.kind == Kind::cell_write};
  if (access.write && e.d && e.d < e.seq) {
    const Event read = trace_[e.d];
    if (read.kind == Kind::cell_read && read.a == e.a && read.b < e.b) access.lost = e.b - 1 - read.b;
  }
  h.accesses.push_back(access);
}

void Builder::region() {
  auto& stack = open.regions[e.task];
  if (e.kind == Kind::region_begin) {
    stack.push_back(static_cast<std::uint32_t>(h.regions.size()));
    h.regions.push_back({e.who(), {e.a}, e.seq, 0, h.model.now, h.model.now});
    return;
  }
  for (std::size_t i = stack.size(); i-- > 0;) {
    RegionSpan& region = h.regions[stack[i]];
    if (region.name.value != e.a) continue;
    region.last = e.seq;
    region.end = h.model.now;
    stack.erase(stack.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
}

void Builder::take(const Event& event) {
  e = event;
  const TaskModel* task = h.model.task(e.who());
  const Seq delivered_before = task ? task->cancel_delivered : 0;
  const TaskId ran_before = h.model.running;
  follow_cancellations(h, trace_, e);
  apply(h.model, e);
  while (h.lanes.size() < h.model.tasks.size()) h.lanes.push_back({{static_cast<std::uint32_t>(h.lanes.size() + 1)}, {}});
  while (h.counters.size() < h.model.resources.size())
    h.counters.push_back({{static_cast<std::uint32_t>(h.counters.size() + 1)}, {}});
  h.end = h.model.now;

  if (e.kind == Kind::step_begin) begin_step(e.who());
  if (e.kind == Kind::callback_begin) begin_step({});
  if (e.kind == Kind::block_begin && open.step.first) {
    open.blocking = true;
    open.block_begin = h.model.now;
    open.block_site = e.where();
    open.block_what = {e.a};
  }
  // Only one step runs at a time: the task it names is the one whose phase can change, besides the event's own.
  lane(e.who(), delivered_before);
  if (ran_before != e.who()) lane(ran_before, 0);

  switch (e.kind) {
    case Kind::step_end:
      if (open.step.first && open.step.task == e.who()) end_step();
      break;
    case Kind::callback_end:
      if (open.step.first && !open.step.task) end_step();
      break;
    case Kind::block_end:
      if (open.blocking) block(h.model.now);
      open.blocking = false;
      break;
    case Kind::tick_begin:
    case Kind::idle_begin: tick(); break;
    case Kind::task_created:
    case Kind::task_ready:
    case Kind::cancel_requested: flow(); break;
    case Kind::resource_created:
    case Kind::acquire_begin:
    case Kind::acquired:
    case Kind::acquire_abandoned:
    case Kind::released:
    case Kind::level: counter({e.a}); break;
    case Kind::cell_read: access(); break;
    case Kind::cell_write:
      access();
      counter({e.a});
      break;
    case Kind::job_submitted:
    case Kind::job_started:
    case Kind::job_paused:
    case Kind::job_resumed:
    case Kind::job_ended: job(); break;
    case Kind::scope_child: open.scope_of[e.b] = e.a; break;
    case Kind::task_done: failed(); break;
    case Kind::result_retrieved: seen(); break;
    case Kind::region_begin:
    case Kind::region_end: region(); break;
    case Kind::coro_unstarted: h.unstarted.push_back({e.seq, h.model.now, e.who(), {e.b}, e.where()}); break;
    case Kind::request_begin:
    case Kind::request_end:
      request();
      counter({e.b});
      break;
    case Kind::request_input: request(); break;
    case Kind::log:
    case Kind::bookmark:
    case Kind::annotation:
    case Kind::intervened:
    case Kind::diagnosed: mark(); break;
    case Kind::dropped: h.losses.push_back(e.seq); break;
    default: break;  // the rest leaves its mark through the model
  }
}

/// What is still open reaches to the last event, until more is known.
void Builder::close_at_end() {
  std::erase_if(open.lanes, [&](std::uint32_t i) {
    Span& span = h.lanes[i].spans.back();
    if (span.last == 0) span.end = h.end;
    return span.last != 0;
  });
  for (const auto& [id, index] : open.requests) h.requests[index].end = h.end;
  for (const auto& [id, index] : open.jobs) {
    Job& job = h.jobs[index];
    job.end = h.end;
    if (!job.started) job.begin = h.end;
    if (!job.pauses.empty() && !job.pauses.back().last) job.pauses.back().end = h.end;
  }
  for (const auto& [task, index] : open.unseen) h.unseen[index].seen_time = h.end;
  for (const auto& [task, stack] : open.regions)
    for (const std::uint32_t index : stack) h.regions[index].end = h.end;
  if (!h.ticks.empty()) {
    h.ticks.back().end = h.end;
    if (!open.idle) h.ticks.back().busy_end = h.end;
  }
  if (open.step.first && h.end > open.step.begin) {
    Stall cut = open.step;
    cut.end = h.end;
    if (open.blocking && h.end - open.block_begin > open.longest_block) {
      cut.site = open.block_site;
      cut.what = open.block_what;
    }
    if (!cut.site)
      if (const TaskModel* task = h.model.task(cut.task)) cut.site = task->site;
    h.steps.push_back(cut);
  }
}

}  // namespace

void History::extend(const Trace& trace) {
  if (!steps.empty() && steps.back().last == 0) steps.pop_back();  // was cut off by the end that the trace had then
  Builder builder(*this, trace);
  while (model.seq < trace.size()) builder.take(trace[model.seq + 1]);
  builder.close_at_end();
}

History history_of(const Trace& trace) {
  History history;
  history.extend(trace);
  return history;
}

}  // namespace awaitscope
