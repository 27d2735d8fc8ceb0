// What each action does.  Everything here is a change of a value; work outside is returned as a Request.
#include <cmath>

#include "app/view/exists.h"
#include "app/view/hands.h"
#include "app/view/hunting.h"
#include "app/view/journey.h"
#include "app/view/kept.h"
#include "app/view/lane_choice.h"
#include "app/view/looking.h"
#include "app/view/marks.h"
#include "app/view/navigate.h"
#include "app/view/say.h"
#include "app/view/teaching_walk.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

using What = Request::What;

constexpr double zoom_step = 1.5, pan_step = 0.2;
constexpr float text_least = 14, text_most = 64, text_standard = 17, text_step = 1.15f;
constexpr Phrase not_again{"an opened trace cannot be run again", "打开的记录不能重新运行"};
constexpr double speed_least = 1, speed_most = 1024;

std::vector<Request> set_parameter(Session& session, const Action& action) {
  for (Knob& knob : session.lesson.knobs) {
    if (knob.name != action.text) continue;
    if (!std::isfinite(action.x)) return refuse(session, {"{} takes a number", "{} 需要一个数"}, knob.name);
    knob.value = std::clamp(action.x, knob.least, std::max(knob.least, knob.most));
    session.schedules.clear();  // they were of the old value
    session.exploring = false;
    return {{What::run, session.lesson.name}};
  }
  return refuse(session, {"no parameter '{}' here", "这里没有参数“{}”"}, printable(action.text));
}

std::vector<Request> set_threshold(Session& session, const Action& action) {
  for (const Lint& rule : all_lints())
    for (const auto& [key, standard] : rule.defaults) {
      const std::string name = rule.id + "." + key;
      if (name != action.text) continue;
      if (!std::isfinite(action.x) || action.x < 0)
        return refuse(session, {"{} takes a number of 0 or more", "{} 需要不小于 0 的数"}, name);
      if (action.x == standard) session.thresholds.erase(name);
      else session.thresholds[name] = action.x;
      judge(session);
      say(session, Phrase{"{} is {:g}", "{} 现在是 {:g}"}, name, action.x);
      return {};
    }
  return refuse(session, {"no threshold '{}'", "没有阈值“{}”"}, printable(action.text));
}

void reset_thresholds(Session& session, const std::string& rule) {
  std::erase_if(session.thresholds, [&](const auto& entry) { return rule.empty() || entry.first.starts_with(rule + "."); });
  judge(session);
}

void show_side(Session& session, int side) {
  if (side >= static_cast<int>(session.sides.size())) return;
  activate(session, side);
  if (session.show == Show::both) session.show = Show::one;
}

void switch_side(Session& session) {
  if (session.sides.size() < 2) return;
  activate(session, 1 - session.active);
  say(session, printable(session.side().label));
}

void next_show(Session& session) {
  if (session.sides.size() < 2) return;
  if (session.show == Show::blink) session.show = Show::one;
  if (session.show == Show::both) show_side(session, 0);
  else if (session.active == 0) show_side(session, 1);
  else session.show = Show::both;
}

void blink(Session& session) {
  if (session.sides.size() < 2) return;
  session.show = session.show == Show::blink ? Show::both : Show::blink;
  constexpr Phrase on{"Both versions lie in the same place: Tab switches", "两个版本在同一位置：按 Tab 切换"},
      off{"Both versions on one ruler", "两个版本在同一标尺上"};
  say(session, session.show == Show::blink ? on : off);
}

/// "" takes the next.
std::vector<Request> tie_by(Session& session, std::string_view how) {
  constexpr std::string_view names[] = {"time", "bookmark", "off"};
  constexpr Phrase words[] = {{"Both playheads stand at the same time", "两个播放头停在同一时间"},
                              {"Both playheads stand at the same moment of the lesson", "两个播放头停在课程的同一时刻"},
                              {"The playheads move alone", "两个播放头各自移动"}};
  auto next = static_cast<std::size_t>(how.empty() ? (static_cast<int>(session.tie) + 1) % 3
                                                   : std::find(names, names + 3, how) - names);
  if (next == 3)
    return refuse(session, {"tie-by takes time, bookmark or off, not '{}'", "tie-by 只接受 time、bookmark 或 off，不是“{}”"},
                  printable(how));
  session.tie = static_cast<Tie>(next);
  if (session.has_runs()) seek(session, session.side().step);
  say(session, words[next]);
  return {};
}

