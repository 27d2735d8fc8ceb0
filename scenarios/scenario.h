#pragma once
// A scenario: an async mistake and its fix, as programs that run, with parameters and a promise to their user.
// A scenario is one file in this folder with one descriptor function named after the file; its words are in NAME.json
// (scenarios/lesson.h) and its twins in NAME.py and NAME.mjs.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/runtime/runtime.h"
#include "scenarios/told.h"

namespace awaitscope {

/// A knob of a scenario.  What it means stands in the lesson.
struct Parameter {
  std::string name;
  std::string unit;     ///< "s", "" for a count or a switch
  double standard = 0;  ///< the value the lesson tells of
  double least = 0, most = 0, step = 1;
};

/// The values of one run, complete and in range.
class Settings {
 public:
  double number(std::string_view name) const;
  bool on(std::string_view name) const { return number(name) != 0; }
  int count(std::string_view name) const { return static_cast<int>(number(name)); }
  Duration time(std::string_view name) const { return Duration{static_cast<std::int64_t>(number(name) * 1e9 + 0.5)}; }
  std::map<std::string, double, std::less<>> values;
};

struct Scenario {
  std::string id;    ///< the card: "L16"
  std::string name;  ///< the mistake: "swallowed_cancel", also the file's name
  std::vector<Parameter> parameters;
  /// Named sets of values, e.g. "crowd".
  std::map<std::string, std::map<std::string, double>> presets;
  struct Variant {
    std::string name;  ///< "bad", "fixed", "bad.b", "fixed.thread"
    runtime::Task<void> (*main)(Settings settings) = nullptr;
    std::vector<std::string> findings;  ///< rules that it raises above info with the standard values, exactly

    bool bad() const { return name.starts_with("bad"); }
  };
  /// Plain "bad" and "fixed" among them, the bad ones first.
  std::vector<Variant> variants;
  /// What the program owes whoever runs it, whatever the schedule and the variant: "" where this run kept it, else one line
  /// that says what was broken.
  std::string (*promise)(const Told& run, const Settings& settings) = nullptr;
  /// What a run needs beyond the standard: workers, debug mode.
  void (*prepare)(const Settings& settings, runtime::RunOptions& options) = nullptr;
};

/// Every scenario of this folder, by name; built from the file names.
const std::vector<Scenario>& all_scenarios();
/// The same in the order of the cards: the order of a course.
std::vector<const Scenario*> scenarios_by_card();
/// By name or card id; the error names the nearest.
Result<const Scenario*> find_scenario(std::string_view name);
/// The names most like it, as a list for a message.
std::string nearest_scenarios(std::string_view name);
/// The variant of that name; the error names those that there are.
Result<const Scenario::Variant*> find_variant(const Scenario& scenario, std::string_view variant);
/// The standard values with `changes` applied ("preset=crowd" first); the error names what would be accepted.
Result<Settings> settings_for(const Scenario& scenario, const std::vector<std::pair<std::string, std::string>>& changes);
/// The text of a file of this folder, "scenarios/blocking_sleep.cpp", ".py", ".mjs" or ".json"; "" if unknown.
std::string_view scenario_source(std::string_view path);

namespace scenarios {
using runtime::Event;  // in a scenario it is asyncio's, not the trace's
}

}  // namespace awaitscope
