#pragma once
// Which screen is whose, as a pure choice among rectangles.
#include <optional>
#include <vector>

#include "app/view/draw_list.h"

namespace awaitscope::platform {

/// The screen that holds most of the window, or the `further`th one behind it; 0 where there is none.
std::size_t screen_of(const std::vector<view::Rect>& screens, const view::Rect& window, int further = 0);
/// A screen besides `taken`; nothing where it is the only one.
std::optional<std::size_t> other_screen(const std::vector<view::Rect>& screens, std::size_t taken);

}  // namespace awaitscope::platform
