#include "app/platform/screens.h"

#include <algorithm>

namespace awaitscope::platform {
namespace {

float shared(const view::Rect& a, const view::Rect& b) {
  const float w = std::min(a.right(), b.right()) - std::max(a.x, b.x),
              h = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

}  // namespace

std::size_t screen_of(const std::vector<view::Rect>& screens, const view::Rect& window, int further) {
  if (screens.empty()) return 0;
  std::size_t best = 0;
  for (std::size_t i = 1; i < screens.size(); ++i)
    if (shared(screens[i], window) > shared(screens[best], window)) best = i;
  return (best + static_cast<std::size_t>(std::max(further, 0))) % screens.size();
}

std::optional<std::size_t> other_screen(const std::vector<view::Rect>& screens, std::size_t taken) {
  if (screens.size() < 2) return {};
  return (taken + 1) % screens.size();
}

}  // namespace awaitscope::platform
