// What a session file keeps, part by part.
#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "app/desk/json.h"
#include "app/desk/session_file.h"
#include "app/view/exists.h"
#include "app/view/navigate.h"
#include "app/view/teaching_walk.h"
#include "core/findings/words.h"
#include "core/trace/notes.h"

namespace awaitscope::desk {
namespace {

using view::Session;
using view::Side;

constexpr double longest = 9e15;  ///< nanoseconds: a hundred days, exact as a double
constexpr double most_events = 4e9;

const std::vector<std::string_view> shows = {"one", "both"}, themes = {"dark", "light"}, languages = {"en", "zh"},
                                    sources = {"cpp", "py", "js"},
                                    hits = {"none", "task", "span", "event", "resource", "scope", "finding", "loop"};

Instant instant(double ns) { return {static_cast<std::int64_t>(ns)}; }

std::string write_hit(const view::Hit& hit) {
  const auto kind = static_cast<std::size_t>(hit.kind);
  if (kind == 0 || kind >= hits.size()) return {};
  return JsonObject().text("kind", hits[kind]).number("value", hit.value).number("event", hit.seq).line();
}

Status read_hit(const Source& source, const json::Value& value, view::Hit& out) {
  Fields fields(source, value, "selected");
  int kind = 0;
  fields.word("kind", hits, kind);
  fields.whole("value", out.value, 0, most_events);
  fields.whole("event", out.seq, 0, most_events);
  out.kind = static_cast<view::Hit::Kind>(kind);
  return fields.end();
}

std::string write_position(const Session& session) {
  JsonObject out;
  out.text("show", shows[session.show == view::Show::both]).number("active", session.active);
  out.add("steps", json_array(session.sides, [](const auto& side) { return std::to_string(side->step); }));
  out.add("window", fmt::format("[{}, {}]", session.view_begin.ns, session.view_end.ns));
  out.number("lane_scroll", static_cast<double>(session.lane_scroll));
  out.flag("fold", session.fold).flag("order_ruler", session.order_ruler);
  out.add("selected", write_hit(session.selected));
  if (session.selected_finding >= 0) out.number("finding", session.selected_finding + 1);
  if (session.range) out.add("range", fmt::format("[{}, {}]", session.range->first.ns, session.range->second.ns));
  out.number("speed", session.events_per_second).text("source", sources[static_cast<std::size_t>(session.source)]);
  return out.line();
}

void place(Side& side, double step) {
  side.step = static_cast<Seq>(std::min(step, static_cast<double>(side.trace.size())));
  side.model = side.replay.at(side.step);
}

Status read_position(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "position");
  int show = session.show == view::Show::both, language = static_cast<int>(session.source), finding = 0;
  double scroll = static_cast<double>(session.lane_scroll);
  std::vector<double> steps, window, range;
  view::Hit selected;
  fields.word("show", shows, show);
  fields.whole("active", session.active, 0, std::max(0.0, static_cast<double>(session.sides.size()) - 1));
  fields.numbers("steps", steps, 0, most_events, 2);
  fields.numbers("window", window, -longest, longest, 2);
  fields.number("lane_scroll", scroll, 0, 1e6);
  fields.boolean("fold", session.fold);
  fields.boolean("order_ruler", session.order_ruler);
  fields.value("selected", [&](const json::Value& hit) { return read_hit(source, hit, selected); });
  fields.whole("finding", finding, 0, 1e6);
  fields.numbers("range", range, -longest, longest, 2);
  fields.number("speed", session.events_per_second, 1, 1024);
  fields.word("source", sources, language);
  if (const Status read = fields.end(); !read) return read;

