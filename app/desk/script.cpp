#include "app/desk/script.h"

#include <cstdlib>
#include <fstream>
#include <iomanip>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include "app/desk/keeper.h"
#include "app/desk/kept_facts.h"
#include "app/desk/playlists.h"
#include "app/view/arrows.h"
#include "app/view/filter.h"
#include "app/view/locator.h"
#include "app/view/search.h"
#include "app/view/statistics.h"
#include "core/formats/format.h"

namespace awaitscope::desk {
namespace {

/// What `expect NAME VALUE` compares.
std::optional<std::string> fact(const view::Session& session, const std::string& name) {
  if (name == "lesson") return session.lesson.name;
  if (name == "message") return session.message;
  if (name == "sides") return std::to_string(session.sides.size());
  if (name == "theme") return session.theme == view::Theme::dark ? "dark" : "light";
  if (name == "show") return session.show == view::Show::both ? "both" : session.sides.empty() ? "" : session.side().label;
  if (name == "schedules") {  // "bad 50 fixed 0": how many fail
    std::string rows;
    for (const view::ScheduleRow& row : session.schedules)
      rows += (rows.empty() ? "" : " ") + row.label + " " + std::to_string(row.failed());
    return rows;
  }
  if (const auto kept = kept_fact(session, name)) return kept;
  if (name == "tie") {
    constexpr const char* ties[] = {"time", "bookmark", "off"};
    return ties[static_cast<int>(session.tie)];
  }
  if (name == "blink") return session.show == view::Show::blink ? "yes" : "no";
  if (name == "deltas") {  // "errors 15 → 0, ..."
    std::string out;
    for (const view::Delta& delta : session.deltas)
      out += (out.empty() ? "" : ", ") + view::marked_words(delta, Language::english);
    return out;
  }
  if (name == "badges") {  // "bad correct fixed correct efficient": the earned ones
    std::string out;
    for (const view::BadgeRow& row : session.badges) {
      out += (out.empty() ? "" : " ") + row.label;
      for (const auto& badge : row.badges) out += badge.earned ? " " + badge.name : "";
    }
    return out;
  }
  if (name == "language") return session.language == Language::chinese ? "zh" : "en";
  if (name == "split")
    return fmt::format("{:.2f} {:.2f} {:.2f}", session.layout.side, session.layout.upper, session.layout.below);
  if (name == "help") return session.help ? "yes" : "no";
  if (auto known = lesson_fact(session, name)) return known;
  if (name == "explaining") return session.inspection.explaining ? "yes" : "no";
  if (name == "brushed") return view::brushed(session) ? "yes" : "no";
  if (!session.has_runs()) return std::nullopt;
  const view::Side& side = session.side();
  if (name == "step") return std::to_string(side.step);
  if (name == "events") return std::to_string(side.trace.size());
  if (name == "schedule") return to_text(side.trace.info.schedule);
  if (name == "held") return side.held ? "yes" : "no";
  if (name == "time") return seconds(playhead(session), 3);
  if (name == "findings") {
    std::string rules;
    for (const Finding& f : side.findings)
      if (f.severity != Severity::info) rules += (rules.empty() ? "" : " ") + f.rule;
    return rules;
  }
  if (name == "selected") return std::to_string(session.selected.value);
  if (name == "range") return session.range ? "yes" : "no";
  if (name == "search") return search_words(session.hunt.search, !searching(session));
  if (name == "hidden") return std::to_string(hidden_lanes(session, side).hidden);
  if (name == "marks") {
    std::string marks;
    for (const Note& note : side.trace.notes) marks += (marks.empty() ? "" : " ") + (note.text.empty() ? "-" : note.text);
    return marks;
  }
  if (name == "locator") return locator_of(session);
  if (name == "copied") return session.hunt.clipboard.substr(0, session.hunt.clipboard.find('\n'));
  if (name == "window") return seconds(session.view_begin, 3) + " " + seconds(session.view_end, 3);
  if (name == "pins") return std::to_string(session.hunt.pins.size());
  if (name == "folded") return std::to_string(session.hunt.folded.size());
  if (name == "arrow")
    return session.hunt.arrow ? arrow_words(side, side.history.flows[*session.hunt.arrow], session.language) : "none";
  if (name == "text-size") return std::to_string(static_cast<int>(session.shown_text_size() + 0.5f));
  if (name == "presenting") return session.presenting ? "yes" : "no";
  if (name == "blank") return session.room.blank ? "yes" : "no";
  return std::nullopt;
}

class Script {
 public:
  Script(const OpenScreen& open_screen, const RenderPng& render)
      : open_screen_(open_screen), render_(render), desk_(session_, render) {}

