#pragma once
// Buttons with drawn icons.
#include "app/panels/widgets.h"

namespace awaitscope::panels {

enum class Sign {
  home,
  tick_back,
  step_back,
  event_back,
  play,
  pause,
  event,
  step,
  tick,
  end,
  stop,
  theme,
  help,
  slower,
  faster,
  rerun
};

void draw_sign(ImDrawList& list, Sign sign, view::Rect rect, ImU32 color);
/// `strong`: filled in the accent colour, for the one button that matters most.
bool sign_button(const Painter& painter, std::string_view name, Sign sign, bool strong = false);

}  // namespace awaitscope::panels
