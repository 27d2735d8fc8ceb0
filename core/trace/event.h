#pragma once
// The event vocabulary: everything that a runtime can tell about a run, and nothing about how it is shown.
//
// An event is one 32-byte Record.  `task` is whom it is about (0 = the loop), `site` the place of the await or call,
// `cause` the event that led to it; a, b, c, d mean what AWAITSCOPE_EVENTS says for its kind.  The table is the only list:
// the text notation, CSV, JSON arguments and the event log are written from it.
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace awaitscope {

/// What a field holds; it decides how the field is printed and read.
enum class Field : std::uint8_t {
  none,
  count,
  text,
  task,
  frame,
  scope,
  resource,
  timer,
  job,
  request,
  event,
  time,  ///< nanoseconds over two fields: b the low half, d the high half
  why_ready,
  wait,
  outcome,
  run_outcome,
  scope_type,
  cancel_reason,
  resource_type,
  status,
  diagnosis,
  timer_use,
  outcome_use,
  choice,
};

// kind, family,  a: name, type,  b: name, type,  c: name, type,  d: name, type
// clang-format off
#define AWAITSCOPE_EVENTS(X)                                                                                            \
  X(run_begin,          run,       "", none,              "", none,              "", none,              "", none)          \
  X(run_end,            run,       "error", text,         "", none,              "how", run_outcome,    "", none)          \
  X(tick_begin,         loop,      "tick", count,         "ready", count,        "", none,              "timers", count)   \
  X(idle_begin,         loop,      "", none,              "until", time,         "", none,              "", none)          \
  X(idle_end,           loop,      "", none,              "", none,              "", none,              "", none)          \
  X(timer_set,          loop,      "timer", timer,        "when", time,          "for", timer_use,      "", none)          \
  X(timer_fired,        loop,      "timer", timer,        "due", time,           "", none,              "", none)          \
  X(timer_cancelled,    loop,      "timer", timer,        "", none,              "", none,              "", none)          \
  X(callback_begin,     loop,      "name", text,          "", none,              "", none,              "", none)          \
  X(callback_end,       loop,      "", none,              "", none,              "", none,              "", none)          \
  X(schedule_choice,    loop,      "index", count,        "of", count,           "", none,              "", none)          \
  X(coro_begin,         coroutine, "frame", frame,        "function", text,      "", none,              "", none)          \
  X(coro_end,           coroutine, "frame", frame,        "", none,              "how", outcome,        "", none)          \
  X(coro_unstarted,     coroutine, "frame", frame,        "function", text,      "", none,              "", none)          \
  X(task_created,       task,      "parent", task,        "name", text,          "", none,              "scope", scope)    \
  X(task_ready,         task,      "by", task,            "object", count,       "why", why_ready,      "", none)          \
  X(step_begin,         task,      "", none,              "", none,              "", none,              "", none)          \
  X(step_end,           task,      "object", count,       "", none,              "waits", wait,         "", none)          \
  X(task_done,          task,      "error", text,         "cancels", count,      "how", outcome,        "", none)          \
  X(result_retrieved,   task,      "of", task,            "", none,              "", none,              "", none)          \
  X(handle_dropped,     task,      "of", task,            "", none,              "", none,              "", none)          \
  X(outcome_used,       task,      "of", task,            "request", request,    "as", outcome_use,     "", none)          \
  X(scope_enter,        scope,     "scope", scope,        "deadline", time,      "type", scope_type,    "", none)          \
  X(scope_child,        scope,     "scope", scope,        "child", task,         "", none,              "", none)          \
  X(scope_deadline,     scope,     "scope", scope,        "deadline", time,      "", none,              "", none)          \
  X(scope_expired,      scope,     "scope", scope,        "", none,              "", none,              "", none)          \
  X(scope_exit,         scope,     "scope", scope,        "", none,              "how", outcome,        "", none)          \
  X(cancel_requested,   cancel,    "by", task,            "scope", scope,        "why", cancel_reason,  "message", text)   \
  X(cancel_propagated,  cancel,    "to", task,            "scope", scope,        "", none,              "", none)          \
  X(cancel_delivered,   cancel,    "", none,              "", none,              "", none,              "", none)          \
  X(cancel_shielded,    cancel,    "shielded", task,      "", none,              "", none,              "", none)          \
  X(cancel_caught,      cancel,    "scope", scope,        "", none,              "", none,              "", none)          \
  X(cancel_swallowed,   cancel,    "frame", frame,        "", none,              "", none,              "", none)          \
  X(cancel_reraised,    cancel,    "", none,              "", none,              "", none,              "", none)          \
  X(cancel_uncancelled, cancel,    "left", count,         "", none,              "", none,              "", none)          \
  X(cancel_completed,   cancel,    "", none,              "", none,              "", none,              "", none)          \
  X(resource_created,   resource,  "resource", resource,  "capacity", count,     "type", resource_type, "name", text)      \
  X(resource_destroyed, resource,  "resource", resource,  "", none,              "", none,              "", none)          \
  X(resource_opened,    resource,  "resource", resource,  "", none,              "", none,              "", none)          \
  X(resource_closed,    resource,  "resource", resource,  "", none,              "", none,              "", none)          \
  X(acquire_begin,      resource,  "resource", resource,  "left", count,         "", none,              "waiters", count)  \
  X(acquired,           resource,  "resource", resource,  "left", count,         "", none,              "waiters", count)  \
  X(acquire_abandoned,  resource,  "resource", resource,  "left", count,         "", none,              "waiters", count)  \
  X(released,           resource,  "resource", resource,  "left", count,         "", none,              "waiters", count)  \
  X(level,              resource,  "resource", resource,  "value", count,        "", none,              "waiters", count)  \
  X(job_submitted,      offload,   "job", job,            "function", text,      "", none,              "", none)          \
  X(job_started,        offload,   "job", job,            "worker", count,       "", none,              "", none)          \
  X(job_paused,         offload,   "job", job,            "for", job,            "", none,              "", none)          \
  X(job_resumed,        offload,   "job", job,            "", none,              "", none,              "", none)          \
  X(job_ended,          offload,   "job", job,            "", none,              "how", outcome,        "", none)          \
  X(block_begin,        blocking,  "what", text,          "length", time,        "cpu", choice,         "", none)          \
  X(block_end,          blocking,  "", none,              "", none,              "", none,              "", none)          \
  X(request_begin,      service,   "request", request,    "service", resource,   "attempt", count,      "what", text)      \
  X(request_input,      service,   "request", request,    "value", event,        "", none,              "", none)          \
  X(request_end,        service,   "request", request,    "service", resource,   "status", status,      "", none)          \
  X(cell_read,          cell,      "resource", resource,  "version", count,      "", none,              "", none)          \
  X(cell_write,         cell,      "resource", resource,  "version", count,      "", none,              "read", event)     \
  X(log,                user,      "text", text,          "", none,              "", none,              "", none)          \
  X(region_begin,       user,      "name", text,          "", none,              "", none,              "", none)          \
  X(region_end,         user,      "name", text,          "", none,              "", none,              "", none)          \
  X(bookmark,           user,      "name", text,          "", none,              "", none,              "", none)          \
  X(annotation,         user,      "text", text,          "", none,              "", none,              "", none)          \
  X(intervened,         user,      "hand", text,          "object", count,       "", none,              "", none)          \
  X(diagnosed,          diagnosis, "text", text,          "object", count,       "what", diagnosis,     "", none)          \
  X(dropped,            loss,      "count", count,        "", none,              "", none,              "", none)
// clang-format on

enum class Kind : std::uint8_t {
#define AWAITSCOPE_KIND(kind, ...) kind,
  AWAITSCOPE_EVENTS(AWAITSCOPE_KIND)
#undef AWAITSCOPE_KIND
};
enum class Family : std::uint8_t {
  run,
  loop,
  coroutine,
  task,
  scope,
  cancel,
  resource,
  offload,
  blocking,
  service,
  cell,
  user,
  diagnosis,
  loss
};

// The small enumerations that `c` holds.  Their spelling in files is the enumerator's name.
/// Why a task may run again.
enum class WhyReady : std::uint8_t {
  start,
  yield,
  timer,
  future,
  task,
  released,
  set,
  put,
  got,
  notified,
  gather,
  group,
  job,
  cancel,
  other
};
/// What a task that ended its step waits for; `none` where it is done.
enum class Wait : std::uint8_t {
  none,
  yield,
  sleep,
  task,
  future,
  semaphore,
  lock,
  event,
  condition,
  barrier,
  queue_get,
  queue_put,
  queue_join,
  gather,
  group,
  scope,
  job,
  request,
  other
};
enum class Outcome : std::uint8_t { returned, raised, cancelled };
enum class RunOutcome : std::uint8_t { ok, raised, cancelled, hang, limit, stopped };
enum class ScopeType : std::uint8_t { gather, group, timeout, wait_for, shield, wait, as_completed, cancel_scope, nursery };
enum class CancelReason : std::uint8_t { call, timeout, sibling_failed, parent, gather, group_exit, scope, shutdown };
enum class ResourceType : std::uint8_t {
  semaphore,
  lock,
  event,
  condition,
  barrier,
  queue,
  service,
  pool,
  connection,
  cell,
  file,
  other,
  breaker,   ///< a circuit breaker; its level is 0 closed, 1 half open, 2 open
  generator  ///< an async generator that has begun
};
/// refused: too busy; failed: it tried; invalid: the request itself is wrong, and asking again cannot help.
enum class RequestStatus : std::uint8_t { ok, refused, failed, cancelled, invalid };
enum class Diagnosis : std::uint8_t {
  never_awaited,
  never_retrieved,
  destroyed_pending,
  callback_error,
  slow_callback,
  nested_run,
  lost_task,
  misuse,
  hang,
  shutdown_error,
  hand_missed  ///< a hand of the schedule that had nothing to act on
};
enum class TimerUse : std::uint8_t { sleep, call, deadline, external };
/// What a program does with an outcome that it holds as a value: asks what it is, reads its error, leaves it out by a filter;
/// or with a response: looks at its status, reads its body.
enum class OutcomeUse : std::uint8_t { is_exception, is_cancelled, is_ok, error, dropped, status, body };

/// One event as the runtime writes it: 32 bytes, order is position.
struct Record {
  std::int64_t time = 0;   ///< nanoseconds of the loop's clock
  std::uint32_t task = 0;  ///< TaskId
  Seq cause = 0;
  std::uint32_t a = 0, b = 0, d = 0;
  std::uint16_t site = 0;  ///< SiteId; a run with more than 65,534 places calls the rest unknown
  Kind kind = Kind::run_begin;
  std::uint8_t c = 0;
};
static_assert(sizeof(Record) == 32);

/// One event as a reader sees it.
struct Event : Record {
  Seq seq = 0;

  Instant at() const { return {time}; }
  TaskId who() const { return {task}; }
  SiteId where() const { return {site}; }
  /// The 64-bit field of kinds that have one (deadline, due time, length).
  std::int64_t nanoseconds() const { return static_cast<std::int64_t>((std::uint64_t{d} << 32) | b); }
  template <class E>
  E as() const {
    return static_cast<E>(c);
  }  ///< the enumeration in `c`
};

struct FieldInfo {
  std::string_view name;
  Field type = Field::none;
};
struct KindInfo {
  std::string_view name;
  Family family;
  FieldInfo a, b, c, d;
};

/// Name, family and fields of a kind.
const KindInfo& info(Kind kind);
inline constexpr int kind_count = static_cast<int>(Kind::dropped) + 1;
std::optional<Kind> kind_named(std::string_view name);

/// The spelling of a value of an enumeration field ("semaphore"), or "" where the field is no enumeration or the value is
/// out of range: values in a foreign file need not be ours.
std::string_view enum_name(Field type, std::uint8_t value);
std::optional<std::uint8_t> enum_value(Field type, std::string_view name);
inline std::string_view name(Wait w) { return enum_name(Field::wait, static_cast<std::uint8_t>(w)); }
inline std::string_view name(WhyReady w) { return enum_name(Field::why_ready, static_cast<std::uint8_t>(w)); }
inline std::string_view name(Outcome o) { return enum_name(Field::outcome, static_cast<std::uint8_t>(o)); }
inline std::string_view name(RunOutcome o) { return enum_name(Field::run_outcome, static_cast<std::uint8_t>(o)); }
inline std::string_view name(ScopeType s) { return enum_name(Field::scope_type, static_cast<std::uint8_t>(s)); }
inline std::string_view name(CancelReason r) { return enum_name(Field::cancel_reason, static_cast<std::uint8_t>(r)); }
inline std::string_view name(ResourceType r) { return enum_name(Field::resource_type, static_cast<std::uint8_t>(r)); }
inline std::string_view name(RequestStatus s) { return enum_name(Field::status, static_cast<std::uint8_t>(s)); }
inline std::string_view name(Diagnosis d) { return enum_name(Field::diagnosis, static_cast<std::uint8_t>(d)); }
inline std::string_view name(Family f) {
  constexpr std::string_view names[] = {"run",     "loop",     "coroutine", "task", "scope", "cancel",    "resource",
                                        "offload", "blocking", "service",   "cell", "user",  "diagnosis", "loss"};
  return names[static_cast<int>(f)];
}

}  // namespace awaitscope
