#pragma once
// A table of any length: only the rows in sight are made.  Its headers sort, a field above it filters.
#include <functional>

#include "app/panels/widgets.h"
#include "app/view/tables.h"

namespace awaitscope::panels {

struct Table {
  std::string_view name;  ///< in scripts and in the actions it asks for: "Tasks"
  const std::vector<view::Column>& columns;
  const view::TableView& view;
  std::size_t rows = 0, of = 0;  ///< shown, and without the filter
  std::function<view::CellText(std::size_t row, int column)> cell;
  std::function<view::Action(std::size_t row)> click;
  std::function<bool(std::size_t row)> chosen;
  std::size_t keep_in_sight = SIZE_MAX;  ///< a row to scroll to whenever it changes
  bool sorts = true;
  /// Draws into a cell instead of its text; true: it has.
  std::function<bool(std::size_t row, int column, view::Rect place)> paint = {};
};

void draw_table(const Table& table, view::Actions& actions, const Painter& painter);

}  // namespace awaitscope::panels