  session.show = session.sides.size() > 1 && show ? view::Show::both : view::Show::one;
  session.source = static_cast<view::SourceLanguage>(language);
  for (std::size_t i = 0; i < std::min(steps.size(), session.sides.size()); ++i) place(*session.sides[i], steps[i]);
  session.range.reset();
  if (range.size() == 2) session.range = {instant(std::min(range[0], range[1])), instant(std::max(range[0], range[1]))};
  if (!session.has_runs()) return Done{};
  // The window's own limits are those of show_range; what was exact stays so.
  if (window.size() == 2) view::show_range(session, window[0], window[1]);
  session.lane_scroll = static_cast<float>(scroll);
  const Side& side = session.side();
  session.selected = exists(selected, side) ? selected : view::Hit{};
  session.selected_finding = finding >= 1 && finding <= static_cast<int>(side.findings.size()) ? finding - 1 : -1;
  return Done{};
}

std::string write_picture(const Session& session) {
  JsonObject out;
  out.text("theme", themes[session.theme == view::Theme::light])
      .text("language", languages[session.language == Language::chinese]);
  return out.number("text_size", std::round(static_cast<double>(session.text_size))).line();
}

Status read_picture(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "picture");
  int theme = session.theme == view::Theme::light, language = session.language == Language::chinese;
  double size = static_cast<double>(session.text_size);
  fields.word("theme", themes, theme);
  fields.word("language", languages, language);
  fields.number("text_size", size, 14, 64);
  session.theme = theme ? view::Theme::light : view::Theme::dark;
  session.language = language ? Language::chinese : Language::english;
  session.text_size = static_cast<float>(size);
  return fields.end();
}

std::string write_room(const Session& session) { return JsonObject().flag("presenting", session.presenting).line(); }

Status read_room(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "room");
  fields.boolean("presenting", session.presenting);
  return fields.end();
}

std::string write_rules(const Session& session) {
  JsonObject out;
  for (const auto& [name, value] : session.thresholds) out.number(name, value);
  return out.line();
}

Status read_rules(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "rules");
  std::map<std::string, double> thresholds;
  for (const Lint& rule : all_lints())
    for (const auto& [key, standard] : rule.defaults) {
      double number = standard;
      fields.number(rule.id + "." + key, number, 0, 1e12);
      if (number != standard) thresholds[rule.id + "." + key] = number;
    }
  if (const Status read = fields.end(); !read) return read;
  if (thresholds == session.thresholds) return Done{};
  session.thresholds = std::move(thresholds);
  judge(session);
  return Done{};
}

std::string write_order(const Session& session) {
  const view::LineCards& cards = session.cards;
  if (cards.empty()) return "{}";
  const auto list = [](const std::vector<int>& cards) { return json_array(cards, [](int i) { return std::to_string(i); }); };
  JsonObject out;
  out.text("lesson", cards.lesson).text("source", cards.source).number("seed", static_cast<double>(cards.seed));
  out.add("in", list(cards.in)).add("out", list(cards.out)).number("chosen", cards.chosen).number("checks", cards.checks);
  return out.flag("checked", !cards.marks.empty()).line();
}

/// The cards as they lay, if they are still the same cards.
void lay_out(Session& session, const view::LineCards& wanted, const std::vector<double>& in, const std::vector<double>& out,
             bool checked) {
  if (wanted.lesson != session.lesson.name) return;
  for (const view::SourceFile& source : session.lesson.sources) {
    if (source.path != wanted.source) continue;
    view::LineCards cards = view::deal(wanted.lesson, wanted.source, view::deck_of(source.text), wanted.seed);
    std::vector<bool> seen(cards.deck.size());
    bool fits = in.size() + out.size() == cards.deck.size();
    const auto take = [&](const std::vector<double>& from, std::vector<int>& to) {
      to.clear();
      for (const double card : from) {
        const auto i = static_cast<std::size_t>(card);
        if (!fits || i >= seen.size() || seen[i]) return void(fits = false);
        seen[i] = true;
        to.push_back(static_cast<int>(i));
      }
    };
    take(in, cards.in);
    take(out, cards.out);
    if (!fits) return;
    view::choose(cards, wanted.chosen);
    if (checked) view::check(cards);
    cards.checks = wanted.checks;
    session.cards = std::move(cards);
  }
}

