// idle-gap: for long nothing ran although work was under way, and the task that ran next had waited all the time: the gap is
// part of how long it took.  What ended the gap says what was waited for.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/findings/blame.h"
#include "core/findings/pending.h"
#include "core/trace/awaited.h"

namespace awaitscope::lints {
namespace {

constexpr double gap_ms = 500;
constexpr std::size_t most_listed = 100;

enum class EndedBy : std::uint8_t { timer, request, job, outside };

struct Gap {
  Instant begin, end;
  TaskId task;                 ///< which ran next
  const Span* wait = nullptr;  ///< its wait
  EndedBy by = EndedBy::outside;
  Seq wake = 0, step = 0;
  Duration length() const { return end - begin; }
};

/// The span that an event begins.
const Span* span_at(const Run& run, TaskId task, Seq first) {
  if (!task || task.value > run.history.lanes.size()) return nullptr;
  const std::vector<Span>& spans = run.history.lanes[task.value - 1].spans;
  const auto found = std::lower_bound(spans.begin(), spans.end(), first, [](const Span& s, Seq seq) { return s.first < seq; });
  return found != spans.end() && found->first == first ? &*found : nullptr;
}

/// The first event on the way back from a wake that says what it came from; steps are the program's own doing.
EndedBy ended_by(const Run& run, const Span& wait, const Event& wake) {
  // A service's answer may come by a timer of the service, which is no timer of the program.
  if (wake.as<WhyReady>() != WhyReady::cancel) {
    if (wait.wait == Wait::request) return EndedBy::request;
    if (wait.wait == Wait::job) return EndedBy::job;
  }
  constexpr int far_enough = 16;
  Event e = wake;
  for (int i = 0; i < far_enough && e.cause && e.cause < e.seq; ++i) {
    e = run.trace[e.cause];
    switch (e.kind) {
      case Kind::timer_fired:
      case Kind::scope_expired: return EndedBy::timer;
      case Kind::request_end: return EndedBy::request;
      case Kind::job_ended: return EndedBy::job;
      case Kind::step_begin: return EndedBy::outside;
      default: break;
    }
  }
  return wake.as<WhyReady>() == WhyReady::timer ? EndedBy::timer : EndedBy::outside;
}

/// The gap before a step, if its task waited all the time for something other than its own sleep.
std::optional<Gap> gap_before(const Run& run, Seq last_step, Seq next_step) {
  const Span* last = span_at(run, run.trace[last_step].who(), last_step);
  const Event next = run.trace[next_step];
  const Span* step = span_at(run, next.who(), next_step);
  if (!last || !last->last || !step) return {};
  const std::vector<Span>& spans = run.history.lanes[next.task - 1].spans;
  const auto index = static_cast<std::size_t>(step - spans.data());
  if (index < 2 || spans[index - 1].phase != Phase::ready || spans[index - 2].phase != Phase::waiting) return {};
  const Span& wait = spans[index - 2];
  const Event wake = run.trace[spans[index - 1].first];
  if (wait.begin > last->end || wait.wait == Wait::sleep || wake.kind != Kind::task_ready) return {};
  return Gap{last->end, step->begin, next.who(), &wait, ended_by(run, wait, wake), wake.seq, next_step};
}

/// "request report to api", "job hash": what it waited for, as far as that is known.
std::string waited_for(const Run& run, const Gap& gap) {
  const std::uint32_t object = gap.wait->object;
  if (gap.wait->wait == Wait::request) {
    const auto& all = run.history.requests;
    const auto later =
        std::lower_bound(all.begin(), all.end(), gap.wait->first, [](const Request& r, Seq seq) { return r.begun < seq; });
    for (auto r = later; r != all.begin() && later - r < 1000;)  // it was made in the step before the wait
      if ((--r)->id.value == object)
        return fmt::format("request {} to {}", plain(run.trace.text(r->what.value)), run.name_of(r->service));
    return "a request";
  }
  switch (awaited(gap.wait->wait)) {
    case Awaited::task: return object ? "task " + run.name_of(TaskId{object}) : "a task";
    case Awaited::job: return "a job on a worker";
    case Awaited::resource: return object ? run.name_of(ResourceId{object}) : std::string(name(gap.wait->wait));
    case Awaited::scope: return "its children";
    default: return gap.wait->wait == Wait::future ? "a future" : "something";
  }
}

std::string_view ending(EndedBy by) {
  constexpr std::array<std::string_view, 4> words = {"a timer ended it: its time was up", "the answer ended it",
                                                     "the end of the job ended it", "something outside the loop ended it"};
  return words[static_cast<std::size_t>(by)];
}

/// Gaps of one place.
struct Place {
  Gap worst;
  std::size_t count = 0;
  Duration sum{};
  std::set<TaskId> tasks;
};

Finding told(const Run& run, const Pending& pending, const Place& place) {
  const Gap& gap = place.worst;
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, gap.step);
  f.site = run.trace.site(gap.wait->site);
  f.begin = gap.begin;
  f.end = gap.end;
  f.tasks = {gap.task};
  for (const TaskId task : place.tasks)
    if (task != gap.task && f.tasks.size() < most_listed) f.tasks.push_back(task);
  f.evidence = {gap.wait->first, gap.wake, gap.step};
  const std::size_t under_way = pending.count(gap.begin, gap.end);
  f.sentence = fmt::format("nothing ran for {} from {} s on, with {} under way, and task {} waited for {}{}: {}",
                           show(gap.length()), seconds(gap.begin, 3), counted(under_way, "operation"), run.name_of(gap.task),
                           waited_for(run, gap), at(f.site), ending(gap.by));
  if (place.count > 1) f.sentence += fmt::format("; {} such gaps there, {} together", place.count, show(place.sum));
  return f;
}

std::vector<Finding> check(const Run& run) {
  // In virtual time nobody waits: how long an answer takes is the program's own assumption.
  if (run.trace.info.clock != "steady") return {};
  const Duration least = milliseconds(run.setting("idle-gap.gap_ms", gap_ms));
  const std::vector<Seq>& steps = run.once<EventIndex>().of(Kind::step_begin);
  std::vector<Gap> gaps;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (run.trace[steps[i]].at() - run.trace[steps[i - 1]].at() < least) continue;
    if (const auto gap = gap_before(run, steps[i - 1], steps[i]); gap && gap->length() >= least) gaps.push_back(*gap);
  }
  if (gaps.empty()) return {};
  const Pending pending(run);
  std::map<std::pair<SiteId, EndedBy>, Place> places;
  for (const Gap& gap : gaps) {
    if (!pending.any(gap.begin, gap.end)) continue;
    Place& place = places[{gap.wait->site, gap.by}];
    if (place.count++ == 0 || gap.length() > place.worst.length()) place.worst = gap;
    place.sum += gap.length();
    place.tasks.insert(gap.task);
  }
  std::vector<Finding> out;
  for (const auto& [where, place] : places) out.push_back(told(run, pending, place));
  return out;
}

}  // namespace

Lint idle_gap() {
  return {"idle-gap",
          "nothing runs for long while requests or jobs are under way, and a task waits for them",
          "start what does not need each other together, give the wait a time limit, or do other work meanwhile",
          "",
          {{"gap_ms", gap_ms}},
          check};
}

}  // namespace awaitscope::lints
