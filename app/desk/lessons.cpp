#include "app/desk/lessons.h"

#include "app/desk/runner.h"

namespace awaitscope::desk {
namespace {

view::Question question_of(const Question& question, const Words& explain) {
  view::Question out;
  out.question = question.question;
  for (const Option& option : question.options) out.options.push_back({option.text, option.misconception});
  out.answer = question.answer;
  out.explain = explain;
  out.run = {question.run.variant, question.run.changes, question.run.schedule, question.run.python.empty()};
  return out;
}

/// Whether a run is the one that a choice means: the same version, settings and schedule.
bool is_run(const RunChoice& choice, const Scenario& scenario, const TraceInfo& info) {
  if (!choice.python.empty() || choice.variant != info.variant) return false;
  const auto wanted = settings_for(scenario, choice.changes);
  if (!wanted) return false;
  Program program{&scenario, choice.variant, *wanted, {}, false};
  const std::string schedule = choice.schedule.empty() ? to_text(Schedule{}) : choice.schedule;
  return info_of(program).parameters == info.parameters && to_text(info.schedule) == schedule;
}

}  // namespace

view::Lesson lesson_of(const Scenario& scenario, const Settings& settings, const std::string& folder) {
  view::Lesson lesson;
  lesson.id = scenario.id;
  lesson.name = scenario.name;
  lesson.title = {scenario.name, scenario.name};
  const auto words = load_lesson(scenario, folder);
  if (words) {
    lesson.title = words->title;
    lesson.watch = words->watch;
    lesson.explain = words->explain;
    lesson.instructor = {words->instructor.say, words->instructor.ask, words->instructor.trap, words->instructor.minutes};
    lesson.questions.push_back(question_of(words->ask, words->explain));
    for (const Question& twist : words->twists) lesson.questions.push_back(question_of(twist, twist.explain));
  }
  for (const Parameter& p : scenario.parameters) {
    const auto value = settings.values.find(p.name);
    lesson.knobs.push_back({p.name, p.unit, words ? words->parameters.at(p.name) : Words{},
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

void find_stops(view::Side& side, const std::string& folder) {
  side.stops.clear();
  side.reveals.clear();
  const auto scenario = find_scenario(side.trace.info.scenario);
  if (!scenario) return;
  const auto lesson = load_lesson(**scenario, folder);
  if (!lesson) return;
  for (const Bookmark& bookmark : lesson->bookmarks) {
    const Found found = find_bookmark(bookmark, side.trace, side.history, Language::english);
    if (found.seq)
      side.stops.push_back({found.seq,
                            bookmark.name,
                            {found.sentence, find_bookmark(bookmark, side.trace, side.history, Language::chinese).sentence}});
  }
  const auto reveal = [&](const Question& question) {
    side.reveals.push_back(
        is_run(question.run, **scenario, side.trace.info) ? find_event(question.reveal, side.trace, side.history) : 0);
  };
  reveal(lesson->ask);
  for (const Question& twist : lesson->twists) reveal(twist);
}

std::vector<view::CatalogueRow> catalogue(const std::string& folder) {
  std::vector<Lesson> lessons;
  for (const Scenario* s : scenarios_by_card())
    if (auto lesson = load_lesson(*s, folder)) lessons.push_back(std::move(*lesson));
  std::vector<view::CatalogueRow> rows;
  for (const auto& [topic, heading] : topics())
    for (const Lesson& lesson : lessons)
      if (lesson.topic == topic) rows.push_back({lesson.scenario->id, lesson.scenario->name, heading, lesson.title});
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
