#include "core/runtime/loop.h"

#include <algorithm>
#include <cstdio>
#include <thread>

#include "core/runtime/hands.h"
#include "core/runtime/interpreter_lock.h"
#include "core/runtime/intervened.h"
#include "core/runtime/task.h"
#include "core/runtime/workers.h"

namespace awaitscope::runtime {

Loop::Loop(Recorder& recorder, const RunOptions& options)
    : debug(options.debug),
      slow_callback_duration(options.slow_callback_duration),
      recorder_(recorder),
      schedule_(options.schedule),
      policy_(options.policy),
      fail_request_(options.fail_request),
      next_hand_(Hands::never),
      clock_(options.steady),
      gate_(options.gate ? options.gate : &own_gate_),
      limits_(options.limits),
      random_(options.schedule.seed),
      worker_count_(options.workers),
      threads_(options.threads),
      exception_handler_(options.exception_handler) {
  this_thread().loop = this;
  if (options.gate || !schedule_.hands.empty()) {
    hands_ = std::make_unique<Hands>(*this, schedule_.hands);
    next_hand_ = hands_->next();
  }
  if (!options.intervention) return;
  intervened_ = std::make_unique<Intervened>(*this, *options.intervention);
  if (options.intervention->what == Intervention::What::no_interpreter_lock) threads_.interpreter_lock = false;
}

Loop::~Loop() {
  close();
  abandon_all();
  intervened_.reset();
  this_thread().loop = nullptr;
}

void Loop::throw_not_running() { throw RuntimeError("no running event loop"); }

TaskId Loop::current_id() const { return current_ ? current_->id() : TaskId{}; }

double Loop::random() { return random_.uniform(); }

// ------------------------------------------------------------------------------------------------ what may be asked

void Loop::call_soon(Handle handle) {
  if (!closed_) ready_.push_back(std::move(handle));
}

void Loop::call_at(Ref<Timer> timer) {
  if (closed_) return;
  timer->task = current_id();
  timers_.push(timer);
  const auto when = static_cast<std::uint64_t>(timer->when.ns);
  emit(Kind::timer_set, timer->site, cause_,
       {.a = timer->id.value,
        .b = static_cast<std::uint32_t>(when),
        .c = static_cast<std::uint8_t>(timer->use),
        .d = static_cast<std::uint32_t>(when >> 32)});
}

void Loop::cancel_timer(Timer& timer) {
  timer.cancelled = true;
  if (!timer.queued()) return;
  emit(Kind::timer_cancelled, timer.site, cause_, {.a = timer.id.value});
  timers_.remove(timer);
}

void Loop::postpone(Timer& timer, Duration by) {
  emit_for(timer.task, Kind::timer_cancelled, timer.site, cause_, {.a = timer.id.value});
  const Ref<Timer> again = timers_.remove(timer);
  again->when = again->when + by;
  timers_.push(again);
  const auto when = static_cast<std::uint64_t>(again->when.ns);
  emit_for(again->task, Kind::timer_set, again->site, cause_,
           {.a = again->id.value,
            .b = static_cast<std::uint32_t>(when),
            .c = static_cast<std::uint8_t>(again->use),
            .d = static_cast<std::uint32_t>(when >> 32)});
}

bool Loop::failed_by_hand(RequestId request) const { return hands_ && hands_->failed(request); }

void Loop::external_at(Instant when, std::function<void()> happen) {
  externals_.push_back({when.ns, ++externals_made_, std::move(happen)});
  std::push_heap(externals_.begin(), externals_.end(), later);
}

void Loop::block(Duration length, std::string_view what, bool cpu, Place at) {
  const auto ns = static_cast<std::uint64_t>(length.count());
  emit(Kind::block_begin, site(at), cause_,
       {.a = recorder_.text(what).value,
        .b = static_cast<std::uint32_t>(ns),
        .c = static_cast<std::uint8_t>(cpu),
        .d = static_cast<std::uint32_t>(ns >> 32)});
  if (steady()) {
    recorder_.flush();  // who watches sees the call while it lasts
    std::this_thread::sleep_for(length * clock_.slowness());
  } else {
    advance(now() + length);
  }
  emit(Kind::block_end, site(at), cause_, {});
}

void Loop::block_for_ever(std::string_view what, Place at) {
  /// No error of the program: it unwinds frames that in Python would stand still for ever.
  struct StandsStill {};
  emit(Kind::block_begin, site(at), cause_, {.a = recorder_.text(what).value});
  recorder_.pause();
  outcome_ = RunOutcome::hang;
  throw StandsStill{};
}

void Loop::diagnose(const Report& report) {
  emit(Kind::diagnosed, report.site, cause_,
       {.a = recorder_.text(report.text).value, .b = report.object, .c = static_cast<std::uint8_t>(report.what)});
  if (exception_handler_) exception_handler_(report);
}

Workers& Loop::workers() {
  if (!workers_)
    workers_ = std::make_unique<Workers>(*this, intervened_ ? intervened_->workers(worker_count_) : worker_count_, false);
  return *workers_;
}

Workers& Loop::make_pool(std::size_t workers, bool processes) {
  return *pools_.emplace_back(
      std::make_unique<Workers>(*this, intervened_ ? intervened_->workers(workers) : workers, processes));
}

InterpreterLock& Loop::interpreter_lock() {
  if (!interpreter_lock_) interpreter_lock_ = std::make_unique<InterpreterLock>(*this);
  return *interpreter_lock_;
}

std::uint32_t Loop::number_workers(std::size_t count) {
  return std::exchange(workers_made_, workers_made_ + static_cast<std::uint32_t>(count)) + 1;
}

void Loop::collect_from_workers() {
  if (workers_) workers_->collect();
  for (const auto& pool : pools_) pool->collect();
}

/// A worker has a call that is not ended.
bool Loop::working() const {
  return (workers_ && workers_->unfinished() > 0) ||
         std::any_of(pools_.begin(), pools_.end(), [](const auto& pool) { return pool->unfinished() > 0; });
}

// ------------------------------------------------------------------------------------------------ one iteration

void Loop::run_once() {
  if (stand(Gate::At::tick)) return;
  ++iteration_;
  current_ = nullptr;
  actor_ = {};
  cause_ = 0;
  poll();
  if (outcome_ != RunOutcome::ok) return;
  fire_due_timers();
  const std::size_t batch = ready_.size();  // rule L3: never extended
  emit(Kind::tick_begin, {}, 0,
       {.a = iteration_, .b = static_cast<std::uint32_t>(batch), .d = static_cast<std::uint32_t>(timers_.size())});
  const bool choosing = policy_ || !schedule_.choices.empty();
  steps_here_ += batch;
  begun_ += batch == 0;
  for (std::size_t i = 0; i < batch; ++i, ++begun_) {
    // Before the first one the pass itself has just asked.
    if ((!gate_->open() | (begun_ == next_hand_)) && i > 0 && stand(Gate::At::step)) return;
    const std::size_t chosen = choosing ? choose(batch - i) : 0;
    Handle handle = chosen ? ready_.take(chosen) : ready_.pop_front();
    running_ = true;
    run_handle(handle);
    running_ = false;
    if (outcome_ != RunOutcome::ok) return;  // this handle never ended
  }
  current_ = nullptr;
  actor_ = {};
}

void Loop::run_handle(Handle& handle) {
  current_ = nullptr;
  actor_ = handle.by;
  cause_ = handle.cause;
  callback_site = {};
  const bool watched = debug;
  const Instant begin = watched ? now() : Instant{};
  try {
    handle.run(*this, handle);
  } catch (...) {  // rule L5
    if (outcome_ == RunOutcome::hang) return;
    const std::exception_ptr error = std::current_exception();
    diagnose({.what = Diagnosis::callback_error, .text = describe(error), .site = callback_site, .error = error});
  }
  if (!watched || now() - begin < slow_callback_duration) return;  // rule N6
  const auto* task = handle.run == &TaskBase::run_step ? static_cast<const TaskBase*>(handle.object.get()) : nullptr;
  char took[64];
  std::snprintf(took, sizeof took, " took %.3f seconds", std::chrono::duration<double>(now() - begin).count());
  diagnose({.what = Diagnosis::slow_callback,
            .text = (task ? task->name() : "callback") + took,
            .object = task ? task->id().value : 0});
}

void Loop::poll() {
  if (!steady()) {
    advance(now());
    bool idle = false;
    while (ready_.empty() && (timers_.empty() || timers_.first().when > now())) {
      std::int64_t next = timers_.empty() ? -1 : timers_.first().when.ns;
      if (!externals_.empty() && (next < 0 || externals_.front().when < next)) next = externals_.front().when;
      if (next < 0) {
        outcome_ = RunOutcome::hang;  // rule R5
        return;
      }
      if (!std::exchange(idle, true))
        emit(Kind::idle_begin, {}, 0,
             {.b = static_cast<std::uint32_t>(next), .d = static_cast<std::uint32_t>(static_cast<std::uint64_t>(next) >> 32)});
      advance({next});
    }
    if (idle) emit(Kind::idle_end, {}, 0, {});
    return;
  }
  collect_from_workers();
  if (!ready_.empty() || (!timers_.empty() && timers_.first().when <= now())) return;
  if (timers_.empty() && !working()) {
    outcome_ = RunOutcome::hang;
    return;
  }
  const std::int64_t until = timers_.empty() ? 0 : timers_.first().when.ns;
  emit(Kind::idle_begin, {}, 0,
       {.b = static_cast<std::uint32_t>(until), .d = static_cast<std::uint32_t>(static_cast<std::uint64_t>(until) >> 32)});
  recorder_.flush();
  while (ready_.empty() && (timers_.empty() || timers_.first().when > now()) && !stopped()) {
    using namespace std::chrono_literals;
    gate_->sleep_until(timers_.empty() ? std::chrono::steady_clock::now() + 1h : clock_.wall(timers_.first().when));
    if (!gate_->open()) stand(Gate::At::idle);
    collect_from_workers();
  }
  emit(Kind::idle_end, {}, 0, {});
}

bool Loop::later(const External& a, const External& b) { return a.when != b.when ? a.when > b.when : a.order > b.order; }

void Loop::advance(Instant target) {
  while (!externals_.empty() && externals_.front().when <= target.ns) {
    std::pop_heap(externals_.begin(), externals_.end(), later);
    const External event = std::move(externals_.back());
    externals_.pop_back();
    clock_.advance_to({event.when});
    event.happen();
  }
  clock_.advance_to(target);
}

void Loop::fire_due_timers() {
  while (!timers_.empty() && timers_.first().when <= now()) {
    const Ref<Timer> timer = timers_.pop();
    const auto due = static_cast<std::uint64_t>(timer->when.ns);
    const Seq fired =
        emit_for(timer->task, Kind::timer_fired, timer->site, 0,
                 {.a = timer->id.value, .b = static_cast<std::uint32_t>(due), .d = static_cast<std::uint32_t>(due >> 32)});
    if (timer->at_poll) {
      const Because because(*this, fired);
      timer->fire(*this);
      continue;
    }
    call_soon({.run =
                   [](Loop& loop, Handle& handle) {
                     auto& due_timer = static_cast<Timer&>(*handle.object);
                     if (!due_timer.cancelled) due_timer.fire(loop);
                   },
               .object = timer,
               .argument = {},
               .call = nullptr,
               .cause = fired,
               .by = {}});
  }
}

namespace {
Candidates candidates(Ring<Handle>& ready, std::size_t count) {
  return {&ready, count, [](const void* queue, std::size_t i) { return (*static_cast<const Ring<Handle>*>(queue))[i].by; }};
}
}  // namespace

std::size_t Loop::choose(std::size_t count) {
  if (count < 2 || (choices_used_ >= schedule_.choices.size() && !policy_)) return 0;
  const std::size_t wanted = choices_used_ < schedule_.choices.size() ? schedule_.choices[choices_used_++]
                                                                      : policy_->choose(candidates(ready_, count));
  const std::size_t index = std::min(wanted, count - 1);
  emit(Kind::schedule_choice, {}, 0, {.a = static_cast<std::uint32_t>(index), .b = static_cast<std::uint32_t>(count)});
  return index;
}

class Loop::AtGate final : public Gate::Visitor {
 public:
  explicit AtGate(Loop& loop) : loop_(loop) {}
  void hand_over() override { loop_.recorder_.flush(); }
  void stood_for(std::chrono::steady_clock::duration length) override { loop_.clock_.leave_out(length); }
  void apply(const Hand& hand) override {
    Hand now = hand;
    now.step = loop_.begun_;
    loop_.hands_->apply(now);
  }
  void slow_down(int times) override { loop_.clock_.slow_down(times); }

