#include "scenarios/lesson.h"

#include <algorithm>
#include <fstream>
#include <initializer_list>
#include <mutex>
#include <sstream>

#include "core/trace/schedule.h"
#include "scenarios/json.h"

namespace awaitscope {
namespace {

using json::Type;

/// Reads the parts of a lesson and keeps the first complaint.
class Reader {
 public:
  Reader(const Scenario& scenario, std::string file) : scenario_(scenario), file_(std::move(file)) {}

  Result<Lesson> lesson(const json::Value& in) {
    Lesson out;
    out.scenario = &scenario_;
    keys(in, "a lesson",
         {"id", "topic", "level", "title", "watch", "parameters", "ask", "twists", "explain", "bookmarks", "variations",
          "instructor", "false_claims", "schedules"});
    if (const std::string id = string(in, "id"); error_.empty() && id != scenario_.id)
      fail(need(in, "id"), "the scenario's id is " + scenario_.id + ", not " + id);
    out.topic = one_of(in, "topic", {"loop", "limits", "owners", "stopping", "surviving", "more"});
    out.level = one_of(in, "level", {"beginner", "intermediate", "advanced"});
    out.title = words(in, "title");
    out.watch = words(in, "watch");
    out.explain = words(in, "explain");
    parameters(need(in, "parameters", Type::object), out);
    out.ask = question(need(in, "ask", Type::object), false);
    for (const json::Value& one : list(in, "twists")) out.twists.push_back(question(one, true));
    for (const json::Value& one : list(in, "bookmarks")) out.bookmarks.push_back(bookmark(one));
    for (const json::Value& one : list(in, "variations")) {
      keys(one, "a variation", {"words", "run"});
      out.variations.push_back({words(one, "words"), run(need(one, "run", Type::object))});
    }
    const json::Value& notes = need(in, "instructor", Type::object);
    keys(notes, "the instructor's notes", {"say", "ask", "trap", "minutes"});
    out.instructor = {words(notes, "say"), words(notes, "ask"), words(notes, "trap"), whole(notes, "minutes", 10)};
    if (in.find("false_claims"))
      for (const json::Value& one : list(in, "false_claims")) {
        keys(one, "a false claim", {"id", "claim", "truth", "run"});
        out.false_claims.push_back(
            {string(one, "id"), words(one, "claim"), words(one, "truth"), run(need(one, "run", Type::object))});
      }
    if (in.find("schedules"))
      for (const auto& [variant, odds] : need(in, "schedules", Type::object).members) {
        check_variant(odds, variant, false);
        keys(odds, "the odds", {"fail", "of"});
        out.schedules[variant] = {whole(odds, "fail", 0), whole(odds, "of", 50)};
      }
    if (!error_.empty()) return Error{error_};
    return out;
  }

