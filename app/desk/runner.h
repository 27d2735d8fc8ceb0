#pragma once
// A scenario that runs on a thread of its own; its events arrive through the queue.
#include <atomic>
#include <thread>

#include "core/trace/queue_sink.h"
#include "scenarios/scenario.h"

namespace awaitscope::desk {

/// What to run.
struct Program {
  const Scenario* scenario = nullptr;
  std::string variant;
  Settings settings;
  Schedule schedule;
  bool live = false;  ///< on the steady clock, with a bounded queue
};

/// What a trace of this program says about itself.
TraceInfo info_of(const Program& program);

/// Where a run is held.
struct Hold {
  bool closed = false;  ///< before its first step
  Seq at = 0;           ///< once this event is recorded, 0: nowhere
};

class Runner {
 public:
  /// Starts it.  `arrived` is called on the run's thread when events were handed over, when it stands at a closed gate, and
  /// when the run has ended.
  explicit Runner(Program program, std::function<void()> arrived = {}, const Hold& hold = {});
  /// Ends the run at its next step and waits for its thread.
  ~Runner();
  Runner(const Runner&) = delete;

  /// Takes over what has arrived; never blocks.  True if there was anything.
  bool pump(Trace& trace);
  /// The run has ended and everything was pumped.
  bool finished() const { return ended_.load(std::memory_order_acquire) && drained_; }
  /// It stands at its closed gate, and everything was pumped.
  bool standing() const { return gate_.standing() && gate_.stands() == pumped_stand_; }
  /// Sleeps until the run has ended.
  void wait() { ended_.wait(false, std::memory_order_acquire); }
  runtime::Gate& gate() { return gate_; }
  /// After finished().
  const runtime::RunResult& result() const { return result_; }

 private:
  class Notifier;
  Program program_;
  std::function<void()> arrived_;
  QueueSink queue_;
  runtime::Gate gate_;
  runtime::RunResult result_;
  std::atomic<bool> ended_{false};
  bool drained_ = false;
  std::uint64_t pumped_stand_ = 0;  ///< what was recorded before it is all here
  std::thread thread_;
};

/// Who looks on while a run is recorded.
struct Watch {
  const std::atomic<bool>* interrupted = nullptr;  ///< once true, the run ends at its next step
  /// Called when events have arrived; an error ends the run and is what `record` returns.
  std::function<Status(const Trace& trace)> arrived;
};
/// Runs it to its end and gives the whole trace.
Result<Trace> record(const Program& program, const Watch& watch = {});

}  // namespace awaitscope::desk
