#include "scenarios/scenario.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/base/nearest.h"

namespace awaitscope {
namespace {

std::string plain(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string names_of(const Scenario& scenario) {
  std::string out;
  for (const Parameter& p : scenario.parameters)
    out += (out.empty() ? "" : ", ") + p.name;
  return out;
}

}  // namespace

double Settings::number(std::string_view name) const {
  const auto value = values.find(name);
  return value == values.end() ? 0 : value->second;
}

std::vector<const Scenario*> scenarios_by_card() {
  std::vector<const Scenario*> out;
  for (const Scenario& scenario : all_scenarios())
    out.push_back(&scenario);
  std::sort(out.begin(), out.end(), [](const Scenario* a, const Scenario* b) { return a->id < b->id; });
  return out;
}

Result<const Scenario*> find_scenario(std::string_view name) {
  for (const Scenario& scenario : all_scenarios())
    if (scenario.name == name || scenario.id == name) return &scenario;
  return Error{"unknown scenario '" + std::string(name) + "'; nearest: " + nearest_scenarios(name)};
}

std::string nearest_scenarios(std::string_view name) {
  std::vector<std::string> names;
  for (const Scenario& scenario : all_scenarios()) names.push_back(scenario.name);
  return nearest_listed(name, names);
}

Result<const Scenario::Variant*> find_variant(const Scenario& scenario, std::string_view variant) {
  std::string names;
  for (const auto& v : scenario.variants) {
    if (v.name == variant) return &v;
    names += (names.empty() ? "" : ", ") + v.name;
  }
  return Error{scenario.name + " has no variant '" + std::string(variant) + "'; it has: " + names};
}

Result<Settings> settings_for(const Scenario& scenario, const std::vector<std::pair<std::string, std::string>>& changes) {
  Settings out;
  for (const Parameter& p : scenario.parameters)
    out.values[p.name] = p.standard;
  for (const auto& [name, text] : changes) {
    if (name == "preset") {
      const auto preset = scenario.presets.find(text);
      if (preset == scenario.presets.end()) return Error{scenario.name + " has no preset '" + text + "'"};
      for (const auto& [key, value] : preset->second)
        out.values[key] = value;
      continue;
    }
    const auto parameter = std::find_if(scenario.parameters.begin(), scenario.parameters.end(),
                                        [&](const Parameter& p) { return p.name == name; });
    if (parameter == scenario.parameters.end())
      return Error{scenario.name + " has no parameter '" + name + "'; it has: " + names_of(scenario)};
    double value = 0;
    Duration duration{};
    if (parameter->unit == "s" && read_duration(text, duration)) {
      value = static_cast<double>(duration.count()) / 1e9;
    } else {
      char* end = nullptr;
      value = std::strtod(text.c_str(), &end);
      if (end == text.c_str() || *end) return Error{"'" + text + "' is no value for " + name + " of " + scenario.name};
    }
    if (!(value >= parameter->least && value <= parameter->most))
      return Error{name + "=" + text + " is out of range: " + plain(parameter->least) + " to " + plain(parameter->most) +
                   (parameter->unit.empty() ? "" : " " + parameter->unit)};
    if (parameter->step >= 1 && value != std::floor(value)) return Error{name + "=" + text + " must be a whole number"};
    out.values[name] = value;
  }
  return out;
}

}  // namespace awaitscope
