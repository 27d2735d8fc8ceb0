// The table of all actions.  Menus, the key help and the script language are made from it.
#include "app/view/action.h"

namespace awaitscope::view {

const std::vector<ActionInfo>& all_actions() {
  static const std::vector<ActionInfo> all = {
      {Act::event_forward, "event-forward", "One event forward", "Right", "Playhead"},
      {Act::event_back, "event-back", "One event back", "Left", "Playhead"},
      {Act::step_forward, "step-forward", "One step forward (a task runs once)", "Shift+Right", "Playhead"},
      {Act::step_back, "step-back", "One step back", "Shift+Left", "Playhead"},
      {Act::tick_forward, "tick-forward", "One tick forward (a pass of the loop)", "Alt+Right", "Playhead"},
      {Act::tick_back, "tick-back", "One tick back", "Alt+Left", "Playhead"},
      {Act::bookmark_forward, "bookmark-forward", "To the next moment worth seeing", "Ctrl+Right PageDown", "Playhead"},
      {Act::bookmark_back, "bookmark-back", "To the previous moment worth seeing", "Ctrl+Left PageUp", "Playhead"},
      {Act::home, "home", "To the start", "Home", "Playhead"},
      {Act::end, "end", "To the end", "End", "Playhead"},
      {Act::play_pause, "play-pause", "Play or pause", "Space", "Playhead"},
      {Act::slower, "slower", "Play slower", "[", "Playhead"},
      {Act::faster, "faster", "Play faster", "]", "Playhead"},
      {Act::seek_time, "seek-time", "To a moment", "", "Playhead"},
      {Act::seek_event, "seek-event", "To an event", "", "Playhead"},

      {Act::zoom_in, "zoom-in", "Zoom in", "W", "View"},
      {Act::zoom_out, "zoom-out", "Zoom out", "S", "View"},
      {Act::pan_left, "pan-left", "Earlier", "A", "View"},
      {Act::pan_right, "pan-right", "Later", "D", "View"},
      {Act::scroll_lanes, "scroll-lanes", "Scroll the lanes", "", "View"},
      {Act::fit_all, "fit-all", "Show the whole run", "0", "View"},
      {Act::fit_selection, "fit-selection", "Show the selection", "Shift+F", "View"},
      {Act::center_playhead, "center-playhead", "Centre the playhead", "F", "View"},
      {Act::show_range, "show-range", "Show a range of time", "", "View"},
      {Act::select_range, "select-range", "Select a range of time", "", "View"},

      {Act::select, "select", "Select", "", "Selection"},
      {Act::select_finding, "select-finding", "Go to a finding", "", "Selection"},
      {Act::clear_selection, "clear-selection", "Clear the selection", "Esc", "Selection"},
      {Act::hover, "hover", "Point at", "", "Selection"},

      {Act::show_bad, "show-bad", "Show the bug only", "", "Compare"},
      {Act::show_fixed, "show-fixed", "Show the fix only", "", "Compare"},
      {Act::show_both, "show-both", "Show both", "", "Compare"},
      {Act::next_show, "next-show", "Bug, fix, both in turn", "G", "Compare"},
      {Act::switch_side, "switch-side", "Go to the other version", "Tab", "Compare"},

      {Act::toggle_theme, "toggle-theme", "Dark or light", "T", "Picture"},
      {Act::toggle_order_ruler, "toggle-order-ruler", "Ruler: time, or one column an event", "O", "Picture"},
      {Act::toggle_fold, "toggle-fold", "Fold lanes that are too many to read", "X", "Picture"},
      {Act::text_larger, "text-larger", "Larger text", "Ctrl+=", "Picture"},
      {Act::text_smaller, "text-smaller", "Smaller text", "Ctrl+-", "Picture"},
      {Act::text_standard, "text-standard", "Standard text size", "Ctrl+0", "Picture"},
      {Act::lesson_language, "lesson-language", "Source in C++, Python or JavaScript", "P", "Picture"},
      {Act::toggle_help, "toggle-help", "All keys", "?", "Picture"},

      {Act::set_threshold, "set-threshold", "Change a rule's threshold and judge again", "", "Findings"},
      {Act::reset_thresholds, "reset-thresholds", "A rule's standard thresholds, or everyone's", "", "Findings"},

      {Act::set_parameter, "set-parameter", "Change a knob and run again", "", "Run"},
      {Act::load_scenario, "load-scenario", "Open a scenario", "", "Run"},
      {Act::load_preset, "load-preset", "Use a preset", "", "Run"},
      {Act::rerun, "rerun", "Run again", "R", "Run"},
      {Act::explore, "explore", "Try 50 schedules", "E", "Run"},
      {Act::replay_schedule, "replay-schedule", "Run again under a schedule", "", "Run"},
      {Act::run_live, "run-live", "Run live, on the real clock", "Ctrl+R", "Run"},
      {Act::live_pause, "live-pause", "Live: pause", "", "Run"},
      {Act::live_resume, "live-resume", "Live: go on", "", "Run"},
      {Act::live_step, "live-step", "Live: one step", "", "Run"},
      {Act::live_tick, "live-tick", "Live: one tick", "", "Run"},
      {Act::live_stop, "live-stop", "Live: stop", "", "Run"},

      {Act::open_file, "open-file", "Open a trace", "Ctrl+O", "File"},
      {Act::save_file, "save-file", "Save the trace", "Ctrl+S", "File"},
      {Act::export_file, "export-file", "Export the picture or trace", "Ctrl+E", "File"},
      {Act::quit, "quit", "Quit", "Ctrl+Q", "File"},
  };
  return all;
}

}  // namespace awaitscope::view
