#pragma once
// The whole run as values to draw and to judge: lanes of spans, flows, counters, stalls, cancellations.
#include <unordered_map>
#include <vector>

#include "core/model/model.h"

namespace awaitscope {

/// A stretch of one task's life in one phase.  In virtual time a running span is usually of length zero.
struct Span {
  Instant begin, end;
  Phase phase = Phase::created;
  Wait wait = Wait::none;      ///< for waiting
  std::uint32_t object = 0;    ///< what it waits for
  SiteId site;                 ///< running: where the step ended or blocked; waiting: the await
  Seq first = 0, last = 0;     ///< the events that begin and end it; last 0: cut off by the end of the trace
  bool asked_to_stop = false;  ///< a cancel was delivered and the task has not ended
  bool cleanup = false;        ///< ... and the error is still held: clean-up, not disobedience
  bool operator==(const Span&) const = default;
};

struct Lane {
  TaskId task;
  std::vector<Span> spans;  ///< in order, without gaps between creation and end
  bool operator==(const Lane&) const = default;
};

enum class FlowType : std::uint8_t { spawn, wake, cancel };
/// An arrow: an event of one task led to an event of another.
struct Flow {
  FlowType type = FlowType::wake;
  Seq from = 0, to = 0;
  TaskId source, target;  ///< source 0: the loop
  Instant begin, end;
  bool operator==(const Flow&) const = default;
};

/// A resource's occupancy after each change.
struct Counter {
  ResourceId resource;
  struct Point {
    Instant time;
    std::uint32_t value = 0, waiters = 0;  ///< value: used permits, items or requests in flight
    Seq seq = 0;
    bool operator==(const Point&) const = default;
  };
  std::vector<Point> points;
  bool operator==(const Counter&) const = default;
};

/// A step or callback that took time: it held the loop.  `last` 0: cut off by the end of the trace.
struct Stall {
  Instant begin, end;
  TaskId task;
  SiteId site;  ///< of the blocking call, else where the step ended
  TextId what;  ///< the blocking call's name, 0: none
  Seq first = 0, last = 0;
  bool operator==(const Stall&) const = default;
};

/// One pass of the loop.
struct Tick {
  Instant begin, busy_end, end;  ///< busy from begin to busy_end, then idle
  std::uint32_t number = 0, ready = 0;
  Seq first = 0;
  bool operator==(const Tick&) const = default;
};

/// One cancel request and what became of it.
struct Cancellation {
  Seq requested = 0;
  TaskId target, by;  ///< by 0: the loop (a deadline, the shutdown)
  ScopeId scope;      ///< the scope that asked, 0: none
  CancelReason why = CancelReason::call;
  TextId message;
  SiteId asked_at;
  Seq parent = 0;  ///< the request that led to this one (passed down to a child), 0: a root
  Seq delivered = 0;
  SiteId delivered_at;
  enum class End : std::uint8_t { pending, cancelled, swallowed, caught, lost } end = End::pending;
  Seq ended = 0;  ///< the event that decided `end`
  Instant requested_time, delivered_time, ended_time;
  Instant task_ended;  ///< when the target really ended
  bool task_over = false;
  bool operator==(const Cancellation&) const = default;
};

/// An operation of a service as its caller saw it.
struct Request {
  RequestId id;
  ResourceId service;
  TaskId task;
  TextId what;
  SiteId site;
  std::uint32_t attempt = 0;  ///< above 1: a retry
  Seq begun = 0, ended = 0;   ///< ended 0: never
  Instant begin, end;
  RequestStatus status = RequestStatus::ok;
  std::vector<Seq> inputs;  ///< events whose values its arguments came from
  bool operator==(const Request&) const = default;
};

struct Mark {
  Seq seq = 0;
  Instant time;
  TaskId task;
  TextId text;
  Kind kind = Kind::log;  ///< log, bookmark, annotation, intervened or diagnosed
  bool operator==(const Mark&) const = default;
};

/// A function in a worker thread.
struct Job {
  JobId id;
  TaskId task;  ///< who submitted it
  TextId function;
  SiteId site;
  std::uint32_t worker = 0;  ///< from 1; 0: not started
  Seq submitted = 0, started = 0, ended = 0;
  Instant submitted_time, begin, end;  ///< begin, end: in the worker
  Outcome outcome = Outcome::returned;
  /// It waited for the interpreter lock.
  struct Pause {
    Instant begin, end;
    Seq first = 0, last = 0;
    bool operator==(const Pause&) const = default;
  };
  std::vector<Pause> pauses;
  bool operator==(const Job&) const = default;
};

/// A task failed while no scope watched it: its error waits for a reader.
struct Unseen {
  TaskId task, by;           ///< by: who took the error, where `seen`
  Seq failed = 0, seen = 0;  ///< seen 0: nobody did
  Instant failed_time, seen_time;
  bool operator==(const Unseen&) const = default;
};

/// A shared cell was read or written.
struct Access {
  Seq seq = 0;
  Instant time;
  TaskId task;
  ResourceId cell;
  std::uint32_t version = 0;  ///< the number of writes so far, a write's own counted
  std::uint32_t lost = 0;     ///< of a write: how many writes of others came after the reading that it rests on
  bool write = false;
  bool operator==(const Access&) const = default;
};

/// A named stretch of a task's program.
struct RegionSpan {
  TaskId task;
  TextId name;
  Seq first = 0, last = 0;  ///< last 0: still open
  Instant begin, end;
  bool operator==(const RegionSpan&) const = default;
};

/// A coroutine that was made and thrown away before its first step.
struct Unstarted {
  Seq seq = 0;
  Instant time;
  TaskId task;  ///< who threw it away
  TextId function;
  SiteId site;
  bool operator==(const Unstarted&) const = default;
};

/// All of it, built in one pass and extended as the trace grows.
struct History {
  Model model;              ///< after the last event
  std::vector<Lane> lanes;  ///< task id - 1
  std::vector<Flow> flows;
  std::vector<Counter> counters;  ///< resource id - 1
  std::vector<Stall> steps;       ///< every step or callback of a length above zero, in order
  std::vector<Tick> ticks;
  std::vector<Cancellation> cancellations;
  std::vector<Request> requests;
  std::vector<Mark> marks;
  std::vector<Job> jobs;       ///< in the order of their submission
  std::vector<Unseen> unseen;  ///< in the order of their failure
  std::vector<Access> accesses;
  std::vector<RegionSpan> regions;  ///< in the order of their beginnings
  std::vector<Unstarted> unstarted;
  std::vector<Seq> losses;  ///< the events that say that events were dropped
  Instant end;

