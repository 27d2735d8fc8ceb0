#pragma once
// What every picture must keep.
#include "app/view/draw_list.h"

namespace awaitscope::view {

/// Everything lies inside the canvas, is finite, and no label lies over another.
void expect_tidy(const DrawList& picture, const char* what);

}  // namespace awaitscope::view