  /// An error stops the script; `failed_` tells an expectation from a mistake.
  Status line(const std::string& text) {
    std::istringstream words(text);
    std::string command;
    if (!(words >> command) || command[0] == '#') return Done{};
    if (command == "size") {
      if (!(words >> width_ >> height_) || width_ < 200 || height_ < 150 || width_ > 8192 || height_ > 8192)
        return Error{"size takes a width and a height from 200x150 to 8192x8192"};
      if (!(words >> scale_)) scale_ = 1;
      if (!(scale_ >= 0.5F && scale_ <= 4)) return Error{"the scale of a screen is 0.5 to 4"};
      screen_.reset();
      return Done{};
    }
    const std::string rest = rest_of(words);
    if (command == "load") {
      desk_.load_scenario(rest);
      return session_.message_is_error ? Status(Error{session_.message}) : Status(Done{});
    }
    if (command == "keep") return keep(rest);
    if (command == "open") return desk_.open(rest);
    if (command == "playlist") return desk_.use_playlist(rest);
    if (command == "png") return picture(rest);
    if (command == "expect") return expect(rest);
    if (command == "type") return with_screen([&] { return screen_->type(session_, rest); });
    if (command == "key") return press(rest);
    if (command == "click" || command == "double-click" || command == "right-click" || command == "wheel" || command == "drag")
      return pointer(command, rest);
    return action(command, rest);
  }

  Status picture(const std::string& path) {
    if (scale_ != 1)
      if (const Status drawn = with_screen([] { return view::Actions{}; }); !drawn) return drawn;
    if (screen_) return write_file(path, screen_->png(session_));  // as clicks have left it: tabs, scrolling
    if (!render_) return Error{"pictures need the window's renderer, and this program was built without a window"};
    auto png = render_(session_, width_, height_);
    if (!png) return Error{png.error()};
    return write_file(path, *png);
  }
  /// What the line has changed stands on the disk before the next one.
  void save() {
    if (keeper_) keeper_->flush();
  }
  bool failed() const { return failed_; }
  bool quit() const { return quit_; }

 private:
  static std::string rest_of(std::istringstream& words) {
    std::string rest;
    std::getline(words >> std::ws, rest);
    while (!rest.empty() && (rest.back() == ' ' || rest.back() == '\r')) rest.pop_back();
    return rest;
  }

  template <class Make>
  Status with_screen(Make make) {
    if (!screen_) {
      if (!open_screen_) return Error{"keys and clicks need the window, and this program was built without one"};
      auto opened = open_screen_(width_, height_, scale_);
      if (!opened) return Error{opened.error()};
      screen_ = std::move(*opened);
      for (int i = 0; i < 3; ++i) apply(screen_->frame(session_));
    }
    apply(make());
    apply(screen_->frame(session_));
    return Done{};
  }
  void apply(const view::Actions& actions) {
    if (!desk_.apply(actions)) quit_ = true;
    desk_.settle();
    while (search_on(session_)) {}
  }

  Status press(const std::string& text) {
    const auto key = view::spelt(text);
    if (!key) return Error{"'" + text + "' is no key; Ctrl+Shift+Right, F5 or J would be"};
    return with_screen([&] { return screen_->press_key(session_, *key); });
  }

  Status keep(const std::string& folder) {
    if (!folder.starts_with('/')) return Error{"keep takes a folder's whole name"};
    keeper_ = std::make_unique<Keeper>(session_, desk_);
    keeper_->begin({folder + "/config", folder + "/state"});
    keeper_->reopen();
    desk_.settle();
    keeper_->tell();
    return Done{};
  }

