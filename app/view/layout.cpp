#include "app/view/layout.h"

#include <algorithm>
#include <cmath>

#include "app/view/session.h"

namespace awaitscope::view {

float* share_of(Layout& layout, std::string_view name) {
  return name == "side" ? &layout.side : name == "upper" ? &layout.upper : name == "below" ? &layout.below : nullptr;
}

void split(Session& session, std::string_view name, double share) {
  constexpr double least = 0.05, most = 0.95;  // so that neither side is lost
  if (float* one = share_of(session.layout, name))
    *one = std::isfinite(share) && share > 0 ? static_cast<float>(std::clamp(share, least, most)) : 0;
}

}  // namespace awaitscope::view
