// The table of all actions.  Menus, the key help and the script language are made from it.
#include "app/view/action.h"

namespace awaitscope::view {

namespace group {

constexpr Phrase playhead{"Playhead", "播放头"}, window{"View", "视图"}, selection{"Selection", "选择"},
    compare{"Compare", "对比"}, picture{"Picture", "画面"}, findings{"Findings", "诊断"}, runs{"Run", "运行"},
    files{"File", "文件"}, hunt{"Find and mark", "查找与标记"};
    files{"File", "文件"}, lesson{"Lesson", "课程"};
    files{"File", "文件"}, alone{"Alone with a lesson", "自学"};

}  // namespace group

const std::vector<ActionInfo>& all_actions() {
  // clang-format off: a table, an action a line
  static const std::vector<ActionInfo> all = {
      {Act::event_forward, "event-forward", {"One event forward", "前进一个事件"}, "Right", "Right", group::playhead},
      {Act::event_back, "event-back", {"One event back", "后退一个事件"}, "Left", "Left", group::playhead},
      {Act::step_forward, "step-forward", {"One step forward (a task runs once)", "前进一步（一个任务运行一次）"}, "Shift+Right", "Shift+Right", group::playhead},
      {Act::step_back, "step-back", {"One step back", "后退一步"}, "Shift+Left", "Shift+Left", group::playhead},
      {Act::tick_forward, "tick-forward", {"One tick forward (a pass of the loop)", "前进一轮（事件循环的一遍）"}, "Alt+Right", "Alt+Right", group::playhead},
      {Act::tick_back, "tick-back", {"One tick back", "后退一轮"}, "Alt+Left", "Alt+Left", group::playhead},
      {Act::bookmark_forward, "bookmark-forward", {"To the next moment worth seeing", "到下一个值得看的时刻"}, "Ctrl+Right PageDown", "PageDown Ctrl+Right", group::playhead},
      {Act::bookmark_back, "bookmark-back", {"To the previous moment worth seeing", "到上一个值得看的时刻"}, "Ctrl+Left PageUp", "PageUp Ctrl+Left", group::playhead},
      {Act::home, "home", {"To the start", "到开头"}, "Home", "Home", group::playhead},
      {Act::end, "end", {"To the end", "到结尾"}, "End", "End", group::playhead},
      {Act::play_pause, "play-pause", {"Play or pause", "播放或暂停"}, "Space", "Space", group::playhead},
      {Act::slower, "slower", {"Play slower", "放慢"}, "Shift+,", "[", group::playhead},
      {Act::faster, "faster", {"Play faster", "加快"}, "Shift+.", "]", group::playhead},
      {Act::seek_time, "seek-time", {"To a moment", "到某个时刻"}, "", "", group::playhead},
      {Act::seek_event, "seek-event", {"To an event", "到某个事件"}, "", "", group::playhead},

      {Act::zoom_in, "zoom-in", {"Zoom in", "放大"}, "W", "W", group::window},
      {Act::zoom_out, "zoom-out", {"Zoom out", "缩小"}, "S", "Shift+W", group::window},
      {Act::pan_left, "pan-left", {"Earlier", "往前"}, "A", "A", group::window},
      {Act::pan_right, "pan-right", {"Later", "往后"}, "D", "D", group::window},
      {Act::scroll_lanes, "scroll-lanes", {"Scroll the lanes", "滚动任务行"}, "", "", group::window},
      {Act::fit_all, "fit-all", {"Show the whole run", "显示整个运行"}, "0", "0", group::window},
      {Act::fit_selection, "fit-selection", {"Show the selection", "显示所选内容"}, "Shift+F", "", group::window},
      {Act::center_playhead, "center-playhead", {"Centre; twice: fit the selection", "居中；再按一次：适应所选内容"}, "F", "", group::window},
      {Act::show_range, "show-range", {"Show a range of time", "显示一段时间"}, "", "", group::window},
      {Act::select_range, "select-range", {"Select a range of time", "选择一段时间"}, "", "", group::window},

      {Act::select, "select", {"Select", "选择"}, "", "", group::selection},
      {Act::select_finding, "select-finding", {"Go to a finding", "到某个诊断"}, "", "", group::selection},
      {Act::clear_selection, "clear-selection", {"Clear the selection", "清除选择"}, "Esc", "Esc", group::selection},
      {Act::hover, "hover", {"Point at", "指向"}, "", "", group::selection},
      {Act::next_span, "next-span", {"Next bar on the lane", "同一行的下一段"}, ".", "", group::selection},
      {Act::previous_span, "previous-span", {"Previous bar on the lane", "同一行的上一段"}, ",", "", group::selection},
      {Act::next_arrow, "next-arrow", {"Next arrow at the selection", "所选内容的下一个箭头"}, "]", "", group::selection},
      {Act::previous_arrow, "previous-arrow", {"Previous arrow at the selection", "所选内容的上一个箭头"}, "[", "", group::selection},
      {Act::follow_arrow, "follow-arrow", {"Along the arrow, to its head", "沿箭头到箭头端"}, "Ctrl+]", "", group::selection},
      {Act::follow_arrow_back, "follow-arrow-back", {"Back along the arrow, to its tail", "沿箭头返回起点"}, "Ctrl+[", "", group::selection},
      {Act::copy_table, "copy-table", {"Copy the range as a table", "把所选时间段复制为表格"}, "Ctrl+C", "", group::selection},
      {Act::copy_locator, "copy-locator", {"Copy a link to this place in the file", "复制此处的定位符"}, "Ctrl+Shift+C", "", group::selection},
      {Act::go_to_locator, "go-to-locator", {"To the place that a link names", "到定位符所指的位置"}, "", "", group::selection},
      {Act::undo, "undo", {"Undo: back to where you were", "撤销：回到之前的位置"}, "Ctrl+Z", "", group::selection},
      {Act::redo, "redo", {"Redo", "重做"}, "Ctrl+Shift+Z", "", group::selection},

      {Act::find, "find", {"Search names, texts, ids, findings", "搜索名称、文字、编号、诊断"}, "/ Ctrl+F", "", group::hunt},
      {Act::find_next, "find-next", {"Next match", "下一个匹配"}, "Enter", "", group::hunt},
      {Act::find_previous, "find-previous", {"Previous match", "上一个匹配"}, "Shift+Enter", "", group::hunt},
      {Act::find_lane, "find-lane", {"Go to a lane by a few letters", "用几个字母找到一行"}, "Ctrl+P", "", group::hunt},
      {Act::filter_lanes, "filter-lanes", {"Show only some lanes", "只显示部分行"}, "Ctrl+L", "", group::hunt},
      {Act::pin_lane, "pin-lane", {"Keep the lane on top, or not", "把该行固定在顶部，或取消"}, "Shift+T", "", group::hunt},
      {Act::fold_lane, "fold-lane", {"Fold or unfold what the task made", "折叠或展开该任务创建的任务"}, "Shift+X", "", group::hunt},
      {Act::mark, "mark", {"Mark this moment", "标记这一刻"}, "M", "", group::hunt},
      {Act::note_range, "note-range", {"Note on the selected range", "给所选时间段写注释"}, "Shift+M", "", group::hunt},
      {Act::next_mark, "next-mark", {"To the next mark", "到下一个标记"}, "Ctrl+B", "", group::hunt},
      {Act::delete_mark, "delete-mark", {"Delete a mark", "删除标记"}, "", "", group::hunt},
      {Act::select_task, "select-task", {"Select a task", "选择任务"}, "", "", group::selection},
      {Act::select_resource, "select-resource", {"Select a resource", "选择资源"}, "", "", group::selection},
      {Act::select_scope, "select-scope", {"Select a scope", "选择作用域"}, "", "", group::selection},
      {Act::select_worker, "select-worker", {"Select a worker thread", "选择工作线程"}, "", "", group::selection},
      {Act::select_event, "select-event", {"Select an event", "选择事件"}, "", "", group::selection},
      {Act::show_tab, "show-tab", {"Bring a tab forward", "打开某个标签页"}, "Ctrl+1 Ctrl+2 Ctrl+3 Ctrl+4 Ctrl+5 Ctrl+6 Ctrl+7 Ctrl+8 Ctrl+9", "", group::selection},
      {Act::sort_table, "sort-table", {"Sort a table", "表格排序"}, "", "", group::selection},
      {Act::filter_table, "filter-table", {"Filter a table", "筛选表格"}, "", "", group::selection},
      {Act::brush, "brush", {"Show only the lanes of a part of a histogram", "只显示直方图某一段的任务"}, "", "", group::selection},
      {Act::explain, "explain", {"Explain the words on screen", "解释屏幕上的术语"}, "F1", "", group::selection},
      {Act::source_root, "source-root", {"Where an opened trace's source files are", "打开的记录的源码文件夹"}, "", "", group::selection},

      {Act::show_bad, "show-bad", {"Show the bug only", "只看错误版"}, "", "", group::compare},
      {Act::show_fixed, "show-fixed", {"Show the fix only", "只看修正版"}, "", "", group::compare},
      {Act::show_both, "show-both", {"Show both", "两个都看"}, "", "", group::compare},
      {Act::next_show, "next-show", {"Bug, fix, both in turn", "轮流看错误版、修正版、两者"}, "G", "G", group::compare},
      {Act::switch_side, "switch-side", {"Go to the other version", "到另一个版本"}, "Tab", "Tab", group::compare},

      {Act::toggle_theme, "toggle-theme", {"Dark or light", "深色或浅色"}, "T", "T", group::picture},
      {Act::toggle_order_ruler, "toggle-order-ruler", {"Ruler: time, or one column an event", "标尺：时间，或每个事件一列"}, "O", "O", group::picture},
      {Act::toggle_fold, "toggle-fold", {"Fold lanes that are too many to read", "折叠多得看不清的行"}, "X", "X", group::picture},
      {Act::text_larger, "text-larger", {"Larger text", "文字放大"}, "Ctrl+=", "Ctrl+=", group::picture},
      {Act::text_smaller, "text-smaller", {"Smaller text", "文字缩小"}, "Ctrl+-", "Ctrl+-", group::picture},
      {Act::text_standard, "text-standard", {"Standard text size", "标准文字大小"}, "Ctrl+0", "Ctrl+0", group::picture},
      {Act::lesson_language, "lesson-language", {"Source in C++, Python or JavaScript", "源码用 C++、Python 或 JavaScript"}, "P", "P", group::picture},
      {Act::language, "language", {"English or Chinese", "英文或中文"}, "F2", "F2", group::picture},
      {Act::present, "present", {"For a room, or back to the desk", "进入或离开演示模式"}, "F5", "F5", group::picture},
      {Act::toggle_blank, "toggle-blank", {"Black screen, or back", "黑屏或恢复"}, "", ". B", group::picture},
      {Act::toggle_spotlight, "toggle-spotlight", {"Spotlight at the pointer", "指针聚光灯"}, "", "L", group::picture},
      {Act::toggle_bar, "toggle-bar", {"Title and progress", "标题和进度"}, "", "H", group::picture},
      {Act::toggle_notes, "toggle-notes", {"Notes in a window of their own", "在单独窗口显示讲稿"}, "", "Ctrl+N", group::picture},
      {Act::next_screen, "next-screen", {"To the next screen", "换到下一个屏幕"}, "", "Shift+F5", group::picture},
      {Act::toggle_help, "toggle-help", {"All keys", "所有按键"}, "?", "?", group::picture},

      {Act::teach, "teach", {"Teach this lesson: predict, then see", "讲这一课：先预测，再观察"}, "Ctrl+T", "", group::lesson},
      {Act::unlock, "unlock", {"Run without votes", "不投票，直接运行"}, "Shift+PageDown", "Shift+PageDown", group::lesson},
      {Act::require_votes, "require-votes", {"Votes before the run, or none", "运行前要不要投票"}, "", "", group::lesson},
      {Act::set_vote, "set-vote", {"Set an option's count", "设定一个选项的票数"}, "", "", group::lesson},
      {Act::vote_digit, "vote-digit", {"Type the marked option's count", "输入所标选项的票数"}, "", "1 2 3 4 5 6 7 8 9", group::lesson},
      {Act::vote_erase, "vote-erase", {"Erase a digit of it", "删去一位数字"}, "", "Backspace", group::lesson},
      {Act::option_next, "option-next", {"Mark the next option", "标下一个选项"}, "", "Enter Down", group::lesson},
      {Act::option_previous, "option-previous", {"Mark the previous option", "标上一个选项"}, "", "Up", group::lesson},
      {Act::toggle_votes, "toggle-votes", {"Show or hide the votes", "显示或隐藏票数"}, "", "V", group::lesson},
      {Act::reset_lesson, "reset-lesson", {"The lesson from its start", "从头开始这一课"}, "", "R", group::lesson},
      {Act::next_lesson, "next-lesson", {"Next lesson", "下一课"}, "", "N", group::lesson},
      {Act::previous_lesson, "previous-lesson", {"Previous lesson", "上一课"}, "", "Shift+N", group::lesson},

      {Act::set_threshold, "set-threshold", {"Change a rule's threshold and judge again", "修改规则的阈值并重新判断"}, "", "", group::findings},
      {Act::reset_thresholds, "reset-thresholds", {"A rule's standard thresholds, or everyone's", "恢复一条规则或全部规则的标准阈值"}, "", "", group::findings},

      {Act::set_parameter, "set-parameter", {"Change a knob and run again", "修改参数并重新运行"}, "", "", group::runs},
      {Act::load_scenario, "load-scenario", {"Open a scenario", "打开场景"}, "", "", group::runs},
      {Act::load_preset, "load-preset", {"Use a preset", "使用预设"}, "", "", group::runs},
      {Act::rerun, "rerun", {"Run again", "重新运行"}, "R", "", group::runs},
      {Act::explore, "explore", {"Try 50 schedules", "试 50 种调度"}, "E", "E", group::runs},
      {Act::replay_schedule, "replay-schedule", {"Run again under a schedule", "按某个调度重新运行"}, "", "", group::runs},
      {Act::run_live, "run-live", {"Run live, on the real clock", "用真实时钟实时运行"}, "Ctrl+R", "", group::runs},
      {Act::live_pause, "live-pause", {"Live: pause", "实时：暂停"}, "", "", group::runs},
      {Act::live_resume, "live-resume", {"Live: go on", "实时：继续"}, "", "", group::runs},
      {Act::live_step, "live-step", {"Live: one step", "实时：一步"}, "", "", group::runs},
      {Act::live_tick, "live-tick", {"Live: one tick", "实时：一轮"}, "", "", group::runs},
      {Act::live_stop, "live-stop", {"Live: stop", "实时：停止"}, "", "", group::runs},
      {Act::live_speed, "live-speed", {"Live: full, half, a tenth of the speed", "实时：全速、半速、十分之一速度"}, "", "", group::runs},
      {Act::run_hands, "run-hands", {"Run by hand, step by step", "手动一步一步运行"}, "Ctrl+H", "", group::runs},
      {Act::fork, "fork", {"Fork here: run again up to the playhead, and change what comes", "从这里分叉：重跑到播放头，再改变之后的事"}, "Ctrl+K", "F", group::runs},
      {Act::hands, "hands", {"What can be done by hand", "可以手动做什么"}, "Shift+F10", "", group::runs},
      {Act::lay_hand, "lay-hand", {"Cancel, fail, delay, release or set by hand", "手动取消、失败、推迟、释放或置位"}, "", "", group::runs},

      {Act::open_file, "open-file", {"Open a trace", "打开记录"}, "Ctrl+O", "", group::files},
      {Act::save_file, "save-file", {"Save the trace", "保存记录"}, "Ctrl+S", "", group::files},
      {Act::export_file, "export-file", {"Export the picture or trace", "导出图片或记录"}, "Ctrl+E", "", group::files},
      {Act::take_screenshot, "screenshot", {"A picture of the screen, into this folder", "把画面存到当前文件夹"}, "", "S", group::files},
      {Act::reload, "reload", {"Read the lessons again", "重新读取课程"}, "F9", "F9", group::files},
      {Act::save_session, "save-session", {"Save the session", "保存会话"}, "Ctrl+Shift+S", "", group::files},
      {Act::open_recent, "open-recent", {"Open a recent file", "打开最近的文件"}, "", "", group::files},
      {Act::quit, "quit", {"Quit", "退出"}, "Ctrl+Q", "Ctrl+Q", group::files},

      {Act::cards_choose, "cards-choose", {"Order the lines: choose a card", "排列代码行：选一张卡片"}, "", "", group::alone},
      {Act::cards_put, "cards-put", {"Order the lines: put a card in or out", "排列代码行：放入或取出卡片"}, "", "", group::alone},
      {Act::cards_move, "cards-move", {"Order the lines: move a card", "排列代码行：移动卡片"}, "", "", group::alone},
      {Act::cards_check, "cards-check", {"Order the lines: check", "排列代码行：检查"}, "", "", group::alone},
      {Act::cards_shuffle, "cards-shuffle", {"Order the lines: shuffle again", "排列代码行：重新洗牌"}, "", "", group::alone},
      {Act::student, "student", {"Alone: challenges instead of votes", "自学：用挑战代替投票"}, "", "", group::alone},
  };
  // clang-format on
  return all;
}

}  // namespace awaitscope::view