void change_speed(Session& session, double factor) {
  session.events_per_second = std::clamp(session.events_per_second * factor, speed_least, speed_most);
  say(session, Phrase{"{:.0f} events a second", "每秒 {:.0f} 个事件"}, session.events_per_second);
}

void set_text_size(Session& session, float size) {
  (session.presenting ? session.room.text_size : session.text_size) = std::clamp(std::round(size), text_least, text_most);
}

void select_finding(Session& session, double index) {
  if (!session.has_runs()) return;
  if (!(index >= 0) || index >= static_cast<double>(session.side().findings.size()))
    return say_missing(session, {Hit::Kind::finding, to_seq(index), 0});
  session.selected_finding = static_cast<int>(index);
  const Finding& finding = session.side().findings[static_cast<std::size_t>(index)];
  if (!finding.tasks.empty()) session.selected = {Hit::Kind::task, finding.tasks.front().value, 0};
  if (!finding.evidence.empty()) seek(session, finding.evidence.front());
  say(session, printable(finding.sentence));
}

void select(Session& session, const Hit& hit) {
  if (hit.kind == Hit::Kind::finding) return select_finding(session, hit.value);
  if (hit.kind == Hit::Kind::fold) return fold_lane(session, hit);
  if (hit.kind == Hit::Kind::note) return go_to_note(session, hit.value);
  if (session.has_runs() && !exists(hit, session.side())) return say_missing(session, hit);
  session.selected_finding = -1;
  session.selected = hit;
  if (hit.seq) seek(session, hit.seq);
}

/// "cpp", "py" or "js"; "" for the next one that the lesson has.
void choose_source(Session& session, std::string_view name) {
  const auto& sources = session.lesson.sources;
  if (name == "cpp") session.source = SourceLanguage::cpp;
  else if (name == "py") session.source = SourceLanguage::python;
  else if (name == "js") session.source = SourceLanguage::javascript;
  else if (const SourceFile* shown = shown_source(session); shown && !sources.empty())
    session.source = sources[static_cast<std::size_t>(shown - sources.data() + 1) % sources.size()].language;
}

void choose_language(Session& session, std::string_view name) {
  const bool english = name == "en" || name == "no-font" || (name != "zh" && session.language == Language::chinese);
  session.language = english ? Language::english : Language::chinese;
  if (name == "no-font") say(session, "no Chinese font: apt install fonts-wqy-microhei", true);
}

std::vector<Request> replay(Session& session, const Hit& hit) {
  if (hit.seq >= session.schedules.size() || hit.value >= session.schedules[hit.seq].tried.size()) return {};
  const ScheduleRow::Tried& one = session.schedules[hit.seq].tried[hit.value];
  return {{What::run_schedule, one.schedule}};
}

void remember_choice(Session& session, const Action& action) {
  Chosen& chosen = session.chosen;
  switch (action.act) {
    case Act::toggle_theme: chosen.theme = session.theme; return;
    case Act::language:
      if (action.text != "no-font") chosen.language = session.language;
      return;
    case Act::text_larger:
    case Act::text_smaller:
    case Act::text_standard:
      if (!session.presenting) chosen.text_size = session.text_size;
      return;
    case Act::require_votes: chosen.votes = session.teaching.votes; return;
    default: return;
  }
}