Status read_order(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "order");
  view::LineCards cards;
  std::vector<double> in, out;
  bool checked = false;
  fields.string("lesson", cards.lesson);
  fields.string("source", cards.source);
  fields.whole("seed", cards.seed, 1, 1e9);
  fields.numbers("in", in, 0, 100, 100);
  fields.numbers("out", out, 0, 100, 100);
  fields.whole("chosen", cards.chosen, 0, 100);
  fields.whole("checks", cards.checks, 0, 1e6);
  fields.boolean("checked", checked);
  if (const Status read = fields.end(); !read) return read;
  session.cards = {};
  lay_out(session, cards, in, out, checked);
  return Done{};
}

std::string write_student(const Session& session) { return JsonObject().flag("on", session.student.on).line(); }

Status read_student(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "student");
  fields.boolean("on", session.student.on);
  return fields.end();
}

const std::vector<std::string_view> phases = {"read", "vote", "talk", "revote", "run", "reveal", "saw", "other", "done"};

/// Where the lesson stands, and the counts of every question that was voted on.
std::string write_lesson(const Session& session) {
  const view::Teaching& t = session.teaching;
  const auto ballot = t.ballots.find(session.lesson.name);
  const auto counts = [](const std::vector<int>& round) { return json_array(round, [](int n) { return std::to_string(n); }); };
  JsonObject out;
  out.flag("on", t.on).flag("by_room", t.by_room).text("phase", phases[static_cast<std::size_t>(t.phase)]);
  out.number("question", static_cast<double>(t.question)).number("at", t.at);
  if (ballot != t.ballots.end())
    out.add("ballots", json_array(ballot->second, [&](const view::Votes& votes) {
              return JsonObject()
                  .add("first", counts(votes.first))
                  .add("second", counts(votes.second))
                  .flag("open", votes.open)
                  .line();
            }));
  return out.line();
}

Status read_ballot(const Source& source, const json::Value& value, view::Votes& votes) {
  Fields fields(source, value, "a ballot");
  std::vector<double> first, second;
  fields.numbers("first", first, 0, view::most_votes, 9);
  fields.numbers("second", second, 0, view::most_votes, 9);
  fields.boolean("open", votes.open);
  for (const double n : first) votes.first.push_back(static_cast<int>(n));
  for (const double n : second) votes.second.push_back(static_cast<int>(n));
  return fields.end();
}

Status read_lesson(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "lesson");
  view::Teaching t = session.teaching;
  int phase = 0;
  std::vector<view::Votes> ballots;
  fields.boolean("on", t.on);
  fields.boolean("by_room", t.by_room);
  fields.word("phase", phases, phase);
  fields.whole("question", t.question, 0, 100);
  fields.whole("at", t.at, 0, most_events);
  fields.value("ballots", [&](const json::Value& list) -> Status {
    if (list.type != json::Type::array || list.items.size() > 100) return source.at(list, "ballots are a list");
    for (const json::Value& one : list.items)
      if (const Status read = read_ballot(source, one, ballots.emplace_back()); !read) return read;
    return Done{};
  });
  if (const Status read = fields.end(); !read) return read;
  const std::size_t questions = session.lesson.questions.size();
  for (std::size_t i = 0; i < std::min(ballots.size(), questions); ++i) {
    const std::size_t options = session.lesson.questions[i].options.size();
    if (!ballots[i].first.empty()) ballots[i].first.resize(options);
    if (!ballots[i].second.empty()) ballots[i].second.resize(options);
  }
  ballots.resize(std::min(ballots.size(), questions));
  t.on = t.on && t.question < questions;
  if (!t.on) t.question = 0, phase = 0;
  t.phase = static_cast<view::Teaching::Phase>(phase);
  t.lesson = session.lesson.name;
  if (!ballots.empty()) {
    ballots.resize(questions);
    t.ballots[t.lesson] = std::move(ballots);
  }
  session.teaching = std::move(t);
  if (session.teaching.on) view::resume_lesson(session);
  return Done{};
}

