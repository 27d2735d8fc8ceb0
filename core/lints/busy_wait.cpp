// busy-wait: a task sleeps shortly again and again at one place, does nothing in between, and at last goes on: it asks whether
// something has happened instead of waiting for it.  A ticker, which never comes to an end, is right.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/findings/deeds.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double sleeps_count = 10, sleep_ms = 50, work_ms = 1;
constexpr std::size_t most_listed = 100;

/// Sleeps at one place, one after another; indices of spans.
struct Poll {
  TaskId task;
  std::size_t first = 0, last = 0;  ///< the first and the last sleep
  std::size_t count = 0;
  Seq looked = 0;  ///< the last read of a shared value in between; 0: none is recorded
  std::uint32_t cell = 0;
  bool looks_each_time = false;
};

class Search {
 public:
  explicit Search(const Run& run)
      : run_(run),
        least_(static_cast<std::size_t>(std::max(1.0, run.setting("busy-wait.sleeps_count", sleeps_count)))),
        short_(static_cast<std::int64_t>(run.setting("busy-wait.sleep_ms", sleep_ms) * 1e6)),
        work_(static_cast<std::int64_t>(run.setting("busy-wait.work_ms", work_ms) * 1e6)) {}

  /// The runs of short sleeps of a lane; `closely`: by what is done in between, else those that may be polls.
  std::vector<Poll> polls(const Lane& lane, bool closely) const;
  /// Whether it came to an end of its own: the task did something else then.
  bool went_on(const Poll& poll) const;
  void look(std::vector<Poll>& polls) const;

 private:
  const Run& run_;
  const std::size_t least_;
  const Duration short_, work_;
};

std::vector<Poll> Search::polls(const Lane& lane, bool closely) const {
  std::vector<Poll> out;
  Poll now;
  const auto close = [&] {
    if (now.count >= least_) out.push_back(now);
    now = {};
  };
  for (std::size_t i = 0; i < lane.spans.size(); ++i) {
    const Span& span = lane.spans[i];
    if (span.phase == Phase::running) {
      const bool works = span.end - span.begin >= work_ || span.asked_to_stop ||
                         (closely && now.count && did_something(run_, lane.task, span));
      if (works) close();
    } else if (span.phase == Phase::ready && lane.spans[i ? i - 1 : 0].phase == Phase::running) {
      close();  // it gave way between
    } else if (span.phase == Phase::waiting) {
      const bool is_short = span.wait == Wait::sleep && span.end - span.begin <= short_ && span.end > span.begin && span.last;
      if (!is_short || (now.count && lane.spans[now.last].site != span.site)) close();
      if (!is_short) continue;
      if (now.count++ == 0) now.first = i;
      now.task = lane.task;
      now.last = i;
    }
  }
  close();
  return out;
}

bool Search::went_on(const Poll& poll) const {
  const std::vector<Span>& spans = run_.history.lanes[poll.task.value - 1].spans;
  const auto step = std::find_if(spans.begin() + static_cast<std::ptrdiff_t>(poll.last), spans.end(),
                                 [](const Span& s) { return s.phase == Phase::running; });
  if (step == spans.end() || step->last == 0 || step->asked_to_stop) return false;
  const Event end = run_.trace[step->last];
  if (end.kind == Kind::task_done) return end.as<Outcome>() != Outcome::cancelled;
  return end.as<Wait>() != Wait::sleep || end.where() != spans[poll.last].site || did_something(run_, poll.task, *step);
}

