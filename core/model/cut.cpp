#include "core/model/cut.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/model/model.h"
#include "core/trace/notes.h"

namespace awaitscope {
namespace {

/// What was still in force before `from`: the events that brought it about.
class Prologue {
 public:
  Prologue(const Trace& trace, Seq from) : trace_(trace), keep_(from, false) {
    for (Seq seq = 1; seq < from; ++seq) {
      const Event e = trace[seq];
      note(e);
      apply(model_, e);
    }
    keep_states();
    for (Seq seq = 1; seq < from; ++seq)
      if (keep_[seq] || needed(trace[seq])) kept_.push_back(seq);
  }
  const std::vector<Seq>& kept() const { return kept_; }

 private:
  struct Steps {
    Seq ready = 0, begin = 0, end = 0;
    Seq place = 0, unblocked = 0;  ///< the last event that told where it stands; where that is a blocking call, its end
  };

  void note(const Event& e) {
    switch (e.kind) {
      case Kind::task_ready: steps_[e.task].ready = e.seq; break;
      case Kind::step_begin: steps_[e.task].begin = e.seq; break;
      case Kind::step_end:
        steps_[e.task].end = e.seq;
        if (e.site) steps_[e.task].place = e.seq;
        break;
      case Kind::tick_begin: tick_ = e.seq; break;
      case Kind::idle_begin: idle_ = e.seq; break;
      case Kind::callback_begin: callback_ = e.seq; break;
      case Kind::block_begin:
        block_ = e.seq;
        if (e.site) steps_[e.task].place = e.seq;
        break;
      case Kind::block_end: steps_[e.task].unblocked = e.seq; break;
      case Kind::timer_set: timers_[e.a] = e.seq; break;
      case Kind::acquire_begin:
      case Kind::acquired:
      case Kind::acquire_abandoned:
      case Kind::released: line_up(e); [[fallthrough]];
      case Kind::level:
      case Kind::cell_read:
      case Kind::cell_write: last_of_resource_[e.a] = e.seq; break;
      default: break;
    }
  }

  /// Who holds a resource, and who stands in line for it: as the model sees it.
  void line_up(const Event& e) {
    auto& line = lines_[e.a];
    const auto take_out = [&](Kind kind) {
      const auto found = std::find_if(line.begin(), line.end(),
                                      [&](Seq seq) { return trace_.kind(seq) == kind && trace_[seq].task == e.task; });
      const bool any = found != line.end();
      if (any) line.erase(found);
      return any;
    };
    if (e.kind != Kind::released) {
      take_out(Kind::acquire_begin);
      if (e.kind != Kind::acquire_abandoned) line.push_back(e.seq);
    } else if (!take_out(Kind::acquired)) {
      const auto oldest = std::find_if(line.begin(), line.end(), [&](Seq seq) { return trace_.kind(seq) == Kind::acquired; });
      if (oldest != line.end()) line.erase(oldest);
    }
  }

  void keep(Seq seq) {
    if (seq && seq < keep_.size()) keep_[seq] = true;
  }

  void keep_states() {
    keep(tick_);
    if (model_.running) keep(steps_[model_.running.value].begin);  // it may be done already
    if (model_.idle) keep(idle_);
    if (model_.in_callback) keep(callback_);
    if (model_.blocking) keep(block_);
    for (const TaskModel& task : model_.tasks) {
      if (task.phase == Phase::done) continue;
      const Steps& steps = steps_[task.id.value];
      for (const Seq seq : {task.since, task.woken, steps.ready, steps.begin, steps.end, steps.place}) keep(seq);
      if (steps.unblocked > steps.place) keep(steps.unblocked);
      for (const Frame& frame : task.frames) frames_.insert(frame.id.value);
      if (task.wait == Wait::gather || task.wait == Wait::group || task.wait == Wait::scope) scopes_.insert(task.object);
    }
    for (const auto& [resource, seq] : last_of_resource_) keep(seq);
    for (const auto& [resource, line] : lines_)
      for (const Seq seq : line) keep(seq);
    for (const TimerModel& timer : model_.timers) keep(timers_[timer.id.value]);
    for (const RequestModel& request : model_.requests) requests_.insert(request.id.value);
    for (const JobModel& job : model_.jobs) jobs_.insert(job.id.value);
  }

  bool lives(std::uint32_t task) const {
    const TaskModel* t = model_.task(TaskId{task});
    return t && t->phase != Phase::done;
  }
  /// Not over, or what a task has just been woken from.
  bool matters(std::uint32_t scope) const {
    const ScopeModel* s = model_.scope(ScopeId{scope});
    return scopes_.contains(scope) || (s && s->exited == 0);
  }

  bool needed(const Event& e) const {
    switch (e.kind) {
      case Kind::run_begin:
      case Kind::task_created:
      case Kind::task_done:
      case Kind::result_retrieved:
      case Kind::handle_dropped:
      case Kind::resource_created:
      case Kind::resource_destroyed:
      case Kind::resource_opened:
      case Kind::resource_closed:
      case Kind::dropped: return true;
      case Kind::coro_begin: return lives(e.task) && frames_.contains(e.a);
      case Kind::scope_enter:
      case Kind::scope_child:
      case Kind::scope_deadline:
      case Kind::scope_expired:
      case Kind::scope_exit: return matters(e.a);
      case Kind::request_begin:
      case Kind::request_input: return requests_.contains(e.a);
      case Kind::job_submitted:
      case Kind::job_started:
      case Kind::job_paused:
      case Kind::job_resumed: return jobs_.contains(e.a);
      default: return info(e.kind).family == Family::cancel && lives(e.task);
    }
  }

