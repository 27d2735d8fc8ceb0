// cancel-does-not-stop-thread: a cancelled task let go of its thread, and the call in it went on.
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double info_ms = 1, warning_ms = 100;

struct Left {
  Event cancel;
  std::uint32_t worker = 0;
};

Finding told(const Run& run, const Left& left, Instant end, Seq ended) {
  const Duration length = end - left.cancel.at();
  Finding f;
  f.severity = static_cast<double>(length.count()) / 1e6 >= run.setting("cancel-does-not-stop-thread.warning_ms", warning_ms)
                   ? Severity::warning
                   : Severity::info;
  f.confidence = sureness(run, ended);
  f.site = run.trace.site(left.cancel.where());
  f.sentence = fmt::format("{} was cancelled{} after {}, but the call it had handed to worker {} went on for {}{}",
                           task_named(run, left.cancel.who()), at(f.site), show(Duration{left.cancel.time}), left.worker,
                           ended ? "" : "at least ", show(length));
  f.begin = left.cancel.at();
  f.end = end;
  f.tasks.push_back(left.cancel.who());
  f.evidence.push_back(left.cancel.seq);
  if (ended) f.evidence.push_back(ended);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const double least = run.setting("cancel-does-not-stop-thread.info_ms", info_ms);
  std::unordered_map<std::uint32_t, std::uint32_t> at_work, waits_for;  // job: its worker; task: its job
  std::unordered_map<std::uint32_t, Left> left;                         // by job
  std::vector<Finding> out;
  const auto judge = [&](const Left& one, Instant end, Seq ended) {
    if (static_cast<double>((end - one.cancel.at()).count()) / 1e6 >= least) out.push_back(told(run, one, end, ended));
  };
  for (const Event& e : run.events({Kind::job_started, Kind::job_ended, Kind::step_end, Kind::cancel_delivered})) {
    switch (e.kind) {
      case Kind::job_started: at_work[e.a] = e.b; break;
      case Kind::job_ended:
        at_work.erase(e.a);
        if (const auto one = left.find(e.a); one != left.end()) {
          judge(one->second, e.at(), e.seq);
          left.erase(one);
        }
        break;
      case Kind::step_end:
        if (e.as<Wait>() == Wait::job) waits_for[e.task] = e.a;
        else waits_for.erase(e.task);
        break;
      case Kind::cancel_delivered:
        if (const auto job = waits_for.find(e.task); job != waits_for.end())
          if (const auto worker = at_work.find(job->second); worker != at_work.end())
            left.emplace(job->second, Left{e, worker->second});
        break;
      default: break;
    }
  }
  std::vector<Left> cut;
  for (const auto& [job, one] : left) cut.push_back(one);
  std::sort(cut.begin(), cut.end(), [](const Left& a, const Left& b) { return a.cancel.seq < b.cancel.seq; });
  for (const Left& one : cut) judge(one, run.trace.end(), 0);
  return out;
}

}  // namespace

Lint cancel_does_not_stop_thread() {
  return {"cancel-does-not-stop-thread",
          "a task is cancelled while its call runs in a thread, which goes on",
          "give the call a timeout of its own, or a flag that it looks at; a cancel only ends the waiting",
          "threads_are_not_cores",
          {{"info_ms", info_ms}, {"warning_ms", warning_ms}},
          check};
}

}  // namespace awaitscope::lints
