#pragma once
// What a person can ask for.  Keys, menus, buttons and scripts all make Actions; `update` is the only place that carries
// them out.  The table of all actions (name, label, keys) feeds the menus, the key help and the script language.  There are two
// maps of keys: at the desk the field's (Perfetto's), in front of a room those that clickers send and a hand finds.
#include <string>
#include <vector>

#include "app/view/draw_list.h"
#include "core/base/words.h"

namespace awaitscope::view {

enum class Act : std::uint8_t {
  // the playhead (a step is one resume of one task, a tick one pass of the loop)
  event_forward,
  event_back,
  step_forward,
  step_back,
  tick_forward,
  tick_back,
  bookmark_forward,
  bookmark_back,
  home,
  end,
  play_pause,
  slower,
  faster,
  seek_time,   ///< x: nanoseconds (with the order ruler: an event number, as in show_range and select_range)
  seek_event,  ///< x: sequence number
  // the window of time that is shown
  zoom_in,
  zoom_out,  ///< x: the fixed point as a fraction 0..1 of the window, below 0: the playhead; y: factor, 0: the standard step
  pan_left,
  pan_right,     ///< x: fraction of the window, 0: the standard step
  scroll_lanes,  ///< x: lanes, down is positive
  fit_all,
  fit_selection,
  center_playhead,
  show_range,    ///< x, y: nanoseconds
  select_range,  ///< x, y: nanoseconds
  // selection
  select,
  select_finding,
  clear_selection,  ///< hit; x: index of the finding
  hover,            ///< hit
  next_span,
  previous_span,  ///< on the selected lane
  next_arrow,
  previous_arrow,  ///< who woke, made or cancelled the selection, and whom it did
  follow_arrow,
  follow_arrow_back,  ///< to the arrow's head, to its tail
  copy_table,         ///< the selected range as a table
  copy_locator,       ///< file#t=..&at=..&sel=..
  go_to_locator,      ///< text: what stands behind the #
  // searching, marking, choosing lanes; those that take a text open its field where they get none
  find,  ///< text
  find_next,
  find_previous,
  find_lane,     ///< text: its name, or some letters of it
  filter_lanes,  ///< text: "fetch -worker failed"; y: above 0 takes an empty one too
  pin_lane,
  fold_lane,  ///< hit, or the selected lane: hides and shows what it made, opens and closes a row of many
  mark,       ///< text; y: above 0 takes an empty one too
  note_range,
  next_mark,
  delete_mark,  ///< x: its place in the list
  undo,
  redo,
  select_task,
  select_resource,
  select_scope,
  select_worker,  ///< x: its number
  select_event,   ///< x: sequence number; goes there
  // looking things up
  show_tab,      ///< text: its name, or x: its key's number
  sort_table,    ///< text: "Tasks steps"; the same again turns it round
  filter_table,  ///< text: "Events cancel worker-2", "Events" for all
  brush,         ///< text: "step", "delay" or "wait"; x, y: nanoseconds; filters the lanes; "" for all lanes
  explain,       ///< text: a word, "" opens or closes the glossary
  source_root,   ///< text: a folder, "" for none
  // what is shown
  show_bad,
  show_fixed,
  show_both,
  switch_side,
  next_show,
  blink,   ///< both versions in one place with equal lanes: switching shows what differs
  tie_by,  ///< text: "time", "bookmark" or "off", "" the next: where the other version's playhead stands
  toggle_theme,
  toggle_order_ruler,
  toggle_help,
  toggle_fold,
  text_larger,
  text_smaller,
  text_standard,
  language,         ///< text: "en" or "zh", "" the other; "no-font": Chinese was asked for and no font has it
  present,          ///< text: "on" or "off", "" the other
  split,            ///< moves a splitter; text: "side", "upper" or "below"; x: its share, 0: the standard one
  lesson_language,  ///< text: "cpp", "py" or "js" for the source panel, "" the next
  // in front of a room
  toggle_blank,
  toggle_spotlight,
  toggle_bar,
  toggle_notes,
  next_screen,
  // a lesson that is taught: predict, then see
  teach,          ///< text: "on" or "off", "" the other
  unlock,         ///< goes on without votes
  require_votes,  ///< text: "on" or "off", "" the other
  set_vote,       ///< x: the option from 1; y: its count
  vote_digit,     ///< x: 0 to 9, typed for the marked option
  vote_erase,     ///< its last digit
  option_next,
  option_previous,
  toggle_votes,  ///< shows or hides the counts
  reset_lesson,  ///< as at its start: votes, parameters, schedule, place, zoom
  next_lesson,
  previous_lesson,
  // rules
  set_threshold,     ///< text: "slow-step.error_ms"; x: value; judges anew
  reset_thresholds,  ///< text: a rule, "" all
  // runs and files, carried out by the desk
  set_parameter,  ///< text: name; x: value; re-runs
  load_scenario,  ///< text: name
  load_preset,    ///< text: preset
  rerun,
  explore,          ///< both versions under many schedules
  badges,           ///< of both versions, with the parameters as they are
  replay_schedule,  ///< text: a schedule
  run_live,
  live_pause,
  live_resume,
  live_step,
  live_tick,
  live_stop,
  live_speed,  ///< x: so many times slower, 0: the next
  run_hands,   ///< in virtual time, held at the start
  fork,        ///< runs again up to the playhead, and is held there
  hands,       ///< hit: asks what can be done to it by hand; none: to the selection
  lay_hand,    ///< text: "cancel:7", "delay:3:500ms": does it to the run that is held
  open_file,   ///< text: path
  cancel_open,
  save_file,
  export_file,      ///< text: path
  take_screenshot,  ///< x, y: the size in pixels, 0: 1920 x 1080
  reload,           ///< lessons, from their folder
  save_session,     ///< text: path; what is open and how it is looked at
  open_recent,      ///< x: from 1, the latest
  // alone with a lesson
  cards_choose,  ///< x: row from 1, or text: "up", "down"
  cards_put,     ///< x: row from 1, 0 the chosen one: into the program or out of it
  cards_move,    ///< text: "up", "down"; or x: row from 1, y: rows down
  cards_check,
  cards_shuffle,  ///< x: seed, 0 the next
  student,        ///< text: "on" or "off", "" the other
  quit,
};

struct Action {
  Act act = Act::home;
  double x = 0, y = 0;
  std::string text;
  Hit hit;
};
using Actions = std::vector<Action>;
/// What the word makes of something that is on or off: "on", "off", and any other turns it over.
inline bool turned(std::string_view word, bool now) { return word == "on" || (word != "off" && !now); }
inline Action action(Act act, double x = 0, std::string text = {}) { return {act, x, 0, std::move(text), {}}; }

struct ActionInfo {
  Act act;
  std::string_view name;  ///< in scripts: "step-forward"
  Phrase label;           ///< in menus and the key help: "One step forward"
  std::string_view desk;  ///< its keys: "Shift+Right", "" where it has none; several are separated by a space
  std::string_view room;  ///< the same in front of a room
  Phrase group;           ///< of the key help: "Playhead"

  std::string_view keys(bool presenting) const { return presenting ? room : desk; }
};
const std::vector<ActionInfo>& all_actions();

}  // namespace awaitscope::view
