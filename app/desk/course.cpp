#include "app/desk/course.h"

#include <fmt/format.h>

#include "app/desk/pictures.h"
#include "app/exports/handout.h"
#include "app/view/text.h"
#include "app/desk/json.h"

namespace awaitscope::desk {
namespace {

constexpr int columns = 100;

namespace label {
constexpr Phrase question{"Question", "问题"};
constexpr Phrase twist{"Twist", "变化"};
constexpr Phrase answer{"Answer", "答案"};
constexpr Phrase misconception{"who says this believes that", "这样选的人以为"};
constexpr Phrase variations{"Try", "试一试"};
constexpr Phrase instructor{"For the instructor", "给讲师"};
constexpr Phrase say{"Say", "讲"};
constexpr Phrase ask{"Ask", "问"};
constexpr Phrase trap{"Trap", "陷阱"};
constexpr Phrase minutes{"min", "分钟"};
constexpr Phrase false_claim{"Often said, and false", "常听到但不对的说法"};
constexpr Phrase truth{"True is", "其实"};
constexpr Phrase schedules{"of {} random schedules break its promise", "次（共 {} 个随机调度）违背了它的承诺"};
constexpr Phrase badges{"badges", "徽章"};
constexpr Phrase missed{"missed", "未获得"};
constexpr Phrase watch{"Look for", "看什么"};
constexpr Phrase parameters{"Parameters", "参数"};
constexpr Phrase verified{"verified on", "验证于"};
constexpr Phrase your_answer{"Your answer", "你的答案"};
constexpr Phrase because{"Because", "因为"};
constexpr Phrase answers{"Answers", "答案"};
}  // namespace label

Trace run_of(const Scenario& scenario, const std::string& variant) {
  return *record(Program{&scenario, variant, *settings_for(scenario, {}), {}, false});
}

/// Breaks text into lines of at most `width` terminal columns; Chinese has no spaces and breaks anywhere.
std::string wrapped(std::string_view text, std::size_t width, const std::string& indent) {
  std::string out, line, word;
  const auto flush = [&] {
    if (!line.empty() && view::columns(line) + view::columns(word) > width) {
      out += indent + line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
      line.clear();
    }
    line += word;
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = view::next_code_point(text, at);
    word += text.substr(from, at - from);
    if (c == ' ' || view::columns(c) == 2) flush();
  }
  flush();
  return out + indent + line + "\n";
}

std::string command_of(const Scenario& scenario, const RunChoice& run) {
  if (!run.python.empty()) return "python3 scenarios/" + scenario.name + ".py " + run.python;
  std::string out = "awaitscope run " + scenario.id;
  if (run.variant != "bad") out += " --variant " + run.variant;
  for (const auto& [name, value] : run.changes) out += name == "preset" ? " --preset " + value : " --set " + name + "=" + value;
  if (!run.schedule.empty()) out += " --schedule " + run.schedule;
  return out;
}

std::string question_text(const Lesson& lesson, const Question& question, const Words& explain, Language language) {
  std::string out = wrapped(question.question.in(language), columns - 2, "  ");
  for (std::size_t i = 0; i < question.options.size(); ++i)
    out += fmt::format("    {}  {}\n", static_cast<char>('A' + i), question.options[i].text.in(language));
  out += fmt::format("  {}: {}\n", label::answer.in(language), static_cast<char>('A' + question.answer));
  out += wrapped(explain.in(language), columns - 4, "    ");
  for (std::size_t i = 0; i < question.options.size(); ++i)
    if (i != question.answer)
      out += wrapped(fmt::format("{} {}: {}", static_cast<char>('A' + i), label::misconception.in(language),
                                 question.options[i].misconception.in(language)),
                     columns - 4, "    ");
  out += fmt::format("    {}: {}\n    {}\n", label::verified.in(language), question.verified,
                     command_of(*lesson.scenario, question.run));
  return out;
}

std::string chinese_badge(const std::string& name) {
  if (name == "correct") return "正确";
  if (name == "efficient") return "高效";
  if (name == "resilient") return "健壮";
  return "易维护";
}

std::string version_text(const Lesson& lesson, const std::string& variant, Language language, bool color) {
  const Trace trace = run_of(*lesson.scenario, variant);
  const History history = history_of(trace);
  std::string earned, missed;
  for (Badge& badge : badges_of(*lesson.scenario, variant)) {
    if (language == Language::chinese) badge.name = chinese_badge(badge.name);
    std::string& list = badge.earned ? earned : missed;
    list += (list.empty() ? "" : ", ") + badge.name + (badge.earned ? "" : " (" + badge.why + ")");
  }
  std::string out = fmt::format("{} · {}\n", variant, awaitscope::show(Duration{trace.end().ns}));
  out += terminal_picture(trace, columns, color);
  for (const Bookmark& bookmark : lesson.bookmarks)
    if (const Found found = find_bookmark(bookmark, trace, history, language); found.seq)
      out += wrapped(fmt::format("{} s  {}", seconds(trace[found.seq].at(), 3), found.sentence), columns - 2, "  ");
  if (!earned.empty()) out += wrapped(std::string(label::badges.in(language)) + ": " + earned, columns - 2, "  ");
  if (!missed.empty()) out += wrapped(std::string(label::missed.in(language)) + ": " + missed, columns - 2, "  ");
  if (const auto odds = lesson.schedules.find(variant); odds != lesson.schedules.end())
    out +=
        fmt::format("  {} {}\n", odds->second.fail, fmt::format(fmt::runtime(label::schedules.in(language)), odds->second.of));
  return out + "\n";
}

}  // namespace

Subject subject_of(const Program& program) {
  const auto variant = find_variant(*program.scenario, program.variant);
  Subject out;
  out.info = info_of(program);
  out.main = [main = (*variant)->main, settings = program.settings] { return main(settings); };
  out.promise = [scenario = program.scenario, settings = program.settings](const Trace& trace, const History& history) {
    return scenario->promise ? scenario->promise(Told(trace, history), settings) : "";
  };
  if (program.scenario->prepare)
    out.prepare = [scenario = program.scenario, settings = program.settings](runtime::RunOptions& options) {
      scenario->prepare(settings, options);
    };
  return out;
}

std::array<Badge, 4> badges_of(const Scenario& scenario, const std::string& variant) {
  const Settings settings = *settings_for(scenario, {});
  const Instant fixed_end = run_of(scenario, "fixed").end();
  return awaitscope::badges_of(subject_of({&scenario, variant, settings, {}, false}), fixed_end);
}

std::string catalogue_text(const std::vector<Lesson>& lessons, Language language) {
  std::string out;
  for (const auto& [topic, heading] : topics()) {
    std::string rows;
    for (const Lesson& lesson : lessons)
      if (lesson.topic == topic)
        rows += fmt::format("  {}  {:<30} {}\n", lesson.scenario->id, lesson.scenario->name, lesson.title.in(language));
    if (!rows.empty()) out += (out.empty() ? "" : "\n") + heading.in(language) + "\n" + rows;
  }
  return out;
}

std::string catalogue_json(const std::vector<Lesson>& lessons) {
  const auto list = [](const std::vector<std::string>& texts) { return json_array(texts, quoted_json); };
  std::string out = "[";
  for (const Lesson& lesson : lessons) {
    const Scenario& s = *lesson.scenario;
    std::vector<std::string> variants, parameters, presets;
    for (const auto& v : s.variants) variants.push_back(v.name);
    for (const Parameter& p : s.parameters) parameters.push_back(p.name);
    for (const auto& [name, values] : s.presets) presets.push_back(name);
    out += fmt::format(
        "{}\n {{\"id\":{},\"name\":{},\"topic\":{},\"level\":{},\"title\":{},\"minutes\":{},\"variants\":{},\"presets\":{},"
        "\"parameters\":{}}}",
        out.size() > 1 ? "," : "", quoted_json(s.id), quoted_json(s.name), quoted_json(topic_words(lesson.topic).en),
        quoted_json(lesson.level), quoted_json(lesson.title.en), lesson.instructor.minutes, list(variants), list(presets),
        list(parameters));
  }
  return out + "\n]\n";
}

std::string playlist_text(const Playlist& playlist, const std::vector<Lesson>& lessons, Language language) {
  std::string rows;
  int minutes = 0;
  for (const Scenario* scenario : playlist.scenarios)
    for (const Lesson& lesson : lessons)
      if (lesson.scenario == scenario) {
        minutes += lesson.instructor.minutes;
        rows += fmt::format("  {}  {:<30} {:>3} {}  {}\n", scenario->id, scenario->name, lesson.instructor.minutes,
                            label::minutes.in(language), lesson.title.in(language));
      }
  return fmt::format("{} · {} {}\n{}", playlist.title.in(language), minutes, label::minutes.in(language), rows);
}

std::string lesson_text(const Lesson& lesson, Language language, bool color) {
  const Scenario& scenario = *lesson.scenario;
  std::string out =
      fmt::format("{} {} · {} · {} {}\n{}\n\n", scenario.id, scenario.name, topic_words(lesson.topic).in(language),
                  lesson.instructor.minutes, label::minutes.in(language), lesson.title.in(language));
  out += wrapped(lesson.explain.in(language), columns, "");
  out += "\n" + wrapped(std::string(label::watch.in(language)) + ": " + lesson.watch.in(language), columns, "") + "\n";
  for (const auto& variant : scenario.variants) out += version_text(lesson, variant.name, language, color);
  out += std::string(label::question.in(language)) + "\n" + question_text(lesson, lesson.ask, lesson.explain, language);
  for (std::size_t i = 0; i < lesson.twists.size(); ++i)
    out += fmt::format("\n{} {}\n", label::twist.in(language), i + 1) +
           question_text(lesson, lesson.twists[i], lesson.twists[i].explain, language);
  out += fmt::format("\n{}\n", label::variations.in(language));
  for (const Variation& one : lesson.variations)
    out += wrapped(one.words.in(language), columns - 2, "  ") + "    " + command_of(scenario, one.run) + "\n";
  out += fmt::format("\n{}\n", label::parameters.in(language));
  for (const Parameter& p : scenario.parameters)
    out += fmt::format("  {:<16} {}{}  ({} .. {})  {}\n", p.name, p.standard, p.unit.empty() ? "" : " " + p.unit, p.least,
                       p.most, lesson.parameters.at(p.name).in(language));
  out += fmt::format("\n{}\n", label::instructor.in(language));
  for (const auto& [label, text] :
       {std::pair{label::say.in(language), &lesson.instructor.say}, std::pair{label::ask.in(language), &lesson.instructor.ask},
        std::pair{label::trap.in(language), &lesson.instructor.trap}})
    out += wrapped(std::string(label) + ": " + text->in(language), columns - 2, "  ");
  for (const FalseClaim& claim : lesson.false_claims) {
    out += wrapped(fmt::format("{} ({}): {}", label::false_claim.in(language), claim.id, claim.claim.in(language)), columns - 2,
                   "  ");
    out += wrapped(std::string(label::truth.in(language)) + ": " + claim.truth.in(language), columns - 4, "    ");
    out += "    " + command_of(scenario, claim.run) + "\n";
  }
  return out;
}

Result<std::string> handout(const Lesson& lesson, Language language, const std::string& source) {
  const Scenario& scenario = *lesson.scenario;
  static const std::vector<std::pair<std::string, std::string>> endings = {{"python", ".py"}, {"js", ".mjs"}, {"cpp", ".cpp"}};
  std::string file, there;
  for (const auto& [kind, ending] : endings) {
    const std::string name = "scenarios/" + scenario.name + ending;
    if (scenario_source(name).empty()) continue;
    there += (there.empty() ? "" : ", ") + kind;
    if (file.empty() && (source.empty() || source == kind)) file = name;
  }
  if (file.empty()) return Error{scenario.name + " has no source '" + source + "'; it has: " + there};

  exports::Handout page;
  page.language = language == Language::chinese ? "zh-Hans" : "en";
  page.card = scenario.id;
  page.title = lesson.title.in(language);
  page.watch = std::string(label::watch.in(language)) + ": " + lesson.watch.in(language);
  const auto in = [&](const Phrase& words) { return std::string(words.in(language)); };
  page.words = {in(label::question), in(label::answer),  in(label::your_answer),   in(label::because),
                in(label::twist),    in(label::answers), in(label::misconception), in(label::instructor)};
  page.notes = {{in(label::say), lesson.instructor.say.in(language)},
                {in(label::ask), lesson.instructor.ask.in(language)},
                {in(label::trap), lesson.instructor.trap.in(language)}};
  for (const char* variant : {"bad", "fixed"}) {
    const Trace trace = run_of(scenario, variant);
    std::string code;
    int last = 0;
    for (const view::SourceLine& line : view::version_lines(scenario_source(file), variant)) {
      code += (last && line.number > last + 1 ? "\n" : "") + line.text + "\n";
      last = line.number;
    }
    page.versions.push_back({variant, awaitscope::show(Duration{trace.end().ns}), file, code, svg_picture(trace, 760, 230)});
  }
  const auto add = [&](const Question& question, const Words& explain) {
    exports::Handout::Question one{
        question.question.in(language), {}, {}, std::string(1, static_cast<char>('A' + question.answer)), explain.in(language)};
    for (const Option& option : question.options) {
      one.options.push_back(option.text.in(language));
      one.misconceptions.push_back(option.misconception.in(language));
    }
    page.questions.push_back(std::move(one));
  };
  add(lesson.ask, lesson.explain);
  for (const Question& twist : lesson.twists) add(twist, twist.explain);
  return exports::handout_html(page);
}

std::string exploration_text(const Program& program, const Exploration& explored) {
  std::string out = fmt::format("{} {}: {} of {} schedules break its promise\n", program.scenario->name, program.variant,
                                explored.failed(), explored.outcomes.size());
  for (std::size_t i = 0; i < explored.outcomes.size(); ++i)
    out += (i % 100 == 0 ? (i ? "\n  " : "  ") : "") + std::string(explored.outcomes[i].broken.empty() ? "·" : "x");
  out += "\n";
  if (const Tried* first = explored.first_failure()) {
    std::string command = fmt::format("awaitscope run {} --variant {}", program.scenario->name, program.variant);
    for (const Parameter& p : program.scenario->parameters)
      if (program.settings.number(p.name) != p.standard)
        command += fmt::format(" --set {}={}", p.name, program.settings.number(p.name));
    out += fmt::format("  first: {}\n  {} --schedule {}\n", first->broken, command, to_text(first->schedule));
  }
  return out;
}

}  // namespace awaitscope::desk
