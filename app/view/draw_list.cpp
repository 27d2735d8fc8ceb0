#include "app/view/draw_list.h"

#include <array>
#include <iterator>

#include "app/view/text.h"

namespace awaitscope::view {

std::string_view name(Role role) {
  static constexpr std::array<std::string_view, role_count> names = {
      "background", "panel",     "header",        "border",          "grid",
      "text",       "text-dim",  "text-on-fill",  "text-warning",    "created",
      "ready",      "running",   "waiting",       "cancelling",      "done",
      "failed",     "cancelled", "waiting-sleep", "waiting-request", "waiting-semaphore",
      "busy",       "idle",      "tick",          "stall",           "stall-band",
      "flow-spawn", "flow-wake", "flow-cancel",   "counter",         "counter-waiters",
      "capacity",   "playhead",  "selection",     "hover",           "bookmark",
      "info",       "warning",   "error",         "accent",          "density"};
  return names[static_cast<std::size_t>(role)];
}

Hit DrawList::hit(Point at, float slack) const {
  const auto means = [](const Hit& h) { return h.kind != Hit::Kind::none; };
  // What the pointer is on wins, topmost first; else what it nearly touches, so that a 1-pixel bar can be clicked.
  for (const float reach : {0.0f, slack}) {
    const auto near = [&](const Rect& r) {
      return Rect{r.x - reach, r.y - reach, r.w + 2 * reach, r.h + 2 * reach}.contains(at);
    };
    for (auto i = icons.rbegin(); i != icons.rend(); ++i)
      if (means(i->hit) && near(i->rect)) return i->hit;
    if (reach > 0) {  // thin boxes only: a wide one does not steal its neighbour's edge
      for (auto b = boxes.rbegin(); b != boxes.rend(); ++b)
        if (means(b->hit) && b->rect.w < 2 * slack && near(b->rect)) return b->hit;
    } else {
      for (auto b = boxes.rbegin(); b != boxes.rend(); ++b) {
        if (!means(b->hit)) continue;
        if (near(b->rect)) {
          // A thin box within reach lies above the wide one beneath the pointer.
          if (b->rect.w >= 2 * slack)
            for (auto t = boxes.rbegin(); t != b; ++t)
              if (means(t->hit) && t->rect.w < 2 * slack &&
                  Rect{t->rect.x - slack, t->rect.y, t->rect.w + 2 * slack, t->rect.h}.contains(at))
                return t->hit;
          return b->hit;
        }
      }
    }
  }
  return {};
}

float FontMetrics::width(std::string_view text) const {
  return measure ? measure(text, context) : char_width * static_cast<float>(columns(text));
}

void append(DrawList& to, DrawList&& from) {
  const auto move = [](auto& a, auto& b) {
    a.insert(a.end(), std::make_move_iterator(b.begin()), std::make_move_iterator(b.end()));
  };
  move(to.boxes, from.boxes);
  move(to.lines, from.lines);
  move(to.icons, from.icons);
  move(to.labels, from.labels);
}

}  // namespace awaitscope::view
