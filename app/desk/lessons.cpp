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
  using view::SourceLanguage;
  for (const auto& [language, ending] : {std::pair{SourceLanguage::cpp, ".cpp"}, std::pair{SourceLanguage::python, ".py"},
                                         std::pair{SourceLanguage::javascript, ".mjs"}}) {
    const std::string path = "scenarios/" + scenario.name + ending;
    if (const std::string_view text = scenario_source(path); !text.empty())
      lesson.sources.push_back({language, path, std::string(text)});
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
