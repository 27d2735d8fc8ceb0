// The small marks: no font has them all, so they are drawn.
#include <cmath>

#include "app/platform/paint_imgui.h"

namespace awaitscope::platform {

void Painter::icon(ImDrawList& list, view::Glyph glyph, view::Rect rect, ImU32 color) const {
  using view::Glyph;
  const float r = std::min(rect.w, rect.h) / 2, line = std::max(1.5F, r * 0.26F);
  const ImVec2 c{rect.x + rect.w / 2, rect.y + rect.h / 2};
  const auto at = [&](float x, float y) { return ImVec2{c.x + x * r, c.y + y * r}; };
  switch (glyph) {
    case Glyph::cross:
      list.AddLine(at(-0.62F, -0.62F), at(0.62F, 0.62F), color, line * 1.2F);
      list.AddLine(at(-0.62F, 0.62F), at(0.62F, -0.62F), color, line * 1.2F);
      break;
    case Glyph::cancelled:  // a circle with a bar, as on a road sign
      list.AddCircle(c, r * 0.78F, color, 0, line);
      list.AddLine(at(-0.5F, 0.5F), at(0.5F, -0.5F), color, line);
      break;
    case Glyph::done: list.AddRectFilled(at(-0.5F, -0.5F), at(0.5F, 0.5F), color, r * 0.18F); break;
    case Glyph::warning:
      list.AddTriangleFilled(at(0, -0.86F), at(-0.95F, 0.76F), at(0.95F, 0.76F), color);
      list.AddLine(at(0, -0.34F), at(0, 0.26F), this->color(view::Role::background), line);
      list.AddCircleFilled(at(0, 0.52F), line * 0.62F, this->color(view::Role::background));
      break;
    case Glyph::play: list.AddTriangleFilled(at(-0.52F, -0.74F), at(-0.52F, 0.74F), at(0.8F, 0), color); break;
    case Glyph::pause:
      list.AddRectFilled(at(-0.58F, -0.7F), at(-0.14F, 0.7F), color, r * 0.12F);
      list.AddRectFilled(at(0.14F, -0.7F), at(0.58F, 0.7F), color, r * 0.12F);
      break;
    case Glyph::flag:
      list.AddLine(at(-0.5F, -0.85F), at(-0.5F, 0.9F), color, line);
      list.AddTriangleFilled(at(-0.5F, -0.85F), at(-0.5F, 0.15F), at(0.75F, -0.35F), color);
      break;
    case Glyph::dot: list.AddCircleFilled(c, r * 0.55F, color); break;
    case Glyph::arrow_down:
      list.AddLine(at(0, -0.8F), at(0, 0.3F), color, line);
      list.AddTriangleFilled(at(-0.55F, 0.1F), at(0.55F, 0.1F), at(0, 0.85F), color);
      break;
    case Glyph::closed: list.AddTriangleFilled(at(-0.3F, -0.55F), at(-0.3F, 0.55F), at(0.5F, 0), color); break;
    case Glyph::opened: list.AddTriangleFilled(at(-0.55F, -0.3F), at(0.55F, -0.3F), at(0, 0.5F), color); break;
    case Glyph::pin:
      list.AddRectFilled(at(-0.55F, -0.8F), at(0.55F, -0.5F), color, r * 0.1F);
      list.AddRectFilled(at(-0.3F, -0.5F), at(0.3F, 0.1F), color);
      list.AddRectFilled(at(-0.6F, 0.1F), at(0.6F, 0.3F), color, r * 0.1F);
      list.AddLine(at(0, 0.3F), at(0, 0.9F), color, line);
      break;
    case Glyph::swallowed:  // something falls into a bowl and stays there
      list.AddLine(at(0, -0.95F), at(0, -0.2F), color, line);
      list.AddTriangleFilled(at(-0.34F, -0.3F), at(0.34F, -0.3F), at(0, 0.22F), color);
      list.PathArcTo(at(0, -0.02F), r * 0.82F, 0.12F, 3.0216F, 16);
      list.PathStroke(color, 0, line);
      break;
  }
}

}  // namespace awaitscope::platform
