#include "core/model/model.h"

#include <algorithm>

namespace awaitscope {
namespace {

/// The enumeration in `c`; a value that has no name here becomes `otherwise`.
template <class E>
E checked(const Event& event, Field type, E otherwise) {
  return enum_name(type, event.c).empty() ? otherwise : event.as<E>();
}

/// One event and the model it moves.
class Fold {
 public:
  Fold(Model& model, const Event& event) : m(model), e(event) {}
  void run();

 private:
  /// Whether an id from a trace may exist.  Every thing takes an event to make, so an honest id is no larger than the number
  /// of events; the rest is room for what was made before the trace was cut, or in events that were lost.
  bool plausible(std::uint32_t id) const {
    return id != 0 && id <= std::uint64_t{e.seq} + 1024 + std::min<std::uint64_t>(m.dropped, 65536);
  }

  template <class T>
  T* at(std::vector<T>& all, std::uint32_t id) {
    if (!plausible(id)) return nullptr;
    while (all.size() < id) {
      all.emplace_back();
      all.back().id = {static_cast<std::uint32_t>(all.size())};
    }
    return &all[id - 1];
  }
  /// The task the event is about, with a placeholder where nothing announced it.
  TaskModel* task() {
    TaskModel* t = at(m.tasks, e.task);
    if (t && t->since == 0) {
      t->since = e.seq;
      t->since_time = m.now;
    }
    return t;
  }
  TaskModel* known_task(std::uint32_t id) { return id && id <= m.tasks.size() ? &m.tasks[id - 1] : nullptr; }
  ScopeModel* scope() { return at(m.scopes, e.a); }
  ResourceModel* resource() { return at(m.resources, e.a); }

  void enter(TaskModel& t, Phase phase);
  void dequeue(TaskModel& t);
  std::uint32_t ordinal(TaskId parent, TextId name);
  void task_created();
  void task_ready();
  void step_begin();
  void step_end();
  void task_done();
  void scope_enter();
  void resource_created();
  void occupancy();
  void request_changed(ResourceId service, int by);

