#pragma once
// The event loop: one ready queue, ordered timers, one clock.  Its iteration is asyncio's, step by step (rules L1 to L7):
// forget cancelled timers, poll, append the timers that are due, then run exactly what was in the queue.
#include <coroutine>
#include <functional>

#include "core/base/random.h"
#include "core/base/ring.h"
#include "core/runtime/clock.h"
#include "core/runtime/future.h"
#include "core/runtime/gate.h"
#include "core/runtime/intervention.h"
#include "core/runtime/policy.h"
#include "core/runtime/timers.h"
#include "core/trace/recorder.h"
#include "core/trace/schedule.h"

namespace awaitscope::runtime {

class GeneratorBase;
class InterpreterLock;
class Hands;
class Intervened;
class OpenFuture;
class TaskBase;
class Workers;

/// Something queued to run in a later iteration.
struct Handle {
  void (*run)(Loop& loop, Handle& handle) = nullptr;
  Ref<Counted> object;
  Ref<Counted> argument;
  void (*call)(Counted&, FutureBase&) = nullptr;  ///< of a done callback
  Seq cause = 0;
  TaskId by;
};

/// What went wrong without anybody to throw it at: asyncio's exception handler context, and a `diagnosed` event.
struct Report {
  Diagnosis what;
  std::string text;  ///< a name, or the error in a line
  SiteId site{};
  std::uint32_t object = 0;  ///< the task, or the coroutine's frame of never_awaited
  std::exception_ptr error{};
};

struct Limits {
  std::uint64_t events = 20'000'000;               ///< a longer run ends with an event that says so
  std::uint64_t steps_at_one_instant = 2'000'000;  ///< a run whose clock stands still is stuck (rule V4)
};

/// What the threads of to_thread and of executors are like in virtual time.
struct ThreadOptions {
  bool interpreter_lock = false;  ///< of all that compute only one gets on at a time, as under CPython's lock
  Duration switch_interval = std::chrono::milliseconds(5);  ///< one that waits for it gets it after so long
  double contention = 0;  ///< what work costs more while another waits for the lock: 0.2 is a fifth
  Duration hop{};         ///< from the moment a call is handed in until a worker can begin with it
};

struct RunOptions {
  Sink* sink = nullptr;  ///< where events go; null records nothing
  bool steady = false;   ///< the machine's clock instead of the virtual one
  Schedule schedule;
  Policy* policy = nullptr;  ///< who runs next where the schedule's choices say nothing; null: first come, first served
  Gate* gate = nullptr;      ///< to pause, step and stop the run from another thread
  Limits limits;
  std::uint32_t fail_request = 0;  ///< the request of this number fails, whatever its service would say: an injected failure
  std::optional<Intervention> intervention{};  ///< a change to the program, made by the runtime
  std::size_t workers = 4;                     ///< threads that to_thread has (rule X3)
  ThreadOptions threads;
  std::function<void(const Report&)> exception_handler;  ///< hears what is reported: loop.set_exception_handler
  bool debug = false;  ///< asyncio's debug mode: whatever holds the loop for `slow_callback_duration` is reported
  Duration slow_callback_duration = std::chrono::milliseconds(100);
};

class Loop {
 public:
  Loop(Recorder& recorder, const RunOptions& options);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// The loop that runs on this thread; RuntimeError("no running event loop") where there is none.
  static Loop& running() {
    if (Loop* loop = this_thread().loop) [[likely]]
      return *loop;
    throw_not_running();
  }
  static Loop* running_or_null() noexcept { return this_thread().loop; }

  Instant now() const { return clock_.now(); }
  bool steady() const { return clock_.steady(); }
  std::uint32_t iteration() const { return iteration_; }
  TaskBase* current_task() const { return current_; }
  TaskId current_id() const;