/// The splitters; 0 where nobody has moved them.
std::string write_layout(const Session& session) {
  const view::Layout& layout = session.layout;
  const auto share = [](float part) { return std::round(static_cast<double>(part) * 1e4) / 1e4; };
  return JsonObject()
      .number("side", share(layout.side))
      .number("upper", share(layout.upper))
      .number("below", share(layout.below))
      .line();
}

Status read_layout(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "layout");
  for (const char* name : {"side", "upper", "below"}) {
    double share = 0;
    fields.number(name, share, 0, 1);
    view::split(session, name, share);
  }
  return fields.end();
}

constexpr std::size_t most_names = 1000;

/// A list of strings.
void read_texts(Fields& fields, const Source& source, std::string_view name,
                const std::function<bool(const std::string& text)>& take) {
  fields.value(name, [&source, name, &take](const json::Value& list) -> Status {
    if (list.type != json::Type::array || list.items.size() > most_names)
      return source.at(list, fmt::format("{} must be a list of at most {}", name, most_names));
    for (const json::Value& item : list.items)
      if (item.type != json::Type::string || !take(item.string)) return source.at(item, fmt::format("not one of {}", name));
    return Done{};
  });
}

/// What a hunt keeps in sight, and what was written on the runs.
std::string write_hunt(const Session& session) {
  // No more than is read: a list that is longer would cost the whole session.
  const auto list = [](const auto& all, auto write) {
    return json_array(std::span(all).first(std::min(all.size(), most_names)), write);
  };
  JsonObject out;
  out.add("pins", list(session.hunt.pins, quoted_json))
      .add("folded", list(session.hunt.folded, quoted_json))
      .add("opened", list(session.hunt.opened, quoted_json));
  out.text("filter", session.hunt.filter);
  for (std::size_t i = 0; i < session.sides.size(); ++i)
    out.add(i ? "notes_beside" : "notes",
            list(session.sides[i]->trace.notes, [](const Note& note) { return quoted_json(to_text(note)); }));
  return out.line();
}

Status read_hunt(const Source& source, const json::Value& value, Session& session) {
  Fields fields(source, value, "hunt");
  view::Hunt& hunt = session.hunt;
  const auto names = [&](std::string_view name, std::vector<std::string>& out) {
    out.clear();
    read_texts(fields, source, name, [&](const std::string& text) { return out.push_back(text), true; });
  };
  names("pins", hunt.pins);
  names("folded", hunt.folded);
  names("opened", hunt.opened);
  hunt.filter.clear();
  fields.string("filter", hunt.filter);
  for (const std::size_t i : {0, 1})
    read_texts(fields, source, i ? "notes_beside" : "notes", [&](const std::string& text) {
      Note note;
      if (!read_note(text, note)) return false;
      if (i >= session.sides.size()) return true;
      Trace& trace = session.sides[i]->trace;
      if (std::find(trace.notes.begin(), trace.notes.end(), note) == trace.notes.end()) add_note(trace, std::move(note));
      return true;
    });
  for (const auto& side : session.sides) settle_notes(side->trace);
  return fields.end();
}

}  // namespace

const std::vector<SessionArea>& session_areas() {
  // In the order in which they are read: the rules make the findings that a position may select.
  static const std::vector<SessionArea> all = {
      {"rules", write_rules, read_rules},       {"position", write_position, read_position},
      {"picture", write_picture, read_picture}, {"room", write_room, read_room},
      {"order", write_order, read_order},       {"student", write_student, read_student},
      {"teaching", write_lesson, read_lesson},  {"layout", write_layout, read_layout},
      {"hunt", write_hunt, read_hunt},
  };
  return all;
}

}  // namespace awaitscope::desk
