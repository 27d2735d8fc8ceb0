#pragma once
// What the actions of looking things up do: selecting by number, tabs, tables, brushes, the glossary.
#include "app/view/session.h"

namespace awaitscope::view {

/// The tabs of the keys Ctrl+1 to Ctrl+9, by the names of their panels.
const std::vector<std::string_view>& numbered_tabs();

/// A thing that does not exist is not selected; the status line says so.
void select_numbered(Session& session, Act act, double number);
/// The text names the tab, or x its key.
void show_tab(Session& session, const Action& action);
/// "Tasks steps": the table and its column.
void sort_table(Session& session, std::string_view text);
/// "Events cancel": the table and what its rows must hold.
void filter_table(Session& session, std::string_view text);
void brush(Session& session, const Action& action);
void explain(Session& session, std::string_view word);
/// Esc: closes the glossary and shows all lanes again.
void clear_looking(Session& session);

}  // namespace awaitscope::view