  /// Takes in what the trace has gained since the last call.
  void extend(const Trace& trace);
  bool operator==(const History&) const = default;

  /// What is still open after the last event: the builder's own, of no use to readers.
  struct Unfinished {
    Stall step;  ///< first 0: none
    Instant block_begin;
    SiteId block_site;
    TextId block_what;
    bool blocking = false;
    Duration longest_block{-1};
    bool idle = false;                 ///< the current tick has ended its work
    std::vector<std::uint32_t> lanes;  ///< of tasks that are not done
    struct Cancels {
      std::vector<std::uint32_t> requested, delivered, swallowed, all;  ///< indices of cancellations
      bool operator==(const Cancels&) const = default;
    };
    std::unordered_map<std::uint32_t, Cancels> cancels;                     ///< by task
    std::unordered_map<std::uint32_t, std::uint32_t> requests;              ///< index by request id
    std::unordered_map<std::uint32_t, std::uint32_t> jobs;                  ///< index by job id
    std::unordered_map<std::uint32_t, std::uint32_t> unseen;                ///< index by task
    std::unordered_map<std::uint32_t, std::uint32_t> scope_of;              ///< the last scope that a task became a child of
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> regions;  ///< indices by task, the innermost last
    bool operator==(const Unfinished&) const = default;
  } unfinished;
};

/// A history of the whole trace.
History history_of(const Trace& trace);

}  // namespace awaitscope