  // --- what may be asked of it
  void call_soon(Handle handle);
  /// Calls `timer->fire` once, at `when` or as soon after as the loop comes to it.
  void call_at(Ref<Timer> timer);
  void cancel_timer(Timer& timer);
  /// Takes the thread for `length` (rule V3).
  void block(Duration length, std::string_view what, bool cpu, Place at);
  /// Takes the thread for a wait that only this loop could end: the run is a hang from here on (rule R5).  What unwinds
  /// from the call is no part of the run and is not recorded.
  [[noreturn]] void block_for_ever(std::string_view what, Place at);
  /// Virtual time only: calls `happen` when the clock reaches `when`, before timers of that instant (rule X2).
  void external_at(Instant when, std::function<void()> happen);
  /// The one seeded generator of the run: uniform in [0, 1), the same on every machine.
  double random();
  /// Whether this request has to fail because the run's options say so.
  bool must_fail(RequestId request) const { return request.value == fail_request_ || (hands_ && failed_by_hand(request)); }
  /// Whether somebody has made it fail meanwhile.
  bool failed_by_hand(RequestId request) const;

  // --- recording
  Recorder& recorder() { return recorder_; }
  Seq emit(Kind kind, SiteId site, Seq cause, Recorder::Fields fields) {
    return emit_for(current_id(), kind, site, cause, fields);
  }
  Seq emit_for(TaskId task, Kind kind, SiteId site, Seq cause, Recorder::Fields fields) {
    return recorder_.emit(kind, clock_.now().ns, task, site, cause, fields);
  }
  SiteId site(const Place& place) { return recorder_.site(place); }
  /// The event that led to what happens now; primitives set it around what they cause.
  Seq cause() const { return cause_; }
  /// Who acts now: the running task, or the one whose end a callback follows.
  TaskId actor() const { return actor_; }
  class Because {
   public:
    Because(Loop& loop, Seq cause) : loop_(loop), before_(loop.cause_) {
      if (cause) loop.cause_ = cause;
    }
    ~Because() { loop_.cause_ = before_; }
    Because(const Because&) = delete;

   private:
    Loop& loop_;
    Seq before_;
  };
  void diagnose(const Report& report);

  // --- ids
  TaskId next_task_id() { return {++tasks_made_}; }
  FrameId next_frame_id() { return {++frames_made_}; }
  ScopeId next_scope_id() { return {++scopes_made_}; }
  ResourceId next_resource_id() { return {++resources_made_}; }
  RequestId next_request_id() { return {++requests_made_}; }
  JobId next_job_id() { return {++jobs_made_}; }

  // --- for the trampoline and the runner
  std::coroutine_handle<> next;  ///< the frame to resume next within this step
  void run_until_complete(FutureBase& future);
  void register_task(TaskBase& task);
  void forget_task(TaskBase& task);
  /// Tasks not done, in order of creation.
  std::vector<Ref<TaskBase>> all_tasks() const;
  /// Nothing runs any more, and what wakes is not heard.
  bool closed() const { return closed_; }
  bool debug;  ///< asyncio's debug mode: handles that take `slow_callback_duration` are reported (rule N6)
  Duration slow_callback_duration;
  /// Within an iteration: nobody may start another (rule R1).
  bool is_running() const { return running_; }
  /// The run was ended from outside, or by a limit, or hangs; ok while it runs.
  RunOutcome outcome() const { return outcome_; }
  Workers& workers();
  /// Another pool, of threads or of processes, that lives as long as the run.
  Workers& make_pool(std::size_t workers, bool processes);
  const ThreadOptions& threads() const { return threads_; }
  InterpreterLock& interpreter_lock();
  /// The change that this run is made with; null: none.
  Intervened* intervened() const { return intervened_.get(); }
  /// What a gate or a schedule may do between steps; null where there is neither.
  Hands* hands() const { return hands_.get(); }
  /// What follows is nobody's doing but that event's.
  void act_because(Seq cause) {
    actor_ = {};
    cause_ = cause;
  }
  Timer* timer_of(const FutureBase& future) const { return timers_.finishing(future); }
  void postpone(Timer& timer, Duration by);
  /// Numbers for that many workers: the first of them, from 1.
  std::uint32_t number_workers(std::size_t count);
  /// Nothing would run in an iteration at this moment.
  bool idle() const;
  /// Async generators that were begun and have not ended, in the order of their first step (rule Y5).
  std::vector<GeneratorBase*> generators;
  OpenFuture* open_futures = nullptr;  ///< a list
  SiteId callback_site;                ///< of the callback that runs, for the report of its error
  /// Things that live as long as the run: simulated services.
  void own(std::shared_ptr<void> thing) { owned_.push_back(std::move(thing)); }
  const Schedule& schedule() const { return schedule_; }
  Gate& gate() { return *gate_; }
  /// loop.close(): drops what is scheduled.
  void close();
  /// Destroys the tasks of a closed loop that nobody has a handle of, as gc.collect() does; the others go with their last
  /// handle.
  void collect_garbage();
  /// Destroys whatever tasks are left.
  void abandon_all();

