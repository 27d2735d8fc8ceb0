// Strips of outcomes: how each version fared under many schedules.
#include <fmt/format.h>

#include "app/view/pictures.h"
#include "app/view/text.h"

namespace awaitscope::view {

std::size_t ScheduleRow::failed() const {
  std::size_t out = 0;
  for (const Tried& one : tried) out += !one.broken.empty();
  return out;
}

DrawList schedules(const Session& session, Rect canvas, const FontMetrics& m) {
  constexpr std::size_t per_line = 25;
  DrawList out;
  out.canvas = canvas;
  float y = canvas.y;
  for (std::size_t row = 0; row < session.schedules.size(); ++row) {
    const ScheduleRow& one = session.schedules[row];
    const std::string heading =
        filled({"{}: {} of {} fail", "{}：{} / {} 失败"}, m.language, printable(one.label), one.failed(), one.tried.size());
    out.labels.push_back({{canvas.x, y, canvas.w, m.line_height},
                          elide(heading, canvas.w, m),
                          one.failed() ? Role::text_warning : Role::text,
                          Font::bold,
                          Align::left,
                          1});
    y += m.line_height * 1.2f;
    const float cell = std::min(canvas.w / static_cast<float>(per_line), m.line_height * 1.4f), gap = cell * 0.14f;
    for (std::size_t i = 0; i < one.tried.size(); ++i) {
      const bool broken = !one.tried[i].broken.empty();
      const Rect box{canvas.x + cell * static_cast<float>(i % per_line), y + cell * static_cast<float>(i / per_line),
                     cell - gap, cell - gap};
      const Hit hit{Hit::Kind::schedule, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(row)};
      out.boxes.push_back(
          {box, broken ? Role::failed : Role::done, broken ? Pattern::cross_hatch : Pattern::outline, hit, gap});
      if (broken) out.icons.push_back({box, Glyph::cross, Role::text, hit});
    }
    y += cell * static_cast<float>((one.tried.size() + per_line - 1) / per_line) + m.line_height * 0.6f;
  }
  return out;
}

}  // namespace awaitscope::view
