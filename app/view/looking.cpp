#include "app/view/looking.h"

#include <cmath>

#include <fmt/format.h>

#include "app/view/exists.h"
#include "app/view/glossary.h"
#include "app/view/navigate.h"
#include "app/view/say.h"
#include "app/view/statistics.h"
#include "app/view/tables.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

/// The first word, and what follows it.
std::pair<std::string_view, std::string_view> split(std::string_view text) {
  const std::size_t space = std::min(text.find(' '), text.size());
  return {text.substr(0, space), text.substr(std::min(space + 1, text.size()))};
}

struct Table {
  TableView* view = nullptr;
  const std::vector<Column>* columns = nullptr;
};

Table table_named(Session& session, std::string_view name) {
  Inspection& i = session.inspection;
  if (name == "Tasks") return {&i.tasks, &task_columns()};
  if (name == "Resources") return {&i.resources, &resource_columns()};
  if (name == "Events") return {&i.events, &event_columns()};
  refuse(session, {"no table '{}': Tasks, Resources or Events", "没有表“{}”：Tasks、Resources 或 Events"}, printable(name));
  return {};
}

Hit::Kind kind_of(Act act) {
  switch (act) {
    case Act::select_resource: return Hit::Kind::resource;
    case Act::select_scope: return Hit::Kind::scope;
    case Act::select_event: return Hit::Kind::event;
    case Act::select_worker: return Hit::Kind::worker;
    default: return Hit::Kind::task;
  }
}

}  // namespace

const std::vector<std::string_view>& numbered_tabs() {
  static const std::vector<std::string_view> all = {"Findings",   "Details", "Tasks",   "Resources", "Events",
                                                    "Statistics", "Waits",   "Cancels", "Source"};
  return all;
}

void select_numbered(Session& session, Act act, double number) {
  if (!session.has_runs()) return;
  Hit hit{kind_of(act), to_seq(number), 0};
  if (hit.kind == Hit::Kind::event) hit.seq = hit.value;
  if (!exists(hit, session.side())) return say_missing(session, hit);
  session.selected_finding = -1;
  session.selected = hit;
  if (hit.kind == Hit::Kind::task) session.hunt.reveal = TaskId{hit.value};
  if (hit.kind == Hit::Kind::event) seek(session, hit.seq);
}

void show_tab(Session& session, const Action& action) {
  const auto& tabs = numbered_tabs();
  std::string name = action.text;
  if (name.empty() && action.x >= 1 && action.x <= static_cast<double>(tabs.size()))
    name = tabs[static_cast<std::size_t>(action.x) - 1];
  if (name.empty()) return;
  session.inspection.tab = std::move(name);
  ++session.inspection.tabs_asked;
}

void sort_table(Session& session, std::string_view text) {
  const auto [name, wanted] = split(text);
  const Table table = table_named(session, name);
  if (!table.view) return;
  for (std::size_t i = 0; i < table.columns->size(); ++i) {
    const Column& column = (*table.columns)[i];
    if (column.name != wanted) continue;
    const bool again = table.view->column == static_cast<int>(i);
    // Numbers are asked for to see the greatest, names to find one.
    table.view->down = again ? !table.view->down : column.align == Align::right;
    table.view->column = static_cast<int>(i);
    return;
  }
  refuse(session, {"{} has no column '{}'", "{} 没有列“{}”"}, name, printable(wanted));
}

void filter_table(Session& session, std::string_view text) {
  const auto [name, words] = split(text);
  if (const Table table = table_named(session, name); table.view) table.view->filter = words;
}

void brush(Session& session, const Action& action) {
  if (action.text.empty()) {
    session.inspection.brush.reset();
    return;
  }
  const auto chart = chart_named(action.text);
  if (!chart) {
    refuse(session, {"no histogram '{}': step, delay or wait", "没有直方图“{}”：step、delay 或 wait"}, printable(action.text));
    return;
  }
  if (!std::isfinite(action.x) || !std::isfinite(action.y)) return;
  const Instant low = to_instant(std::min(action.x, action.y)), high = to_instant(std::max(action.x, action.y));
  session.inspection.brush = Brush{*chart, low.ns, high.ns, chart == Chart::resource_wait ? charted(session) : ResourceId{}};
  session.lane_scroll = 0;
  const std::vector<TaskId>* tasks = brushed(session);
  if (!tasks) return;
  constexpr Phrase said{"{} of {} lanes: {} from {} to {}", "{1} 行中的 {0} 行：{2}，从 {3} 到 {4}"};
  const std::size_t all = session.side().seen().lanes.size();
  say(session, said, tasks->size(), all, title_of(session, *chart), show(Duration{low.ns}), show(Duration{high.ns}));
}

void explain(Session& session, std::string_view word) {
  Inspection& i = session.inspection;
  if (word.empty()) {
    i.explaining = !i.explaining;
    i.explained.clear();
  } else if (const Term* term = term_named(word)) {
    i.explaining = true;
    i.explained = term->name;
  } else {
    refuse(session, {"the glossary has no '{}'", "词汇表里没有“{}”"}, printable(word));
  }
}

void clear_looking(Session& session) {
  session.inspection.brush.reset();
  session.inspection.explaining = false;
}

}  // namespace awaitscope::view
