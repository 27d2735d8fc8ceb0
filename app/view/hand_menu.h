#pragma once
// The menu of what can be done to a run by hand.
#include "app/view/draw_list.h"

namespace awaitscope::view {

struct HandMenu {
  Hit about;          ///< what it is about
  int asked_for = 0;  ///< how often somebody has asked for it: it opens when that changes
};

}  // namespace awaitscope::view
