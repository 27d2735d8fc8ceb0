#include "tests/scenarios/claims.h"

#include <map>
#include <set>

namespace awaitscope {
namespace {

std::vector<Finding> found_in(const Ran& run) { return run_lints({run.trace, run.history, {}}, all_lints()); }

}  // namespace

std::vector<std::string> Ran::findings() const {
  std::set<std::string> rules;
  for (const Finding& f : found_in(*this))
    if (f.severity != Severity::info) rules.insert(f.rule);
  return {rules.begin(), rules.end()};
}

std::vector<std::string> Ran::sentences(std::string_view rule) const {
  std::vector<std::string> out;
  for (const Finding& f : found_in(*this))
    if (f.rule == rule) out.push_back(f.sentence);
  return out;
}

Ran run(std::string_view card, const std::string& variant, const Changes& changes, const std::string& schedule) {
  const auto scenario = find_scenario(card);
  if (!scenario) throw std::invalid_argument(scenario.error());
  const auto settings = settings_for(**scenario, changes);
  if (!settings) throw std::invalid_argument(settings.error());
  if (const auto known = find_variant(**scenario, variant); !known) throw std::invalid_argument(known.error());
  desk::Program program{*scenario, variant, *settings, {}, false};
  if (!schedule.empty()) program.schedule = *read_schedule(schedule);
  auto trace = std::make_unique<Trace>(*desk::record(program));
  auto history = std::make_unique<History>(history_of(*trace));
  return Ran(std::move(trace), std::move(history));
}

Ran run(std::string_view card, const RunChoice& choice) { return run(card, choice.variant, choice.changes, choice.schedule); }

const Lesson& lesson(std::string_view card) {
  static std::map<std::string, Lesson, std::less<>> read;
  if (const auto known = read.find(card); known != read.end()) return known->second;
  const auto scenario = find_scenario(card);
  if (!scenario) throw std::invalid_argument(scenario.error());
  auto one = load_lesson(**scenario);
  if (!one) throw std::invalid_argument(one.error());
  return read.emplace(card, std::move(*one)).first->second;
}

char answer(const Question& question) { return static_cast<char>('A' + question.answer); }

double revealed(std::string_view card, const Question& question) {
  const Ran seen = run(card, question.run);
  const Seq seq = find_event(question.reveal, seen.trace, seen.history);
  return seq ? static_cast<double>(seen.trace[seq].time) / 1e9 : -1;
}

}  // namespace awaitscope