 private:
  void fail(const json::Value& where, const std::string& what) {
    if (error_.empty()) error_ = json::error_at(file_, where.line, what).what;
  }
  void keys(const json::Value& in, const std::string& what, std::initializer_list<std::string_view> known) {
    if (in.type != Type::object) return fail(in, what + " is an object, not " + std::string(json::name(in.type)));
    std::string names;
    for (const std::string_view key : known) names += (names.empty() ? "" : ", ") + std::string(key);
    for (const auto& [key, value] : in.members)
      if (std::find(known.begin(), known.end(), key) == known.end())
        return fail(value, what + " has no '" + key + "'; it has: " + names);
  }
  const json::Value& need(const json::Value& in, const std::string& key) {
    static const json::Value nothing;
    const json::Value* value = in.find(key);
    if (!value) fail(in, "'" + key + "' is missing");
    return value ? *value : nothing;
  }
  const json::Value& need(const json::Value& in, const std::string& key, Type type) {
    const json::Value& value = need(in, key);
    if (error_.empty() && value.type != type)
      fail(value, "'" + key + "' must be " + std::string(json::name(type)) + ", not " + std::string(json::name(value.type)));
    return value;
  }
  std::string string(const json::Value& in, const std::string& key) { return need(in, key, Type::string).string; }
  std::string string_or(const json::Value& in, const std::string& key, const std::string& otherwise) {
    return in.find(key) ? string(in, key) : otherwise;
  }
  int whole(const json::Value& in, const std::string& key, int otherwise) {
    if (!in.find(key)) return otherwise;
    const json::Value& value = need(in, key, Type::number);
    if (value.number != static_cast<int>(value.number)) fail(value, "'" + key + "' must be a whole number");
    return static_cast<int>(value.number);
  }
  const std::vector<json::Value>& list(const json::Value& in, const std::string& key) {
    return need(in, key, Type::array).items;
  }
  std::string one_of(const json::Value& in, const std::string& key, std::initializer_list<std::string_view> known) {
    const std::string value = string(in, key);
    std::string names;
    for (const std::string_view one : known) names += (names.empty() ? "" : ", ") + std::string(one);
    if (error_.empty() && std::find(known.begin(), known.end(), value) == known.end())
      fail(need(in, key), "'" + key + "' is one of: " + names);
    return value;
  }
  Words words(const json::Value& in, const std::string& key) { return words(need(in, key, Type::object), "'" + key + "'", in); }
  Words words(const json::Value& value, const std::string& what, const json::Value&) {
    keys(value, what, {"en", "zh"});
    Words out{string(value, "en"), string(value, "zh")};
    if (error_.empty() && (out.en.empty() || out.zh.empty())) fail(value, what + " is empty");
    return out;
  }

  void parameters(const json::Value& in, Lesson& out) {
    for (const auto& [name, value] : in.members) {
      if (std::none_of(scenario_.parameters.begin(), scenario_.parameters.end(), [&](auto& p) { return p.name == name; }))
        fail(value, scenario_.name + " has no parameter '" + name + "'");
      out.parameters[name] = words(value, "'" + name + "'", in);
    }
    for (const Parameter& p : scenario_.parameters)
      if (!out.parameters.contains(p.name)) fail(in, "the parameter '" + p.name + "' is not explained");
  }

  /// `family`: "bad" and "fixed" stand for all variants that begin so.
  void check_variant(const json::Value& where, const std::string& name, bool family) {
    std::string names;
    for (const auto& v : scenario_.variants) {
      if (v.name == name || (family && (name == "bad" || name == "fixed"))) return;
      names += (names.empty() ? "" : ", ") + v.name;
    }
    fail(where, scenario_.name + " has no variant '" + name + "'; it has: " + names);
  }

  RunChoice run(const json::Value& in) {
    keys(in, "a run", {"variant", "preset", "set", "schedule", "python"});
    RunChoice out;
    out.variant = string_or(in, "variant", "bad");
    check_variant(in, out.variant, false);
    if (in.find("preset")) out.changes.emplace_back("preset", string(in, "preset"));
    if (in.find("set"))
      for (const auto& [name, value] : need(in, "set", Type::object).members) {
        std::string text = value.string;
        if (value.type == Type::number) {
          std::ostringstream shown;
          shown << value.number;
          text = shown.str();
        } else if (value.type != Type::string) {
          fail(value, "the value of '" + name + "' is a number or a string such as \"300ms\"");
        }
        out.changes.emplace_back(name, text);
      }
    out.schedule = string_or(in, "schedule", "");
    out.python = string_or(in, "python", "");
    if (!error_.empty()) return out;
    if (const auto settings = settings_for(scenario_, out.changes); !settings) fail(in, settings.error());
    if (!out.schedule.empty())
      if (const auto schedule = read_schedule(out.schedule); !schedule) fail(need(in, "schedule"), schedule.error());
    return out;
  }