 private:
  Loop& loop_;
};

/// Between two steps: does what the schedule and the gate want done.  True where the run is to end.
bool Loop::stand(Gate::At at) {
  if (begun_ >= next_hand_ || !gate_->open()) {
    current_ = nullptr;
    act_because(0);
    if (begun_ >= next_hand_) {
      hands_->apply_due(begun_);
      next_hand_ = hands_->next();
    }
    AtGate visitor(*this);
    if (!gate_->open()) gate_->pass(at, {steps_, recorder_.last()}, visitor);
    act_because(0);
  }
  return stopped();
}

bool Loop::stopped() {
  if (outcome_ != RunOutcome::ok) return true;
  if (gate_->stopping()) outcome_ = RunOutcome::stopped;
  const std::int64_t now = clock_.now().ns;
  if (now != here_) here_ = now, steps_here_ = 0;
  if (steps_here_ > limits_.steps_at_one_instant || recorder_.last() > limits_.events) outcome_ = RunOutcome::limit;
  return outcome_ != RunOutcome::ok;
}

// ------------------------------------------------------------------------------------------------ for the runner

void Loop::run_until_complete(FutureBase& future) {
  class Stop : public Counted {};
  stopping_ = false;
  // Rule L6: the stop is a handle like any other, and the batch that holds it still runs to its end.
  future.add_done_callback({[](Counted&, FutureBase&) { Loop::running().stopping_ = true; }, Ref<Counted>(new Stop)});
  while (!stopping_ && outcome_ == RunOutcome::ok) run_once();
}

void Loop::register_task(TaskBase& task) {
  task.before = last_task_;
  (last_task_ ? last_task_->after : first_task_) = &task;
  last_task_ = &task;
}

void Loop::forget_task(TaskBase& task) {
  if (&task != first_task_ && !task.before) return;
  (task.before ? task.before->after : first_task_) = task.after;
  (task.after ? task.after->before : last_task_) = task.before;
  task.before = task.after = nullptr;
}

std::vector<Ref<TaskBase>> Loop::all_tasks() const {
  std::vector<Ref<TaskBase>> tasks;
  for (TaskBase* task = first_task_; task; task = task->after) tasks.emplace_back(task);
  return tasks;
}

bool Loop::idle() const {
  return ready_.empty() && (timers_.empty() || timers_.first().when > now()) &&
         (externals_.empty() || externals_.front().when > now().ns);
}

void Loop::close() {
  closed_ = true;
  workers_.reset();
  pools_.clear();
  interpreter_lock_.reset();
  ready_.clear();
  timers_.clear();
  externals_.clear();
}

void Loop::collect_garbage() {
  for (const auto& task : all_tasks())
    if (closed_ && !task->has_handle()) task->abandon();
}

void Loop::abandon_all() {
  for (const auto& task : all_tasks()) task->abandon();
  OpenFuture::forget_all(*this);
  owned_.clear();
  standing_ = {};
}

}  // namespace awaitscope::runtime
