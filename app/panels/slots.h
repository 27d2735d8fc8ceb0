#pragma once
// Where the panels stand in the desk's window, and the splitters between them.
#include "app/panels/widgets.h"
#include "app/view/session.h"

namespace awaitscope::panels {

struct Slots {
  view::Rect top, strip, center, below, upper, lower, transport, status;  ///< below: empty where there is no room for it
  view::Rect left, column;                                                ///< what center and below, upper and lower share
  bool roomy() const { return below.h > 0; }
};

/// `lanes`: the height the timeline would like to have; what it leaves goes to the tabs under it.
Slots lay_out(float width, float height, float em, float lanes, const view::Layout& layout);

/// Draws the splitters: a drag moves one, a double click gives the standard share back.
void splitters(const Slots& slots, view::Actions& actions, const Painter& painter);

}  // namespace awaitscope::panels