  Selector selector(const json::Value& in) {
    Selector out;
    const std::string event = string(in, "event");
    if (const auto kind = kind_named(event)) {
      out.kind = *kind;
    } else if (error_.empty()) {
      fail(need(in, "event"), "there is no event '" + event + "'; docs/trace-format.md lists them");
    }
    out.task = string_or(in, "task", "");
    out.text = string_or(in, "text", "");
    out.mark = string_or(in, "mark", "");
    out.how = string_or(in, "how", "");
    if (error_.empty() && !out.how.empty() && !enum_value(info(out.kind).c.type, out.how))
      fail(need(in, "how"), "'" + out.how + "' is nothing that " + event + " can say");
    out.nth = whole(in, "nth", 1);
    if (out.nth == 0) fail(in, "'nth' counts from 1, or from -1 backwards");
    return out;
  }

  Question question(const json::Value& in, bool twist) {
    keys(in, "a question", {"question", "options", "answer", "explain", "run", "reveal", "verified"});
    Question out;
    out.question = words(in, "question");
    for (const json::Value& one : list(in, "options")) {
      keys(one, "an option", {"text", "misconception"});
      out.options.push_back({words(one, "text"), one.find("misconception") ? words(one, "misconception") : Words{}});
    }
    const std::string answer = string(in, "answer");
    out.answer = answer.size() == 1 ? static_cast<std::size_t>(answer[0] - 'A') : out.options.size();
    if (error_.empty() && (out.options.size() < 2 || out.options.size() > 9)) fail(in, "a question has 2 to 9 options");
    if (error_.empty() && out.answer >= out.options.size())
      fail(need(in, "answer"), "'answer' is the letter of an option: A, B ...");
    for (std::size_t i = 0; i < out.options.size() && error_.empty(); ++i)
      if ((i == out.answer) != out.options[i].misconception.en.empty())
        fail(list(in, "options")[i],
             i == out.answer ? "the right option has no misconception" : "a wrong option names its 'misconception'");
    if (twist) out.explain = words(in, "explain");
    out.run = run(need(in, "run", Type::object));
    const json::Value& reveal = need(in, "reveal", Type::object);
    keys(reveal, "a selector", {"event", "task", "text", "mark", "how", "nth"});
    out.reveal = selector(reveal);
    out.verified = string(in, "verified");
    return out;
  }

  Moment moment(const json::Value& in) {
    keys(in, "a moment", {"event", "task", "text", "mark", "how", "nth", "say"});
    return {selector(in), words(in, "say")};
  }

  Bookmark bookmark(const json::Value& in) {
    Bookmark out;
    out.name = string(in, "name");
    for (const auto& [key, value] : in.members) {
      if (key == "name") continue;
      check_variant(value, key, true);
      auto& moments = out.moments[key];
      if (value.type == Type::array) {
        for (const json::Value& one : value.items) moments.push_back(moment(one));
      } else {
        moments.push_back(moment(value));
      }
    }
    for (const std::string_view needed : {"bad", "fixed"})
      if (!out.moments.contains(std::string(needed))) fail(in, "a bookmark has a moment for '" + std::string(needed) + "'");
    return out;
  }

