// executor-saturated: calls handed to threads stand in line, for a free worker or for the interpreter lock.
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double info_ms = 10, warning_ms = 100;

struct Call {
  Event submitted;
  Instant began, ended, paused_at;
  Seq started = 0, over = 0, pause = 0;
  Duration paused{};
  bool in_line = false;  ///< others were at work or in line before it
  std::uint32_t pauses = 0;
};

struct Pool {
  std::vector<Call> calls;  ///< in order of submission
  std::size_t most_at_work = 0;
};

Pool read(const Run& run) {
  Pool pool;
  std::unordered_map<std::uint32_t, std::size_t> by_job;
  std::size_t open = 0, at_work = 0;
  for (const Event& e :
       run.events({Kind::job_submitted, Kind::job_started, Kind::job_paused, Kind::job_resumed, Kind::job_ended})) {
    if (e.kind == Kind::job_submitted) {
      by_job[e.a] = pool.calls.size();
      Call call;
      call.submitted = e;
      call.in_line = open++ > 0;
      pool.calls.push_back(call);
      continue;
    }
    const auto found = by_job.find(e.a);
    if (found == by_job.end()) continue;  // its beginning is lost
    Call& call = pool.calls[found->second];
    if (call.over) continue;
    if (call.pause && e.kind != Kind::job_paused) call.paused += e.at() - call.paused_at, call.pause = 0;
    switch (e.kind) {
      case Kind::job_started:
        call.began = e.at();
        call.started = e.seq;
        pool.most_at_work = std::max(pool.most_at_work, ++at_work);
        break;
      case Kind::job_paused:
        call.paused_at = e.at();
        call.pause = e.seq;
        ++call.pauses;
        break;
      case Kind::job_ended:
        call.ended = e.at();
        call.over = e.seq;
        --open;
        if (call.started) --at_work;
        break;
      default: break;
    }
  }
  for (Call& call : pool.calls) {  // cut off by the end of the trace
    if (call.pause) call.paused += run.trace.end() - call.paused_at;
    if (!call.over) call.ended = run.trace.end();
    if (!call.started) call.began = call.ended;
  }
  return pool;
}

Severity severity(const Run& run, Duration wait) {
  return static_cast<double>(wait.count()) / 1e6 >= run.setting("executor-saturated.warning_ms", warning_ms) ? Severity::warning
                                                                                                             : Severity::info;
}

void about(const Run& run, const Call& worst, Finding& f) {
  f.site = run.trace.site(worst.submitted.where());
  if (worst.submitted.task) f.tasks.push_back(worst.submitted.who());
  f.evidence.push_back(worst.submitted.seq);
}

std::vector<Finding> check(const Run& run) {
  const auto least = Duration{static_cast<std::int64_t>(run.setting("executor-saturated.info_ms", info_ms) * 1e6)};
  const Pool pool = read(run);
  std::vector<Finding> out;
  const Call *slowest = nullptr, *longest = nullptr;
  std::size_t queued = 0, slowed = 0;
  Duration paused{};
  const auto wait_of = [](const Call& call) { return call.began - call.submitted.at(); };
  for (const Call& call : pool.calls) {
    if (call.in_line && wait_of(call) >= least) {
      ++queued;
      if (!slowest || wait_of(call) > wait_of(*slowest)) slowest = &call;
    }
    if (call.pauses) {
      ++slowed;
      paused += call.paused;
      if (!longest || call.paused > longest->paused) longest = &call;
    }
  }
  if (slowest) {
    Finding f;
    f.severity = severity(run, wait_of(*slowest));
    f.confidence = sureness(run, slowest->started ? slowest->started : slowest->over);
    about(run, *slowest, f);
    f.sentence = fmt::format("{} of {} waited for a free worker, the longest {}{}: no more than {} could work at once", queued,
                             counted(pool.calls.size(), "call"), show(wait_of(*slowest)), at(f.site), pool.most_at_work);
    f.begin = slowest->submitted.at();
    f.end = slowest->began;
    if (slowest->started) f.evidence.push_back(slowest->started);
    out.push_back(std::move(f));
  }
  if (longest && longest->paused >= least) {
    Finding f;
    f.severity = severity(run, longest->paused);
    f.confidence = sureness(run, longest->over);
    about(run, *longest, f);
    f.sentence = fmt::format(
        "{} in threads shared one interpreter lock{}: only one computed at a time, and they waited {} for it in all; {} of the "
        "{} that the slowest took",
        counted(slowed, "call"), at(f.site), show(paused), show(longest->paused), show(longest->ended - longest->began));
    f.advice = "threads hide waiting, not work: compute in processes, or in an interpreter without the lock";
    f.begin = longest->began;
    f.end = longest->ended;
    if (longest->over) f.evidence.push_back(longest->over);
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint executor_saturated() {
  return {"executor-saturated",
          "calls handed to threads wait for a free worker, or for the interpreter lock",
          "give these calls a pool of their own with as many workers as may wait at once, or use an async client",
          "threads_are_not_cores",
          {{"info_ms", info_ms}, {"warning_ms", warning_ms}},
          check};
}

}  // namespace awaitscope::lints
