#pragma once
// The state of a run at one event, as plain values.  A Model is folded from events and knows nothing of how they were made:
// a trace of another program reads the same.
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/front_list.h"
#include "core/trace/trace.h"

namespace awaitscope {

enum class Phase : std::uint8_t { created, ready, running, waiting, done };

/// One call of a coroutine function within a task, outermost first in TaskModel::frames.
struct Frame {
  FrameId id;
  TextId function;
  SiteId called_at;  ///< the await that called it
  bool operator==(const Frame&) const = default;
};

struct TaskModel {
  TaskId id, parent;
  TextId name;
  std::uint32_t ordinal = 0;  ///< among the parent's children of that name, from 0; with it the logical id is complete
  std::uint32_t depth = 0;    ///< in the spawn tree; main is 0
  ScopeId scope;              ///< the group or gather that owns it, 0: none
  SiteId created_at;
  Seq created = 0;  ///< its task_created event
  Instant created_time;

  Phase phase = Phase::created;
  Seq since = 0;  ///< the event that began this phase
  Instant since_time;
  Wait wait = Wait::none;    ///< what it waits for, in phase waiting (and why it was ready last, in `why`)
  std::uint32_t object = 0;  ///< id of what it waits for; the kind of id follows from `wait`
  SiteId site;               ///< where it stands: the await it is suspended at, or the last place heard of
  WhyReady why = WhyReady::other;
  TaskId woken_by;            ///< 0: the loop (a timer, a service)
  Seq woken = 0;              ///< its last task_ready event
  bool queued = false;        ///< in the ready queue (also before the first step, while the phase is still `created`)
  std::vector<Frame> frames;  ///< the await chain above the task's own function

  std::uint32_t steps = 0;
  std::uint32_t cancels = 0;  ///< requests not taken back
  Seq cancel_requested = 0;   ///< the last request
  Seq cancel_delivered = 0;   ///< set from delivery until the task ends, or the request is caught or swallowed
  bool swallowed = false;     ///< a delivered request was lost
  Outcome outcome = Outcome::returned;
  TextId error;
  bool retrieved = false, handle_dropped = false;
  Instant ended;
  Duration running{}, ready{}, waiting{};  ///< time in each phase up to the model's moment, the current phase not counted

  /// A cancel was delivered and the task goes on: cleaning up, or (swallowed) as if nothing had been asked.
  bool asked_to_stop() const { return phase != Phase::done && (cancel_delivered != 0 || swallowed); }
  bool operator==(const TaskModel&) const = default;
};

struct ScopeModel {
  ScopeId id;
  ScopeType type = ScopeType::gather;
  TaskId task;  ///< the task that entered it
  SiteId site;
  Seq entered = 0, exited = 0;
  Instant entered_time, exited_time;
  std::int64_t deadline = 0;  ///< nanoseconds of the run; 0: none
  Seq expired = 0;            ///< the event that said so
  std::vector<TaskId> children;
  Outcome outcome = Outcome::returned;
  bool operator==(const ScopeModel&) const = default;
};

struct ResourceModel {
  ResourceId id;
  ResourceType type = ResourceType::other;
  TextId name;
  std::uint32_t capacity = 0;  ///< 0: none
  std::uint32_t value = 0;     ///< permits left, items, or requests in flight: the event's own word
  std::uint32_t waiter_count = 0;
  FrontList<TaskId> owners;   ///< in order of acquisition
  FrontList<TaskId> waiters;  ///< in order of arrival
  SiteId site;
  bool open = false, destroyed = false;
  bool told = false;  ///< its value comes from `level` events; else a service's is counted from its requests
  /// Its events tell what is left of it, not what is taken.
  bool tells_left() const {
    return type == ResourceType::semaphore || type == ResourceType::lock || type == ResourceType::pool;
  }
  /// Permits or slots in use, for resources that have a capacity.  A connection that tells no level: who uses it, more than one
  /// if it is misused.
  std::uint32_t used() const {
    if (type == ResourceType::connection && !told) return static_cast<std::uint32_t>(owners.size());
    return tells_left() ? (value < capacity ? capacity - value : 0) : value;
  }
  bool operator==(const ResourceModel&) const = default;
};

struct TimerModel {
  TimerId id;
  std::int64_t when = 0;
  TimerUse use = TimerUse::call;
  TaskId task;
  SiteId site;
  bool operator==(const TimerModel&) const = default;
};

struct RequestModel {
  RequestId id;
  ResourceId service;
  TaskId task;
  TextId what;
  std::uint32_t attempt = 0;
  Seq begun = 0;
  SiteId site;
  bool operator==(const RequestModel&) const = default;
};

struct JobModel {
  JobId id;
  TaskId task;
  TextId function;
  std::uint32_t worker = 0;  ///< from 1; 0: still queued
  Seq submitted = 0;
  bool paused = false;  ///< it waits for the interpreter lock
  bool operator==(const JobModel&) const = default;
};

/// How many children of one name a task has had.
struct NameCount {
  TaskId parent;
  TextId name;
  std::uint32_t count = 0;
  bool operator==(const NameCount&) const = default;
};

struct Model {
  Seq seq = 0;  ///< the last event applied
  Instant now;
  std::uint32_t tick = 0;
  bool idle = false;
  std::int64_t idle_until = 0;
  bool blocking = false;  ///< inside a blocking call
  TextId blocking_what;
  TaskId running;  ///< 0: none
  bool in_callback = false;
  FrontList<TaskId> ready;               ///< the ready queue, first to run first
  std::vector<TaskModel> tasks;          ///< task id - 1
  std::vector<ScopeModel> scopes;        ///< scope id - 1
  std::vector<ResourceModel> resources;  ///< resource id - 1
  FrontList<TimerModel> timers;          ///< live, by (when, id)
  FrontList<RequestModel> requests;      ///< in flight
  FrontList<JobModel> jobs;              ///< not ended
  std::vector<NameCount> names;          ///< by (parent, name)
  std::uint64_t dropped = 0;             ///< events lost so far
  RunOutcome outcome = RunOutcome::ok;
  bool ended = false;

  const TaskModel* task(TaskId id) const { return id.value && id.value <= tasks.size() ? &tasks[id.value - 1] : nullptr; }
  const ScopeModel* scope(ScopeId id) const { return id.value && id.value <= scopes.size() ? &scopes[id.value - 1] : nullptr; }
  const ResourceModel* resource(ResourceId id) const {
    return id.value && id.value <= resources.size() ? &resources[id.value - 1] : nullptr;
  }
  bool operator==(const Model&) const = default;
};

/// Moves the model over one event.  Total: any event in any order is accepted (a trace may be cut at both ends), ids that
/// were never defined get a placeholder, and no id sizes an allocation: one far beyond the number of events is ignored.
void apply(Model& model, const Event& event);

/// "main/fetch[3]/read[0]": the task's logical id, equal across runs.
std::string logical_id(const Model& model, const Trace& trace, TaskId task);
/// What to call a task on screen: its name, with "-ordinal" (from 1) where its parent has several of that name.
std::string display_name(const Model& model, const Trace& trace, TaskId task);

}  // namespace awaitscope