  const Scenario& scenario_;
  std::string file_, error_;
};

/// The mark of a line of a source, "c" of `// @c`.
std::string_view mark_of(std::string_view source, std::uint32_t line) {
  for (std::uint32_t n = 1; n < line && !source.empty(); ++n) {
    const std::size_t end = source.find('\n');
    source = end == std::string_view::npos ? std::string_view{} : source.substr(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  const std::size_t at = source.rfind("// @");
  return at == std::string_view::npos ? std::string_view{} : source.substr(at + 4);
}

std::string shown(const std::string& value, const std::string& unit, Language language) {
  if (unit != "s") return value;
  return value + (language == Language::chinese ? " 秒" : " s");
}

void replace_all(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
}

std::string told(std::string text, const Trace& trace, const History& history, Seq seq, Language language) {
  if (text.find('{') == std::string::npos) return text;
  std::string time = seconds(trace[seq].at(), 3);
  time.erase(time.find_last_not_of('0') + 1);
  if (time.back() == '.') time += '0';
  replace_all(text, "{time}", shown(time, "s", language));
  if (trace[seq].task) replace_all(text, "{task}", display_name(history.model, trace, trace[seq].who()));
  const auto scenario = find_scenario(trace.info.scenario);
  for (const auto& [name, value] : trace.info.parameters) {
    std::string unit;
    if (scenario)
      for (const Parameter& p : (*scenario)->parameters)
        if (p.name == name) unit = p.unit;
    replace_all(text, "{" + name + "}", shown(value, unit, language));
  }
  return text;
}

}  // namespace

const std::vector<Moment>& Bookmark::of(std::string_view variant) const {
  static const std::vector<Moment> none;
  for (const std::string& key : {std::string(variant), std::string(variant.substr(0, variant.find('.')))})
    if (const auto found = moments.find(key); found != moments.end()) return found->second;
  return none;
}

const std::vector<std::pair<std::string, Words>>& topics() {
  static const std::vector<std::pair<std::string, Words>> all = {
      {"loop", {"One loop", "一个事件循环"}},
      {"limits", {"How much at once", "一次做多少"}},
      {"owners", {"Who owns this task", "这个任务归谁管"}},
      {"stopping", {"Stopping", "停下来"}},
      {"surviving", {"Surviving", "活下去"}},
      {"more", {"More", "更多"}},
  };
  return all;
}

const Words& topic_words(std::string_view key) {
  for (const auto& [name, words] : topics())
    if (name == key) return words;
  return topics().back().second;
}

Result<Lesson> read_lesson(const Scenario& scenario, const std::string& file, std::string_view text) {
  const auto value = json::read(file, text);
  if (!value) return Error{value.error()};
  return Reader(scenario, file).lesson(*value);
}

const Result<Lesson>& built_in_lesson(const Scenario& scenario) {
  static std::mutex one_at_a_time;
  static std::map<const Scenario*, const Result<Lesson>> read;
  const std::lock_guard lock(one_at_a_time);
  if (const auto found = read.find(&scenario); found != read.end()) return found->second;
  const std::string file = "scenarios/" + scenario.name + ".json";
  const std::string_view text = scenario_source(file);
  return read
      .try_emplace(&scenario, text.empty() ? Result<Lesson>(Error{file + " is missing: the lesson's words"})
                                           : read_lesson(scenario, file, text))
      .first->second;
}

Result<Lesson> load_lesson(const Scenario& scenario, const std::string& folder) {
  if (!folder.empty()) {
    const std::string path = folder + "/" + scenario.name + ".json";
    if (std::ifstream in(path); in) {
      std::stringstream text;
      text << in.rdbuf();
      return read_lesson(scenario, path, text.str());
    }
  }
  return built_in_lesson(scenario);
}

Seq find_event(const Selector& selector, const Trace& trace, const History& history) {
  const std::string_view source = scenario_source("scenarios/" + trace.info.scenario + ".cpp");
  std::vector<Seq> found;
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event event = trace[seq];
    if (event.kind != selector.kind) continue;
    if (!selector.text.empty() && !words_of(trace, event).starts_with(selector.text)) continue;
    if (!selector.how.empty() && enum_name(info(event.kind).c.type, event.c) != selector.how) continue;
    if (!selector.mark.empty() && mark_of(source, trace.site(event.where()).line) != selector.mark) continue;
    if (!selector.task.empty() && (!event.task || display_name(history.model, trace, event.who()) != selector.task)) continue;
    found.push_back(seq);
    if (selector.nth > 0 && found.size() == static_cast<std::size_t>(selector.nth)) return seq;
  }
  const std::size_t back = selector.nth < 0 ? static_cast<std::size_t>(-selector.nth) : 0;
  return back && back <= found.size() ? found[found.size() - back] : 0;
}

Found find_bookmark(const Bookmark& bookmark, const Trace& trace, const History& history, Language language) {
  for (const Moment& moment : bookmark.of(trace.info.variant))
    if (const Seq seq = find_event(moment.select, trace, history))
      return {seq, told(moment.say.in(language), trace, history, seq, language)};
  return {};
}

}  // namespace awaitscope