std::vector<Request> act_on(Session& session, const Action& action) {
  const Lesson& lesson = session.lesson;
  const Remember remember(session, action);
  if (wakes(session, action)) return {};
  switch (action.act) {
    case Act::event_forward: move(session, Unit::event, +1); return {};
    case Act::event_back: move(session, Unit::event, -1); return {};
    case Act::step_forward:
      if (at_its_end(session)) return {{What::gate, "step"}};
      move(session, Unit::step, +1);
      return {};
    case Act::step_back: move(session, Unit::step, -1); return {};
    case Act::tick_forward:
      if (at_its_end(session)) return {{What::gate, "tick"}};
      move(session, Unit::tick, +1);
      return {};
    case Act::tick_back: move(session, Unit::tick, -1); return {};
    case Act::bookmark_forward:
      if (session.teaching.on) return go_on(session);
      move(session, Unit::bookmark, +1);
      return {};
    case Act::bookmark_back:
      if (session.teaching.on) return go_back(session);
      move(session, Unit::bookmark, -1);
      return {};
    case Act::home:
      session.playing = false;
      seek(session, 0);
      return {};
    case Act::end:
      session.playing = false;
      seek_end(session);
      return {};
    case Act::play_pause:
      if (is_watched(session)) return {{What::gate, session.side().held ? "resume" : "pause"}};
      play_pause(session);
      return {};
    case Act::slower: change_speed(session, 0.5); return {};
    case Act::faster: change_speed(session, 2); return {};
    case Act::seek_time: seek_ruler(session, action.x); return {};
    case Act::seek_event: seek(session, to_seq(action.x)); return {};

    case Act::zoom_in: zoom(session, action.x, 1 / (action.y > 0 ? action.y : zoom_step)); return {};
    case Act::zoom_out: zoom(session, action.x, action.y > 0 ? action.y : zoom_step); return {};
    case Act::pan_left: pan(session, -(action.x > 0 ? action.x : pan_step)); return {};
    case Act::pan_right: pan(session, action.x > 0 ? action.x : pan_step); return {};
    case Act::scroll_lanes: scroll(session, action.x); return {};
    case Act::fit_all: fit_all(session); return {};
    case Act::fit_selection: fit_selection(session, action.hit); return {};
    case Act::center_playhead: focus(session); return {};
    case Act::show_range: show_range(session, action.x, action.y); return {};
    case Act::select_range:
      if (std::isfinite(action.x) && std::isfinite(action.y))
        session.range = {to_instant(std::min(action.x, action.y)), to_instant(std::max(action.x, action.y))};
      return {};

    case Act::select:
      if (action.hit.kind == Hit::Kind::schedule) return replay(session, action.hit);
      select(session, action.hit);
      return {};
    case Act::select_finding: select_finding(session, action.x); return {};
    case Act::clear_selection:  // Esc: never quits, never moves the playhead
      if (session.loading) return {{What::cancel_open, ""}};
      session.selected = session.hovered = {};
      session.selected_finding = -1;
      session.range.reset();
      session.help = false;
      clear_hunt(session);
      clear_looking(session);
      say(session, "");
      return {};
    case Act::hover: session.hovered = action.hit; return {};
    case Act::next_span:
    case Act::previous_span:
    case Act::next_arrow:
    case Act::previous_arrow:
    case Act::follow_arrow:
    case Act::follow_arrow_back:
    case Act::copy_table:
    case Act::copy_locator:
    case Act::go_to_locator:
    case Act::find:
    case Act::find_next:
    case Act::find_previous:
    case Act::find_lane:
    case Act::filter_lanes:
    case Act::pin_lane:
    case Act::fold_lane:
    case Act::mark:
    case Act::note_range:
    case Act::next_mark:
    case Act::delete_mark:
    case Act::undo:
    case Act::redo: hunt(session, action); return {};
    case Act::select_task:
    case Act::select_resource:
    case Act::select_scope:
    case Act::select_worker:
    case Act::select_event: select_numbered(session, action.act, action.x); return {};
    case Act::show_tab: show_tab(session, action); return {};
    case Act::sort_table: sort_table(session, action.text); return {};
    case Act::filter_table: filter_table(session, action.text); return {};
    case Act::brush: brush(session, action); return {};
    case Act::explain: explain(session, action.text); return {};
    case Act::source_root: session.inspection.source_root = action.text; return {};

    case Act::show_bad: show_side(session, 0); return {};
    case Act::show_fixed: show_side(session, 1); return {};
    case Act::show_both: session.show = Show::both; return {};
    case Act::blink: blink(session); return {};
    case Act::tie_by: return tie_by(session, action.text);
    case Act::switch_side: switch_side(session); return {};
    case Act::next_show: next_show(session); return {};
    case Act::toggle_theme: session.theme = session.theme == Theme::dark ? Theme::light : Theme::dark; return {};
    case Act::toggle_order_ruler: toggle_order(session); return {};
    case Act::toggle_help: session.help = !session.help; return {};
    case Act::toggle_fold:
      session.fold = !session.fold;
      session.lane_scroll = 0;
      return {};
    case Act::text_larger: set_text_size(session, session.shown_text_size() * text_step); return {};
    case Act::text_smaller: set_text_size(session, session.shown_text_size() / text_step); return {};
    case Act::text_standard: set_text_size(session, session.presenting ? Room{}.text_size : text_standard); return {};
    case Act::language: choose_language(session, action.text); return {};
    case Act::split: split(session, action.text, action.x); return {};
    case Act::present:  // and back: nothing else changes, so that a key too many costs nothing
      session.presenting = turned(action.text, session.presenting);
      session.room.blank = false;
      return {};
    case Act::toggle_blank: session.room.blank = session.presenting; return {};  // any key ends it
    case Act::toggle_spotlight: session.room.spotlight = !session.room.spotlight; return {};
    case Act::toggle_bar: session.room.bar = !session.room.bar; return {};
    case Act::toggle_notes: session.room.notes = !session.room.notes; return {};
    case Act::next_screen: ++session.room.screens; return {};
    case Act::lesson_language: choose_source(session, action.text); return {};

    case Act::teach:
    case Act::unlock:
    case Act::require_votes:
    case Act::set_vote:
    case Act::vote_digit:
    case Act::vote_erase:
    case Act::option_next:
    case Act::option_previous:
    case Act::toggle_votes:
    case Act::reset_lesson:
    case Act::next_lesson:
    case Act::previous_lesson: return lesson_act(session, action);

    case Act::set_threshold: return set_threshold(session, action);
    case Act::reset_thresholds: reset_thresholds(session, action.text); return {};

    case Act::set_parameter: return set_parameter(session, action);
    case Act::load_scenario: return {{What::run, action.text}};
    case Act::load_preset:
      if (lesson.empty())
        return refuse(session, {"no scenario is open, so there is no preset to load", "没有打开场景，所以没有预设"});
      return {{What::run, lesson.name + ":" + action.text}};
    case Act::rerun:
      if (lesson.empty()) return refuse(session, not_again);
      return {{What::run, lesson.name}};
    case Act::explore:
      if (lesson.empty()) return refuse(session, not_again);
      return {{What::explore, lesson.name}};
    case Act::badges:
      if (lesson.empty()) return refuse(session, not_again);
      return {{What::badges, lesson.name}};
    case Act::replay_schedule:
      if (lesson.empty()) return refuse(session, not_again);
      return {{What::run_schedule, action.text}};
    case Act::run_live:
      if (lesson.empty()) return refuse(session, {"an opened trace cannot be run live", "打开的记录不能实时运行"});
      return {{What::run_live, lesson.name}};
    case Act::live_pause: return {{What::gate, "pause"}};
    case Act::live_resume: return {{What::gate, "resume"}};
    case Act::live_step: return {{What::gate, "step"}};
    case Act::live_tick: return {{What::gate, "tick"}};
    case Act::live_stop: return {{What::gate, "stop"}};
    case Act::live_speed: return change_live_speed(session, action.x);
    case Act::run_hands:
      if (lesson.empty()) return refuse(session, not_again);
      return {{What::run_hands, lesson.name}};
    case Act::fork: return fork(session);
    case Act::hands: open_hand_menu(session, action.hit); return {};
    case Act::lay_hand: return lay_hand(session, action.text);
    case Act::open_file: return {{What::open, action.text}};
    case Act::cancel_open: return {{What::cancel_open, ""}};
    case Act::save_file: return {{What::save, action.text}};
    case Act::export_file: return {{What::export_to, action.text}};
    case Act::take_screenshot: return {{What::screenshot, screenshot_size(action)}};
    case Act::reload: return {{What::reload, ""}};
    case Act::save_session: return save_session(session, action.text);
    case Act::open_recent: return open_recent(session, action.x);
    case Act::cards_choose:
    case Act::cards_put:
    case Act::cards_move:
    case Act::cards_check:
    case Act::cards_shuffle: handle_cards(session, action); return {};
    case Act::student: return set_student(session, action.text);
    case Act::quit: return {{What::quit, ""}};
  }
  return {};
}

}  // namespace

std::vector<Request> update(Session& session, const Action& action) {
  if (tells_ahead(session, action)) return {};
  const Standing before(session);
  std::vector<Request> requests = act_on(session, action);
  remember_choice(session, action);
  keep_lesson(session, before, requests);
  draw_veil(session);
  return requests;
}

}  // namespace awaitscope::view