  Status pointer(const std::string& command, const std::string& rest) {
    std::istringstream words(rest);
    std::string place;
    words >> std::quoted(place);
    float x = 0.5f, y = 0.5f, x2 = 0.5f, y2 = 0.5f, lines = 1;
    if (command == "wheel") words >> lines;
    if (words >> x) words >> y >> x2 >> y2;
    if (const Status drawn = with_screen([] { return view::Actions{}; }); !drawn) return drawn;
    const auto rect = find(place);
    if (!rect) return Error{"there is no place named '" + place + "' in the window now"};
    const auto at = [&](float fx, float fy) { return view::Point{rect->x + rect->w * fx, rect->y + rect->h * fy}; };
    return with_screen([&] {
      if (command == "wheel") return screen_->wheel(session_, at(x, y), lines);
      if (command == "right-click") return screen_->right_click(session_, at(x, y));
      if (command == "drag") return screen_->drag(session_, at(x, y), at(x2, y2));
      return screen_->click(session_, at(x, y), command == "click" ? 1 : 2);
    });
  }

  /// A named place; a tab that does not fit into its bar is looked for in the menu at the bar's end.
  std::optional<view::Rect> find(const std::string& place) {
    for (const char* menu : {"more:upper", "more:below", "more:lower"}) {
      if (const auto rect = screen_->find(place)) return rect;
      const auto more = place.starts_with("tab:") ? screen_->find(menu) : std::nullopt;
      if (!more) continue;
      apply(screen_->click(session_, {more->x + more->w / 2, more->y + more->h / 2}, 1));
      apply(screen_->frame(session_));
    }
    return screen_->find(place);
  }

  Status action(const std::string& name, const std::string& rest) {
    for (const view::ActionInfo& info : view::all_actions()) {
      if (info.name != name) continue;
      view::Action action;
      action.act = info.act;
      std::istringstream words(rest);
      std::string word;
      for (int numbers = 0; words >> word;) {
        Duration time{};
        char* end = nullptr;
        const double number = std::strtod(word.c_str(), &end);
        if (*end == 0 && numbers < 2) (numbers++ ? action.y : action.x) = number;
        else if (read_duration(word, time) && numbers < 2)
          (numbers++ ? action.y : action.x) = static_cast<double>(time.count());
        else action.text += (action.text.empty() ? "" : " ") + word;
      }
      apply({action});
      // Two may be asked for in a row: each needs its frame.
      if (info.act == view::Act::show_tab && open_screen_) return with_screen([] { return view::Actions{}; });
      return Done{};
    }
    return Error{"unknown command '" + name + "'; actions are listed by the key help (?)"};
  }

  Status expect(const std::string& rest) {
    const std::size_t space = rest.find(' ');
    const std::string name = rest.substr(0, space), wanted = space == std::string::npos ? "" : rest.substr(space + 1);
    const auto found = fact(session_, name);
    if (!found) return Error{"expect knows no '" + name + "' here"};
    if (*found == wanted) return Done{};
    failed_ = true;
    return Error{"expected " + name + " '" + wanted + "', found '" + *found + "'"};
  }

  const OpenScreen& open_screen_;
  const RenderPng& render_;
  view::Session session_;
  Desk desk_;
  std::unique_ptr<Keeper> keeper_;
  std::unique_ptr<Screen> screen_;
  int width_ = 1280, height_ = 800;
  float scale_ = 1;
  bool failed_ = false, quit_ = false;
};

}  // namespace

ScriptEnd run_script(const std::string& path, const std::string& png, const OpenScreen& open_screen, const RenderPng& render) {
  std::ifstream file(path);
  if (!file) return {2, path + ": cannot be read"};
  Script script(open_screen, render);
  std::string text;
  for (int number = 1; std::getline(file, text) && !script.quit(); ++number) {
    if (const Status done = script.line(text); !done)
      return {script.failed() ? 1 : 2, path + ":" + std::to_string(number) + ": " + done.error()};
    script.save();
  }
  if (!png.empty())
    if (const Status drawn = script.picture(png); !drawn) return {2, drawn.error()};
  return {};
}

}  // namespace awaitscope::desk
