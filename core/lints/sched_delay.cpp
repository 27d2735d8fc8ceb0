// sched-delay: a task could run and had to wait for its turn.  The steps that ran instead are to blame, not the task that
// waited.
#include <map>

#include <fmt/format.h>

#include "core/findings/blame.h"
#include "core/findings/passes.h"

namespace awaitscope::lints {
namespace {

constexpr double warning_ms = 5, error_ms = 50;
constexpr std::size_t most_victims = 100;  ///< that are listed as tasks and evidence; all are counted

bool worse(const Delay& a, const Delay& b) { return a.length() != b.length() ? a.length() > b.length() : a.wake < b.wake; }

/// Delays with the same longest step; the worst is the first.
struct Group {
  std::size_t culprit = 0;
  std::vector<const Delay*> victims;
  Duration worst() const { return victims.front()->length(); }
};

/// Groups whose culprits stand at one place, and what they count for; `worst` is the one to tell of.
struct Place {
  Group worst;
  std::size_t groups = 0, victims = 0;
};

class Judge {
 public:
  explicit Judge(const Run& run)
      : run_(run),
        steps_(run.history.steps),
        longest_(steps_),
        passes_(stalled_passes(run)),
        slow_(milliseconds(run.setting("slow-step.warning_ms", slow_step_ms))),
        error_(milliseconds(run.setting("sched-delay.error_ms", error_ms))) {}

  std::vector<Group> groups(const std::vector<Delay>& all) const;
  Severity severity(const Group& group) const;
  Finding finding(Place place, Severity severity) const;
  /// What nothing that was recorded explains.
  Finding unexplained(Group group) const;

 private:
  bool told_elsewhere(const Group& group) const;
  bool gives_way(const Group& group) const;
  Finding about(Group& group) const;
  std::string victims(const Group& group) const;

