#include "app/platform/paint_imgui.h"

#include <cmath>

#include "app/platform/compat.h"

namespace awaitscope::platform {
namespace {

float measure_text(std::string_view text, const void* context) {
  // ImGui's fonts measure through a pointer to non-const; nothing changes.
  auto* font = static_cast<ImFont*>(const_cast<void*>(context));
  return font->CalcTextSizeA(font->FontSize, 1e9F, 0, text.data(), text.data() + text.size()).x;
}

void dashes(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 color, float width, float dash) {
  const float dx = to.x - from.x, dy = to.y - from.y, length = std::hypot(dx, dy);
  if (length < 0.5F) return;
  const int pieces = std::min(2000, static_cast<int>(length / (2 * dash)) + 1);
  for (int i = 0; i < pieces; ++i) {
    const float a = static_cast<float>(i) * 2 * dash / length, b = std::min(1.0F, a + dash / length);
    list.AddLine({from.x + dx * a, from.y + dy * a}, {from.x + dx * b, from.y + dy * b}, color, width);
  }
}

void arrow_head(ImDrawList& list, view::Point before, view::Point tip, ImU32 color, float size) {
  const float dx = tip.x - before.x, dy = tip.y - before.y, length = std::hypot(dx, dy);
  if (length < 0.5F) return;
  const float ux = dx / length * size, uy = dy / length * size;
  list.AddTriangleFilled({tip.x, tip.y}, {tip.x - ux - uy * 0.5F, tip.y - uy + ux * 0.5F},
                         {tip.x - ux + uy * 0.5F, tip.y - uy - ux * 0.5F}, color);
}

void paint_line(ImDrawList& list, const view::Line& line, ImU32 color, float em) {
  if (line.points.size() < 2) return;
  std::vector<ImVec2> points;
  points.reserve(line.points.size());
  // An upright or level line of one pixel stands on the pixels' centres, else it smears over two.
  for (const view::Point p : line.points) points.push_back({std::floor(p.x) + 0.5F, std::floor(p.y) + 0.5F});
  if (line.dashed) {
    for (std::size_t i = 1; i < points.size(); ++i) dashes(list, points[i - 1], points[i], color, line.width, em * 0.28F);
  } else {
    compat::polyline(list, points.data(), static_cast<int>(points.size()), color, false, line.width);
  }
  if (line.arrow) arrow_head(list, line.points[line.points.size() - 2], line.points.back(), color, em * 0.42F + line.width);
}

}  // namespace

view::FontMetrics Painter::metrics() const {
  view::FontMetrics metrics;
  metrics.line_height = std::round(em() * 1.45F);
  metrics.char_width = em() * 0.56F;
  metrics.measure = &measure_text;
  // The bold face is the widest of the two that pictures use: what is measured with it fits in both.
  metrics.context = fonts().bold;
  metrics.language = language;
  return metrics;
}

ImVec4 Painter::tint(view::Role role, float alpha) const {
  const view::Color c = view::color(role, theme);
  const auto part = [](std::uint8_t v) { return static_cast<float>(v) / 255; };
  return {part(c.r), part(c.g), part(c.b), part(c.a) * alpha};
}

ImU32 Painter::color(view::Role role, float alpha) const { return ImGui::ColorConvertFloat4ToU32(tint(role, alpha)); }

ImVec4 Painter::mix(view::Role a, view::Role b, float share) const {
  const ImVec4 from = tint(a), to = tint(b);
  return {from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share, from.z + (to.z - from.z) * share, 1};
}

void Painter::text(ImDrawList& list, const view::Label& label) const {
  ui.hear(label.text);
  const auto [font, size] = fonts().pick(label.font, label.scale);
  const auto measured = [&](std::string_view words) {
    return font->CalcTextSizeA(size, 1e9F, 0, words.data(), words.data() + words.size());
  };
  std::string_view words = label.text;
  ImVec2 extent = measured(words);
  std::string shorter;
  if (extent.x > label.rect.w + 2) {
    // Cut at a character of UTF-8, with a mark that something is missing.
    std::size_t most = words.size();
    do {
      const float share = std::max(0.0F, label.rect.w / std::max(extent.x, 1.0F));
      most = std::min(most > 0 ? most - 1 : 0,
                      static_cast<std::size_t>(static_cast<float>(words.size()) * std::min(share * 1.1F, 1.0F)) + 1);
      while (most > 0 && (static_cast<unsigned char>(label.text[most]) & 0xC0) == 0x80) --most;
      shorter = label.text.substr(0, most) + "…";
      words = shorter;
      extent = measured(words);
    } while (most > 0 && extent.x > label.rect.w);
  }
  float x = label.rect.x;
  if (label.align == view::Align::center) x += (label.rect.w - extent.x) / 2;
  if (label.align == view::Align::right) x += label.rect.w - extent.x;
  const float y = label.rect.y + (label.rect.h - extent.y) / 2;
  const ImVec4 clip{label.rect.x, label.rect.y - size, label.rect.right() + 3, label.rect.bottom() + size};
  list.AddText(font, size, {std::round(x), std::round(y)}, color(label.role), words.data(), words.data() + words.size(), 0,
               &clip);
}

void Painter::paint(const view::DrawList& picture) const {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect({picture.canvas.x, picture.canvas.y}, {picture.canvas.right(), picture.canvas.bottom()}, true);
  ui.spans().add(list, picture.boxes, theme, em() * 0.5F);
  for (const view::Line& line : picture.lines) paint_line(list, line, color(line.role), em());
  for (const view::Icon& mark : picture.icons) icon(list, mark.glyph, mark.rect, color(mark.role));
  for (const view::Label& label : picture.labels) text(list, label);
  list.PopClipRect();
}

}  // namespace awaitscope::platform