 private:
  friend class TaskBase;
  class AtGate;
  struct External {
    std::int64_t when;
    std::uint64_t order;
    std::function<void()> happen;
  };

  [[noreturn]] static void throw_not_running();
  void run_once();
  void poll();
  void collect_from_workers();
  bool working() const;
  void advance(Instant target);
  void fire_due_timers();
  std::size_t choose(std::size_t count);
  bool stopped();
  bool stand(Gate::At at);
  void run_handle(Handle& handle);
  static bool later(const External& a, const External& b);

  Recorder& recorder_;
  Schedule schedule_;
  Policy* policy_;
  std::uint32_t fail_request_;
  std::size_t choices_used_ = 0;
  std::uint64_t begun_ = 0;  ///< handles, and passes without any: what hands count
  std::uint64_t next_hand_;  ///< where the schedule has one
  std::uint64_t steps_ = 0;  ///< of tasks
  Clock clock_;
  Gate own_gate_;
  Gate* gate_;
  Limits limits_;
  Random random_;
  std::size_t worker_count_;
  ThreadOptions threads_;
  std::function<void(const Report&)> exception_handler_;

  Ring<Handle> ready_;
  TimerHeap timers_;
  std::vector<External> externals_;  ///< a heap by (when, order)
  std::uint64_t externals_made_ = 0;
  std::unique_ptr<InterpreterLock> interpreter_lock_;
  std::unique_ptr<Intervened> intervened_;
  std::unique_ptr<Hands> hands_;
  std::unique_ptr<Workers> workers_;
  std::vector<std::unique_ptr<Workers>> pools_;
  std::vector<std::shared_ptr<void>> owned_;

  TaskBase* current_ = nullptr;
  TaskId actor_;
  Seq cause_ = 0;
  std::uint32_t iteration_ = 0;
  bool stopping_ = false, closed_ = false, running_ = false;
  RunOutcome outcome_ = RunOutcome::ok;
  std::uint64_t steps_here_ = 0;  ///< handles run since the clock last moved
  std::int64_t here_ = -1;

  Ref<Counted> standing_;           ///< the task whose step never ends (block_for_ever)
  TaskBase* first_task_ = nullptr;  ///< list of living tasks in order of creation
  TaskBase* last_task_ = nullptr;
  std::uint32_t tasks_made_ = 0, frames_made_ = 0, scopes_made_ = 0, resources_made_ = 0, requests_made_ = 0, jobs_made_ = 0,
                workers_made_ = 0;
};

/// A user's callback, from its begin to its end in the trace.
class CallbackSpan {
 public:
  CallbackSpan(Loop& loop, SiteId site) : loop_(loop) {
    loop_.callback_site = site;
    loop_.emit(Kind::callback_begin, site, loop_.cause(), {});
  }
  ~CallbackSpan() { loop_.emit(Kind::callback_end, {}, loop_.cause(), {}); }
  CallbackSpan(const CallbackSpan&) = delete;

 private:
  Loop& loop_;
};

}  // namespace awaitscope::runtime
