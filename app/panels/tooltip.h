#pragma once
// What the pointer is on, in two lines.
#include "app/panels/widgets.h"
#include "app/view/session.h"

namespace awaitscope::panels {

/// Below the pointer; nothing for an empty hit.
void describe_hit(const Painter& painter, const view::Side& side, const view::Hit& hit);

}  // namespace awaitscope::panels