/// What shared value each poll reads between its sleeps.
void Search::look(std::vector<Poll>& polls) const {
  std::map<std::uint32_t, std::vector<Event>> reads;
  for (const Poll& poll : polls) reads[poll.task.value];
  for (const Event& e : run_.events({Kind::cell_read}))
    if (const auto found = reads.find(e.task); found != reads.end()) found->second.push_back(e);
  for (Poll& poll : polls) {
    const std::vector<Span>& spans = run_.history.lanes[poll.task.value - 1].spans;
    const std::vector<Event>& of = reads[poll.task.value];
    const auto before = [](const Event& e, Seq seq) { return e.seq < seq; };
    const auto from = std::lower_bound(of.begin(), of.end(), spans[poll.first].first, before);
    const auto to = std::lower_bound(from, of.end(), spans[poll.last].first, before);
    const bool one_cell = std::all_of(from, to, [&](const Event& e) { return e.a == from->a; });
    if (from == to || !one_cell) continue;
    poll.looked = std::prev(to)->seq;
    poll.cell = from->a;
    poll.looks_each_time = static_cast<std::size_t>(to - from) + 1 >= poll.count;
  }
}

/// Of one place.
struct Place {
  Poll worst;
  std::size_t count = 0;
  std::vector<TaskId> tasks;
};

Finding told(const Run& run, const Place& place) {
  const Poll& poll = place.worst;
  const std::vector<Span>& spans = run.history.lanes[poll.task.value - 1].spans;
  const Span &first = spans[poll.first], &last = spans[poll.last];
  Duration longest{};
  for (std::size_t i = poll.first; i <= poll.last; ++i)
    if (spans[i].phase == Phase::waiting) longest = std::max(longest, spans[i].end - spans[i].begin);
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, last.last);
  if (f.confidence == Confidence::proven && !poll.looks_each_time) f.confidence = Confidence::likely;
  f.site = run.trace.site(first.site);
  f.begin = first.begin;
  f.end = last.end;
  f.tasks = {poll.task};
  for (const TaskId task : place.tasks)
    if (task != poll.task && f.tasks.size() < most_listed) f.tasks.push_back(task);
  f.evidence = {first.first, last.last};
  std::string between = "did nothing that is recorded in between";
  if (poll.cell) {
    between = "in between only looked at " + run.name_of(ResourceId{poll.cell});
    f.resources = {ResourceId{poll.cell}};
    f.evidence.push_back(poll.looked);
  }
  f.sentence = fmt::format("task {} slept {} times in a row{}, {} at most, and {}: it asked for {} instead of waiting",
                           run.name_of(poll.task), poll.count, at(f.site), show(longest), between, show(f.end - f.begin));
  if (place.count > 1) f.sentence += fmt::format("; {} there", counted(place.count - 1, "more such wait"));
  return f;
}

std::vector<Finding> check(const Run& run) {
  const Search search(run);
  std::vector<Poll> all;
  const double least = run.setting("busy-wait.sleeps_count", sleeps_count);
  for (const TaskModel& task : run.history.model.tasks) {
    const Lane& lane = run.history.lanes[task.id.value - 1];
    if (task.steps <= least || search.polls(lane, false).empty()) continue;
    for (const Poll& poll : search.polls(lane, true)) all.push_back(poll);
  }
  if (all.empty()) return {};
  search.look(all);
  std::map<SiteId, Place> places;
  for (const Poll& poll : all) {
    if (!poll.looks_each_time && !search.went_on(poll)) continue;
    Place& place = places[run.history.lanes[poll.task.value - 1].spans[poll.first].site];
    if (place.count++ == 0 || poll.count > place.worst.count) place.worst = poll;
    if (place.tasks.empty() || place.tasks.back() != poll.task) place.tasks.push_back(poll.task);
  }
  std::vector<Finding> out;
  for (const auto& [site, place] : places) out.push_back(told(run, place));
  return out;
}

}  // namespace

Lint busy_wait() {
  return {"busy-wait",
          "a task sleeps shortly again and again, only to look whether it may go on",
          "wait for it: an event, a condition, a queue or the task itself wakes who waits, at once and without asking",
          "",
          {{"sleeps_count", sleeps_count}, {"sleep_ms", sleep_ms}, {"work_ms", work_ms}},
          check};
}

}  // namespace awaitscope::lints
