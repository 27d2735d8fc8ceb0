// timer-leak: a function set a timer, failed, and left it armed.
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

/// A timer that a task set with call_later, and the call within which it did.
struct Armed {
  Event set;
  std::uint32_t frame = 0;  ///< 0: the task's own function
  Seq left = 0;             ///< the event at which that call failed while the timer stood
  Instant left_at;
  Seq fired = 0;  ///< afterwards, for nobody
  Instant fired_at;
};

Finding blamed(const Run& run, const Armed& timer, const std::string& function, bool cleared_elsewhere) {
  Finding f;
  f.confidence = sureness(run, !run.history.model.ended ? 0 : timer.fired ? timer.fired : run.trace.size());
  // A timer may be meant to outlive its function; where others of the same place are taken back, it is not.
  if (f.confidence == Confidence::proven && !cleared_elsewhere) f.confidence = Confidence::likely;
  f.site = run.trace.site(timer.set.where());
  f.begin = timer.set.at();
  f.end = Instant{timer.set.nanoseconds()};
  f.tasks.push_back(timer.set.who());
  f.evidence = {timer.left, timer.set.seq};
  if (timer.fired) f.evidence.push_back(timer.fired);
  const std::string fate = timer.fired ? fmt::format("it fired at {} s, for nobody", seconds(timer.fired_at, 3))
                                       : fmt::format("it stood armed at the end, until {} s", seconds(f.end, 3));
  f.sentence = fmt::format("{} of task {} set a timer of {}{}, failed at {} s and left it behind; {}", function,
                           run.name_of(timer.set.who()), show(f.end - f.begin), at(f.site), seconds(timer.left_at, 3), fate);
  return f;
}

/// Set by a task with call_later: no sleep, no deadline.
bool by_call(const Event& e) { return e.task && e.as<TimerUse>() == TimerUse::call; }

bool any_by_call(const Run& run) {
  for (const Event& e : run.events({Kind::timer_set}))
    if (by_call(e)) return true;
  return false;
}

std::vector<Finding> check(const Run& run) {
  if (!any_by_call(run)) return {};
  std::unordered_map<std::uint32_t, std::vector<std::pair<std::uint32_t, TextId>>> calls;  // of each task, innermost last
  std::map<std::uint32_t, Armed> armed;                                                    // by timer
  std::unordered_map<std::uint32_t, std::string> names;                                    // of the calls that left one
  std::set<std::uint16_t> cleared;                                                         // places
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> of_call;   // timers that a task's call set
  const auto leave = [&](std::uint32_t task, std::uint32_t frame, const std::string& name, const Event& e) {
    const auto mine = of_call.find({task, frame});
    if (mine == of_call.end()) return;
    for (const std::uint32_t id : mine->second) {
      const auto timer = armed.find(id);
      if (timer == armed.end() || timer->second.set.task != task || timer->second.frame != frame) continue;
      if (e.as<Outcome>() == Outcome::returned) {  // it was meant to outlive its function
        armed.erase(timer);
        continue;
      }
      timer->second.left = e.seq;
      timer->second.left_at = e.at();
      names[id] = name;
    }
    of_call.erase(mine);
  };
  for (const Event& e : run.events(
           {Kind::coro_begin, Kind::coro_end, Kind::task_done, Kind::timer_set, Kind::timer_cancelled, Kind::timer_fired})) {
    switch (e.kind) {
      case Kind::coro_begin: calls[e.task].emplace_back(e.a, TextId{e.b}); break;
      case Kind::coro_end: {
        auto& mine = calls[e.task];
        for (std::size_t i = mine.size(); i-- > 0;)
          if (mine[i].first == e.a) {
            leave(e.task, e.a, plain(run.trace.text(mine[i].second.value)), e);
            mine.erase(mine.begin() + static_cast<std::ptrdiff_t>(i));
            break;
          }
        break;
      }
      case Kind::task_done:
        leave(e.task, 0, "the function", e);
        calls.erase(e.task);
        break;
      case Kind::timer_set:
        if (!by_call(e)) break;
        armed[e.a] = {.set = e, .frame = calls[e.task].empty() ? 0 : calls[e.task].back().first, .left_at = {}, .fired_at = {}};
        of_call[{e.task, armed[e.a].frame}].push_back(e.a);
        break;
      case Kind::timer_cancelled:
        if (const auto timer = armed.find(e.a); timer != armed.end()) {
          cleared.insert(timer->second.set.site);
          armed.erase(timer);
        }
        break;
      case Kind::timer_fired:
        if (const auto timer = armed.find(e.a); timer != armed.end()) {
          if (timer->second.left) timer->second.fired = e.seq, timer->second.fired_at = e.at();
          else armed.erase(timer);
        }
        break;
      default: break;
    }
  }
  std::vector<Finding> out;
  for (const auto& [id, timer] : armed)
    if (timer.left) out.push_back(blamed(run, timer, names[id], cleared.contains(timer.set.site)));
  return out;
}

}  // namespace

Lint timer_leak() {
  return {"timer-leak",
          "a function that failed leaves a timer armed that it had set",
          "clear the timer on every path: in a finally, or in the destructor of something that lives as long as the work",
          "js_abort_controller",
          {},
          check};
}

}  // namespace awaitscope::lints