  const Trace& trace_;
  Model model_;
  std::vector<bool> keep_;
  std::vector<Seq> kept_;
  Seq tick_ = 0, idle_ = 0, callback_ = 0, block_ = 0;
  std::unordered_map<std::uint32_t, Steps> steps_;                    // by task
  std::unordered_map<std::uint32_t, Seq> timers_, last_of_resource_;  // by timer, by resource
  std::unordered_map<std::uint32_t, std::vector<Seq>> lines_;         // by resource
  std::unordered_set<std::uint32_t> frames_, requests_, jobs_, scopes_;
};

/// Writes events under new numbers.
class Copy {
 public:
  /// `gap`: an event that tells of losses stands between the prologue and event `first`.
  Copy(const Trace& from, const std::vector<Seq>& prologue, Seq first, bool gap)
      : from_(from),
        prologue_(prologue),
        first_(first),
        shift_(static_cast<Seq>(prologue.size()) + (gap ? 1 : 0)),
        texts_(from.text_count()),
        sites_(from.site_count()) {
    out_.info = from.info;
  }

  void add(const Event& e) {
    Record r = e;
    const KindInfo& kind = info(e.kind);
    if (kind.a.type != Field::none) r.a = renumbered(kind.a.type, e.a);
    if (kind.b.type != Field::none && kind.b.type != Field::time) r.b = renumbered(kind.b.type, e.b);
    if (kind.d.type != Field::none) r.d = renumbered(kind.d.type, e.d);
    r.cause = renumbered(Field::event, e.cause);
    r.site = site(e.site);
    // What a task waits for, or waited for when it is woken: the number of a scope where the wait is for one.
    if (e.kind == Kind::step_end) waits_[e.task] = e.as<Wait>();
    const Wait wait = e.kind == Kind::step_end || e.kind == Kind::task_ready ? waits_[e.task] : Wait::none;
    if (wait == Wait::gather || wait == Wait::group || wait == Wait::scope) {
      std::uint32_t& object = e.kind == Kind::step_end ? r.a : r.b;
      object = renumbered(Field::scope, object);
    }
    out_.append(r);
  }
  /// A note that reaches from the part before the cut begins with it.
  void add(Note note) {
    note.first = renumbered(Field::event, std::max(note.first, first_));
    note.last = renumbered(Field::event, std::max(note.last, first_));
    out_.notes.push_back(std::move(note));
  }
  void lost(Seq count, Instant when) {
    if (count == 0) return;
    Record r;
    r.time = when.ns;
    r.kind = Kind::dropped;
    r.a = count;
    out_.append(r);
  }
  Trace take() {
    settle_notes(out_);
    return std::move(out_);
  }

 private:
  std::uint32_t renumbered(Field type, std::uint32_t value) {
    if (value == 0) return 0;
    if (type == Field::text) return text(value);
    if (type == Field::scope) return scopes_.try_emplace(value, static_cast<std::uint32_t>(scopes_.size() + 1)).first->second;
    if (type != Field::event) return value;
    if (value >= first_) return shift_ + value - first_ + 1;
    const auto found = std::lower_bound(prologue_.begin(), prologue_.end(), value);
    if (found == prologue_.end() || *found != value) return 0;
    return static_cast<Seq>(found - prologue_.begin()) + 1;
  }
  std::uint32_t text(std::uint32_t id) {
    if (id >= texts_.size()) return out_.intern(from_.text(id)).value;
    if (!texts_[id]) texts_[id] = out_.intern(from_.text(id)).value;
    return texts_[id];
  }
  std::uint16_t site(std::uint16_t id) {
    if (id >= sites_.size()) return 0;
    if (!sites_[id]) sites_[id] = static_cast<std::uint16_t>(out_.intern(from_.site(SiteId{id})).value);
    return sites_[id];
  }

  const Trace& from_;
  const std::vector<Seq>& prologue_;
  Seq first_, shift_;
  Trace out_;
  std::vector<std::uint32_t> texts_;  ///< new numbers by old ones, 0: not used yet
  std::vector<std::uint16_t> sites_;
  std::unordered_map<std::uint32_t, std::uint32_t> scopes_;
  std::unordered_map<std::uint32_t, Wait> waits_;
};

}  // namespace

Trace cut(const Trace& trace, Seq from, Seq to) {
  to = std::min(to, trace.size());
  from = std::clamp<Seq>(from, 1, std::max<Seq>(to, 1));
  if (trace.empty()) return trace;
  const Prologue prologue(trace, from);
  const auto left_out = from - 1 - static_cast<Seq>(prologue.kept().size());
  Copy copy(trace, prologue.kept(), from, left_out > 0);
  for (const Seq seq : prologue.kept()) copy.add(trace[seq]);
  copy.lost(left_out, trace[from].at());
  for (Seq seq = from; seq <= to; ++seq) copy.add(trace[seq]);
  copy.lost(trace.size() - to, trace[to].at());
  for (const Note& note : trace.notes)
    if (note.last >= from && note.first <= to) copy.add(note);
  return copy.take();
}

}  // namespace awaitscope
