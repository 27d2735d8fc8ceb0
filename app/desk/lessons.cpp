#include "app/desk/lessons.h"

namespace awaitscope::desk {

view::Lesson lesson_of(const Scenario& scenario, const Settings& settings, const std::string& folder) {
  view::Lesson lesson;
  lesson.id = scenario.id;
  lesson.name = lesson.title = scenario.name;
  const auto words = load_lesson(scenario, folder);
  if (words) {
    lesson.title = words->title.en;
    lesson.watch = words->watch.en;
  }
  for (const Parameter& p : scenario.parameters) {
    const auto value = settings.values.find(p.name);
    lesson.knobs.push_back({p.name, p.unit, words ? words->parameters.at(p.name).en : "",
                            value == settings.values.end() ? p.standard : value->second, p.least, p.most, p.step, p.standard});
  }
  for (const auto& [name, values] : scenario.presets) lesson.presets.push_back(name);
  lesson.cpp_file = "scenarios/" + scenario.name + ".cpp";
  lesson.py_file = "scenarios/" + scenario.name + ".py";
  lesson.cpp_source = scenario_source(lesson.cpp_file);
  lesson.py_source = scenario_source(lesson.py_file);
  if (lesson.py_source.empty()) {  // a card about JavaScript
    lesson.py_file = "scenarios/" + scenario.name + ".mjs";
    lesson.py_source = scenario_source(lesson.py_file);
  }
  return lesson;
}

view::Lesson lesson_of(const TraceInfo& info, const std::string& folder) {
  const auto scenario = find_scenario(info.scenario);
  if (!scenario) return {};
  Settings settings;
  for (const auto& [name, text] : info.parameters)
    if (const auto one = settings_for(**scenario, {{name, text}})) settings.values[name] = one->number(name);
  return lesson_of(**scenario, settings, folder);
}

std::vector<view::CatalogueRow> catalogue(const std::string& folder) {
  std::vector<view::CatalogueRow> rows;
  for (const auto& [topic, heading] : topics())
    for (const Scenario* s : scenarios_by_card())
      if (const auto lesson = load_lesson(*s, folder); lesson && lesson->topic == topic)
        rows.push_back({s->id, s->name, heading.en, lesson->title.en});
  return rows;
}

Result<std::vector<Lesson>> all_lessons(const std::string& folder) {
  std::vector<Lesson> out;
  for (const Scenario* scenario : scenarios_by_card()) {
    auto lesson = load_lesson(*scenario, folder);
    if (!lesson) return Error{lesson.error()};
    out.push_back(std::move(*lesson));
  }
  return out;
}

}  // namespace awaitscope::desk