  Model& m;
  const Event& e;
};

void Fold::enter(TaskModel& t, Phase phase) {
  const Duration passed = m.now - t.since_time;
  if (t.phase == Phase::running) t.running += passed;
  if (t.phase == Phase::ready) t.ready += passed;
  if (t.phase == Phase::waiting) t.waiting += passed;
  t.phase = phase;
  t.since = e.seq;
  t.since_time = m.now;
}

void Fold::dequeue(TaskModel& t) {
  if (!t.queued) return;
  t.queued = false;
  m.ready.remove([&](TaskId id) { return id == t.id; });
}

/// How many children of that name the parent had before this one.
std::uint32_t Fold::ordinal(TaskId parent, TextId name) {
  const auto less = [](const NameCount& a, const NameCount& b) {
    return a.parent != b.parent ? a.parent < b.parent : a.name < b.name;
  };
  const NameCount wanted{parent, name, 0};
  const auto found = std::lower_bound(m.names.begin(), m.names.end(), wanted, less);
  if (found != m.names.end() && found->parent == parent && found->name == name) return found->count++;
  m.names.insert(found, {parent, name, 1});
  return 0;
}

void Fold::task_created() {
  TaskModel* t = task();
  if (!t || t->created) return;
  t->name = {e.b};
  t->scope = {e.d};
  t->created_at = t->site = e.where();
  t->created = e.seq;
  t->created_time = m.now;
  if (const TaskModel* parent = known_task(e.a); parent && parent != t) {
    t->parent = parent->id;
    t->depth = parent->depth + 1;
  }
  t->ordinal = ordinal(t->parent, t->name);
}

void Fold::task_ready() {
  TaskModel* t = task();
  if (!t || t->phase == Phase::done) return;
  t->why = checked(e, Field::why_ready, WhyReady::other);
  t->woken_by = {e.a};
  t->woken = e.seq;
  if (!t->queued) {
    t->queued = true;
    m.ready.push_back(t->id);
  }
  if (t->phase == Phase::waiting) enter(*t, Phase::ready);
}

void Fold::step_begin() {
  TaskModel* t = task();
  if (!t) return;
  // A step that never ended (its end was lost) is over when another begins.
  if (TaskModel* other = known_task(m.running.value); other && other != t && other->phase == Phase::running) {
    other->wait = Wait::other;
    enter(*other, other->queued ? Phase::ready : Phase::waiting);
  }
  dequeue(*t);
  m.running = t->id;
  m.blocking = false;
  m.idle = false;
  if (t->phase == Phase::done) return;
  ++t->steps;
  t->wait = Wait::none;
  t->object = 0;
  enter(*t, Phase::running);
}

void Fold::step_end() {
  TaskModel* t = task();
  if (!t) return;
  if (m.running == t->id) m.running = {};
  m.blocking = false;
  if (t->phase == Phase::done) return;
  t->wait = checked(e, Field::wait, Wait::other);
  t->object = e.a;
  if (e.site) t->site = e.where();
  // After a yield it goes straight back into the queue, and there is no wait to show.
  enter(*t, t->queued || t->wait == Wait::yield ? Phase::ready : Phase::waiting);
}

void Fold::task_done() {
  TaskModel* t = task();
  if (!t || t->phase == Phase::done) return;
  dequeue(*t);
  enter(*t, Phase::done);
  t->outcome = checked(e, Field::outcome, Outcome::returned);
  t->error = {e.a};
  t->cancels = e.b;
  t->cancel_delivered = 0;
  t->frames = {};
  t->wait = Wait::none;
  t->object = 0;
  t->ended = m.now;
}

void Fold::scope_enter() {
  ScopeModel* s = scope();
  if (!s || s->entered) return;
  task();
  s->type = checked(e, Field::scope_type, ScopeType::cancel_scope);
  s->task = {e.task};
  s->site = e.where();
  s->entered = e.seq;
  s->entered_time = m.now;
  s->deadline = e.nanoseconds();
}

void Fold::resource_created() {
  ResourceModel* r = resource();
  if (!r) return;
  r->type = checked(e, Field::resource_type, ResourceType::other);
  r->name = {e.d};
  r->capacity = e.b;
  r->value = r->tells_left() ? e.b : 0;
  r->site = e.where();
}

/// An acquisition, a release or a level: the event has the state after the change and names who changed.
void Fold::occupancy() {
  ResourceModel* r = resource();
  if (!r) return;
  const TaskModel* t = task();
  r->value = e.b;
  r->waiter_count = e.d;
  if (e.kind == Kind::level) r->told = true;
  if (!t || e.kind == Kind::level) return;
  const auto is_this = [&](TaskId id) { return id == t->id; };
  if (e.kind == Kind::acquire_begin) {
    r->waiters.push_back(t->id);
    return;
  }
  const bool owned = r->type == ResourceType::semaphore || r->type == ResourceType::lock || r->type == ResourceType::pool ||
                     r->type == ResourceType::connection || r->type == ResourceType::other;
  if (e.kind != Kind::released) r->waiters.remove(is_this);
  if (!owned) return;
  if (e.kind == Kind::acquired) r->owners.push_back(t->id);
  // A semaphore may be released by a task that never acquired it: then the oldest holder is taken to have let go.
  if (e.kind == Kind::released && !r->owners.remove(is_this) && !r->owners.empty() && r->owners.size() > r->used())
    r->owners.erase(0);
}

void Fold::request_changed(ResourceId id, int by) {
  ResourceModel* r = at(m.resources, id.value);
  if (!r || r->told) return;
  if (by > 0) ++r->value;
  else if (r->value) --r->value;
}

// One case a kind, and no default: a new kind does not compile until somebody has said what it does here.
void Fold::run() {
  m.now = std::max(m.now, e.at());
  m.seq = e.seq;
  switch (e.kind) {
    case Kind::run_begin: break;
    case Kind::run_end:
      m.ended = true;
      m.outcome = checked(e, Field::run_outcome, RunOutcome::stopped);
      break;
    case Kind::tick_begin:
      m.tick = e.a;
      m.idle = false;
      break;
    case Kind::idle_begin:
      m.idle = true;
      m.idle_until = e.nanoseconds();
      break;
    case Kind::idle_end: m.idle = false; break;
    case Kind::timer_set:
      m.timers.insert_sorted(
          {{e.a}, e.nanoseconds(), checked(e, Field::timer_use, TimerUse::call), {e.task}, e.where()},
          [](const TimerModel& a, const TimerModel& b) { return a.when != b.when ? a.when < b.when : a.id < b.id; });
      break;
    case Kind::timer_fired:
    case Kind::timer_cancelled: m.timers.remove([&](const TimerModel& timer) { return timer.id.value == e.a; }); break;
    case Kind::callback_begin: m.in_callback = true; break;
    case Kind::callback_end: m.in_callback = false; break;
    case Kind::schedule_choice: break;

    case Kind::coro_begin:
      if (TaskModel* t = task(); t && t->phase != Phase::done) t->frames.push_back({{e.a}, {e.b}, e.where()});
      break;
    case Kind::coro_end:
      // The innermost ends first; an async generator may end somewhat out of order.
      if (TaskModel* t = task()) {
        const std::size_t depth = std::min<std::size_t>(t->frames.size(), 256);
        const auto found = std::find_if(t->frames.rbegin(), t->frames.rbegin() + static_cast<std::ptrdiff_t>(depth),
                                        [&](const Frame& frame) { return frame.id.value == e.a; });
        if (found != t->frames.rbegin() + static_cast<std::ptrdiff_t>(depth)) t->frames.erase(std::next(found).base());
      }
      break;
    case Kind::coro_unstarted: break;

    case Kind::task_created: task_created(); break;
    case Kind::task_ready: task_ready(); break;
    case Kind::step_begin: step_begin(); break;
    case Kind::step_end: step_end(); break;
    case Kind::task_done: task_done(); break;
    case Kind::result_retrieved:
      if (TaskModel* t = known_task(e.a)) t->retrieved = true;
      break;
    case Kind::handle_dropped:
      if (TaskModel* t = known_task(e.a)) t->handle_dropped = true;
      break;
    case Kind::outcome_used: break;

    case Kind::scope_enter: scope_enter(); break;
    case Kind::scope_child:
      if (ScopeModel* s = scope()) s->children.push_back({e.b});
      break;
    case Kind::scope_deadline:
      if (ScopeModel* s = scope()) s->deadline = e.nanoseconds();
      break;
    case Kind::scope_expired:
      if (ScopeModel* s = scope()) s->expired = e.seq;
      break;
    case Kind::scope_exit:
      if (ScopeModel* s = scope()) {
        s->exited = e.seq;
        s->exited_time = m.now;
        s->outcome = checked(e, Field::outcome, Outcome::returned);
      }
      break;

    case Kind::cancel_requested:
      if (TaskModel* t = task(); t && t->phase != Phase::done) {
        ++t->cancels;
        t->cancel_requested = e.seq;
      }
      break;
    case Kind::cancel_propagated: break;
    case Kind::cancel_delivered:
      if (TaskModel* t = task(); t && t->phase != Phase::done) {
        t->cancel_delivered = e.seq;
        t->swallowed = false;
        if (e.site) t->site = e.where();
      }
      break;
    case Kind::cancel_shielded: break;
    case Kind::cancel_caught:
      if (TaskModel* t = task()) {
        t->cancel_delivered = 0;
        t->swallowed = false;
      }
      break;
    case Kind::cancel_swallowed:
      // A request that was caught or taken back in the meantime is not lost.
      if (TaskModel* t = task(); t && t->phase != Phase::done && (t->cancel_delivered || !e.cause)) {
        t->cancel_delivered = 0;
        t->swallowed = true;
      }
      break;
    case Kind::cancel_reraised: break;
    case Kind::cancel_uncancelled:
      if (TaskModel* t = task()) {
        t->cancels = e.a;
        if (t->cancels == 0) {
          t->cancel_delivered = 0;
          t->swallowed = false;
        }
      }
      break;
    case Kind::cancel_completed: break;

    case Kind::resource_created: resource_created(); break;
    case Kind::resource_destroyed:
      if (ResourceModel* r = resource()) r->destroyed = true;
      break;
    case Kind::resource_opened:
    case Kind::resource_closed:
      if (ResourceModel* r = resource()) r->open = e.kind == Kind::resource_opened;
      break;
    case Kind::acquire_begin:
    case Kind::acquired:
    case Kind::acquire_abandoned:
    case Kind::released:
    case Kind::level: occupancy(); break;

    case Kind::job_submitted: m.jobs.push_back({{e.a}, {e.task}, {e.b}, 0, e.seq, false}); break;
    case Kind::job_started:
      if (const std::size_t i = m.jobs.find([&](const JobModel& job) { return job.id.value == e.a; }); i != m.jobs.size())
        m.jobs[i].worker = std::max(e.b, 1u);
      break;
    case Kind::job_paused:
    case Kind::job_resumed:
      if (const std::size_t i = m.jobs.find([&](const JobModel& job) { return job.id.value == e.a; }); i != m.jobs.size())
        m.jobs[i].paused = e.kind == Kind::job_paused;
      break;
    case Kind::job_ended: m.jobs.remove([&](const JobModel& job) { return job.id.value == e.a; }); break;

    case Kind::block_begin:
      m.blocking = true;
      m.blocking_what = {e.a};
      if (TaskModel* t = task(); t && e.site) t->site = e.where();
      break;
    case Kind::block_end: m.blocking = false; break;

    case Kind::request_begin:
      m.requests.push_back({{e.a}, {e.b}, {e.task}, {e.d}, e.c, e.seq, e.where()});
      request_changed({e.b}, 1);
      break;
    case Kind::request_input: break;
    case Kind::request_end:
      if (m.requests.remove([&](const RequestModel& request) { return request.id.value == e.a; })) request_changed({e.b}, -1);
      break;

    case Kind::cell_read:
    case Kind::cell_write:
      if (ResourceModel* r = resource()) r->value = e.b;
      break;

    case Kind::log:
    case Kind::region_begin:
    case Kind::region_end:
    case Kind::bookmark:
    case Kind::annotation:
    case Kind::intervened:
    case Kind::diagnosed: break;
    case Kind::dropped: m.dropped += e.a; break;
  }
}

}  // namespace

void apply(Model& model, const Event& event) { Fold(model, event).run(); }

}  // namespace awaitscope
