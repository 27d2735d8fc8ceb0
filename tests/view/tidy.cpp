#include "tests/view/tidy.h"

#include <gtest/gtest.h>

#include <cmath>

namespace awaitscope::view {

void expect_tidy(const DrawList& picture, const char* what) {
  const Rect& c = picture.canvas;
  constexpr float slack = 0.05f;
  const auto inside = [&](const Rect& r) {
    return std::isfinite(r.x) && std::isfinite(r.y) && r.w >= 0 && r.h >= 0 && r.x >= c.x - slack && r.y >= c.y - slack &&
           r.right() <= c.right() + slack && r.bottom() <= c.bottom() + slack;
  };
  for (const Box& b : picture.boxes)
    EXPECT_TRUE(inside(b.rect)) << what << ": box of " << name(b.role) << " at " << b.rect.x << "," << b.rect.y << " "
                                << b.rect.w << "x" << b.rect.h;
  for (const Icon& i : picture.icons) EXPECT_TRUE(inside(i.rect)) << what << ": icon at " << i.rect.x << "," << i.rect.y;
  for (const Line& l : picture.lines)
    for (const Point& p : l.points) EXPECT_TRUE(inside({p.x, p.y, 0, 0})) << what << ": line to " << p.x << "," << p.y;
  for (std::size_t i = 0; i < picture.labels.size(); ++i) {
    const Label& a = picture.labels[i];
    EXPECT_TRUE(inside(a.rect)) << what << ": label '" << a.text << "'";
    for (std::size_t j = 0; j < i; ++j) {
      const Rect& b = picture.labels[j].rect;
      const bool apart = a.rect.right() <= b.x + slack || b.right() <= a.rect.x + slack || a.rect.bottom() <= b.y + slack ||
                         b.bottom() <= a.rect.y + slack;
      EXPECT_TRUE(apart) << what << ": '" << a.text << "' lies over '" << picture.labels[j].text << "'";
    }
  }
}

}  // namespace awaitscope::view
