#pragma once
// The fields of the top bar: what is searched for, which lanes are shown.
#include "app/panels/widgets.h"
#include "app/view/session.h"

namespace awaitscope::panels {

/// How wide both are in a bar of this width; they leave room for its title.
float fields_width(const view::Session& session, const Painter& painter, float bar);
/// From the cursor on, as wide as said.
void search_and_filter(const view::Session& session, view::Actions& actions, const Painter& painter, float width);

/// A line to type into.  `asked`: the session wants the keyboard in it.
struct LineField {
  std::string_view name;
  std::string_view hint;
  float width = 0;
  bool asked = false;
};
enum class Typed { nothing, changed, entered, given_up };
Typed line_field(const Painter& painter, const LineField& field, std::string& text);
/// Whether the session has asked for this field since the last time.
bool newly_asked(const view::Session& session, view::Hunt::Field field);

}  // namespace awaitscope::panels