  const Run& run_;
  const std::vector<Stall>& steps_;
  const LongestStep longest_;
  const std::vector<Pass> passes_;
  const Duration slow_, error_;
};

std::vector<Group> Judge::groups(const std::vector<Delay>& all) const {
  std::vector<Group> out;
  std::vector<std::size_t> group_of(steps_.size() + 1);  // counted from 1
  for (const Delay& d : all) {
    const std::size_t step = d.from < d.to ? culprit(run_, longest_, d) : steps_.size();
    std::size_t& group = group_of[step];
    if (group == 0) {
      out.push_back({step, {}});
      group = out.size();
    }
    std::vector<const Delay*>& victims = out[group - 1].victims;
    victims.push_back(&d);
    if (worse(*victims.back(), *victims.front())) std::swap(victims.front(), victims.back());
  }
  std::sort(out.begin(), out.end(), [](const Group& a, const Group& b) { return a.culprit < b.culprit; });
  return out;
}

/// Whether slow-step warns of the culprit, iteration-stall of the pass in which it ran, or starvation of the task.
bool Judge::told_elsewhere(const Group& group) const {
  const Stall& step = steps_[group.culprit];
  if (step.end - step.begin >= slow_) return true;
  const Delay& worst = *group.victims.front();
  const auto pass = std::upper_bound(passes_.begin(), passes_.end(), worst.from,
                                     [](std::size_t from, const Pass& p) { return from < p.end; });
  if (pass != passes_.end() && pass->begin < worst.to) return true;
  return starves(run_, worst);
}

/// The culprit works in slices and lets others run after each, which is what slow-step advises: it is ready again at once.  A
/// trace from elsewhere may call that a wait of no length.
bool Judge::gives_way(const Group& group) const {
  const Stall& step = steps_[group.culprit];
  if (!step.task || step.task.value > run_.history.lanes.size()) return false;
  const std::vector<Span>& spans = run_.history.lanes[step.task.value - 1].spans;
  const auto next =
      std::upper_bound(spans.begin(), spans.end(), step.first, [](Seq seq, const Span& s) { return seq < s.first; });
  return next != spans.end() && (next->phase == Phase::ready || (next->last && next->begin == next->end));
}

Severity Judge::severity(const Group& group) const {
  if (told_elsewhere(group) || (gives_way(group) && group.worst() < error_)) return Severity::info;
  return group.worst() >= error_ ? Severity::error : Severity::warning;
}

std::string Judge::victims(const Group& group) const {
  return listed_few(group.victims.size(), [&](std::size_t i) {
    const Delay& d = *group.victims[i];
    return fmt::format("{} {}{}", run_.name_of(d.task), d.step ? "" : "at least ", show(d.length()));
  });
}

Finding Judge::about(Group& group) const {
  std::sort(group.victims.begin(), group.victims.end(), [](const Delay* a, const Delay* b) { return worse(*a, *b); });
  const Delay& worst = *group.victims.front();
  Finding f;
  f.confidence = sureness(run_, worst.step);
  f.begin = worst.begin;
  f.end = worst.end;
  for (std::size_t i = 0; i < std::min(group.victims.size(), most_victims); ++i) {
    const Delay& d = *group.victims[i];
    if (std::find(f.tasks.begin(), f.tasks.end(), d.task) == f.tasks.end()) f.tasks.push_back(d.task);
    f.evidence.push_back(d.wake);
    if (d.step) f.evidence.push_back(d.step);
  }
  return f;
}

Finding Judge::finding(Place place, Severity severity) const {
  Group& group = place.worst;
  const Stall& step = steps_[group.culprit];
  const Delay& worst = *group.victims.front();
  Finding f = about(group);
  f.severity = severity;
  f.site = run_.trace.site(step.site);
  if (step.task) {
    std::erase(f.tasks, step.task);
    f.tasks.insert(f.tasks.begin(), step.task);
  }
  f.evidence.insert(f.evidence.begin(), step.first);
  const std::size_t count = group.victims.size();
  f.sentence = fmt::format("{} held the loop for {}{} while {} waited for {} turn: {}", task_named(run_, step.task),
                           show(step.end - step.begin), at(f.site), counted(count, "ready task"), count == 1 ? "its" : "their",
                           victims(group));
  if (worst.to - worst.from > 1)
    f.sentence += fmt::format("; in the wait of {} {}", run_.name_of(worst.task), ran_instead(run_, longest_, worst));
  if (place.groups > 1)
    f.sentence += fmt::format("; {} from there delayed {}, at most as long", counted(place.groups - 1, "more step"),
                              counted(place.victims - count, "task"));
  return f;
}

Finding Judge::unexplained(Group group) const {
  Finding f = about(group);
  f.severity = Severity::info;
  f.confidence = Confidence::recheck;
  f.site = run_.trace.site(group.victims.front()->site);
  f.sentence =
      fmt::format("{} waited for {} turn, and nothing that is recorded ran meanwhile: {}",
                  counted(group.victims.size(), "ready task"), group.victims.size() == 1 ? "its" : "their", victims(group));
  f.advice = "look for what the trace does not show: tasks and callbacks that are not recorded, or another busy process";
  return f;
}

std::vector<Finding> check(const Run& run) {
  const std::vector<Delay> all = delays(run, milliseconds(run.setting("sched-delay.warning_ms", warning_ms)));
  if (all.empty()) return {};
  const Judge judge(run);
  std::vector<Finding> out;
  std::map<std::tuple<Severity, SiteId, TaskId>, Place> places;
  for (Group& group : judge.groups(all)) {
    if (group.culprit == run.history.steps.size()) {
      out.push_back(judge.unexplained(std::move(group)));
      continue;
    }
    const Stall& step = run.history.steps[group.culprit];
    Place& place = places[{judge.severity(group), step.site, step.site ? TaskId{} : step.task}];
    ++place.groups;
    place.victims += group.victims.size();
    if (place.groups == 1 || group.worst() > place.worst.worst()) place.worst = std::move(group);
  }
  for (auto& [key, place] : places) out.push_back(judge.finding(std::move(place), std::get<Severity>(key)));
  return out;
}

}  // namespace

Lint sched_delay() {
  return {"sched-delay",
          "a task that is ready waits for its turn, because steps of others hold the loop",
          "shorten the steps that ran instead: give way between pieces of work, or move it to a thread with to_thread",
          "detectors_and_their_blind_spots",
          {{"warning_ms", warning_ms}, {"error_ms", error_ms}},
          check};
}

}  // namespace awaitscope::lints
