#pragma once
// Building blocks of the pictures that are lists of cards: the machine and the cancellation tree.
#include <string_view>

#include "app/view/pictures.h"
#include "app/view/text.h"

namespace awaitscope::view {

/// Adds shapes to a list, clipped to its canvas and rounded to cells where the metrics ask for it.
class Cards {
 public:
  Cards(Rect canvas, const FontMetrics& metrics) : metrics_(metrics) {
    list.canvas = canvas;
    box(canvas, Role::background);
  }

  DrawList list;

  bool cells() const { return metrics_.cells; }
  Language language() const { return metrics_.language; }
  float lh() const { return metrics_.line_height; }
  float cw() const { return metrics_.char_width; }
  float width(std::string_view text) const { return metrics_.width(text); }
  /// False when the rectangle is not wholly on the canvas: then nothing is drawn.
  bool fits(const Rect& r) const {
    return r.x >= list.canvas.x && r.y >= list.canvas.y && r.right() <= list.canvas.right() + 0.01f &&
           r.bottom() <= list.canvas.bottom() + 0.01f;
  }

  void box(Rect r, Role role, Pattern pattern = Pattern::solid, Hit hit = {}, float rounding = 0) {
    if (r.w > 0 && r.h > 0 && fits(r)) list.boxes.push_back({r, role, pattern, hit, cells() ? 0 : rounding});
  }
  /// Returns the width that was used.
  float text(Rect r, std::string_view words, Role role = Role::text, Font font = Font::ui, Align align = Align::left,
             float scale = 1) {
    FontMetrics scaled = metrics_;
    scaled.char_width *= scale;
    r.w = std::min(r.w, list.canvas.right() - r.x);
    std::string fitting = elide(words, r.w / (metrics_.measure ? scale : 1), metrics_.measure ? metrics_ : scaled);
    if (fitting.empty() || !fits(r)) return 0;
    const float w = std::min(r.w, metrics_.width(fitting) * scale);
    list.labels.push_back({r, std::move(fitting), role, font, align, scale});
    return w;
  }
  void icon(Rect r, Glyph glyph, Role role, Hit hit = {}) {
    if (fits(r)) list.icons.push_back({r, glyph, role, hit});
  }
  void line(std::vector<Point> points, Role role, float width = 1, bool arrow = false, bool dashed = false) {
    const Rect& c = list.canvas;
    for (Point& p : points) p = {std::clamp(p.x, c.x, c.right()), std::clamp(p.y, c.y, c.bottom())};
    list.lines.push_back({std::move(points), role, width, arrow, dashed});
  }

 private:
  const FontMetrics& metrics_;
};

}  // namespace awaitscope::view
