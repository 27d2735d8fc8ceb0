#include "app/desk/challenger.h"

#include "app/desk/course.h"

namespace awaitscope::desk {
namespace {

constexpr std::size_t schedules = 20;

/// What a run broke; "" for nothing.  A run that hangs or does not end breaks more than any promise.
std::string broken(const Program& program, const Trace& trace, const History& history) {
  if (history.model.outcome == RunOutcome::hang) return "it hangs";
  if (history.model.outcome == RunOutcome::limit) return "it does not come to an end";
  return program.scenario->promise ? program.scenario->promise(Told(trace, history), program.settings) : "";
}

view::Attempt run_both(const Scenario& scenario, const Settings& settings) {
  view::Attempt out;
  for (const bool bad : {true, false}) {
    const Program program{&scenario, bad ? "bad" : "fixed", settings, {}, false};
    const Trace trace = awaitscope::record(subject_of(program), Schedule{});
    const History history = history_of(trace);
    (bad ? out.bad_broke : out.fixed_broke) = broken(program, trace, history);
    (bad ? out.bad_end : out.fixed_end) = history.end;
  }
  return out;
}

/// The knobs as somebody who looks for the edges would set them.
std::vector<Settings> edges(const Scenario& scenario) {
  const Settings standard = *settings_for(scenario, {});
  std::vector<Settings> out;
  for (const auto& [name, values] : scenario.presets) out.push_back(*settings_for(scenario, {{"preset", name}}));
  for (const Parameter& parameter : scenario.parameters)
    for (const double value : {parameter.least, parameter.most}) {
      out.push_back(standard);
      out.back().values[parameter.name] = value;
    }
  return out;
}

}  // namespace

view::LessonFacts facts_of(const Scenario& scenario, const std::atomic<bool>* interrupted) {
  view::LessonFacts facts;
  const Settings standard = *settings_for(scenario, {});
  facts.standard = run_both(scenario, standard);
  if (const auto explored = explore(subject_of({&scenario, "bad", standard, {}, false}), "random", schedules, 1, interrupted)) {
    facts.bad_fails = static_cast<int>(explored->failed());
    facts.tried = static_cast<int>(explored->outcomes.size());
    for (const Tried& one : explored->outcomes) facts.bad_can_keep |= one.broken.empty();
  }
  for (const Settings& settings : edges(scenario)) {
    if (interrupted && *interrupted) break;
    const view::Attempt outcome = run_both(scenario, settings);
    facts.bad_can_break |= view::reached(view::Goal::break_bad, outcome);
    facts.fixed_can_break |= view::reached(view::Goal::break_fixed, outcome);
    facts.bad_can_keep |= view::reached(view::Goal::keep_bad, outcome);
    facts.budget_in_reach |= view::reached(view::Goal::budget, outcome);
  }
  return facts;
}

std::optional<view::Attempt> attempt_of(const view::Session& session) {
  const auto scenario = find_scenario(session.lesson.name);
  if (!scenario || session.sides.size() != 2) return {};
  view::Attempt out;
  for (const bool bad : {true, false}) {
    const view::Side& side = *session.sides[bad ? 0 : 1];
    if (side.label != (bad ? "bad" : "fixed") || side.running || side.live || side.trace.empty()) return {};
    Program program{*scenario, side.label, {}, {}, false};
    for (const view::Knob& knob : session.lesson.knobs) program.settings.values[knob.name] = knob.value;
    (bad ? out.bad_broke : out.fixed_broke) = broken(program, side.trace, side.history);
    (bad ? out.bad_end : out.fixed_end) = side.history.end;
  }
  return out;
}

Challenger::Challenger(const Scenario& scenario, std::function<void()> arrived) : lesson_(scenario.name) {
  thread_ = std::thread([this, &scenario, arrived = std::move(arrived)] {
    facts_ = facts_of(scenario, &interrupted_);
    ended_.store(true, std::memory_order_release);
    if (arrived) arrived();
  });
}

Challenger::~Challenger() {
  interrupted_ = true;
  thread_.join();
}

}  // namespace awaitscope::desk
