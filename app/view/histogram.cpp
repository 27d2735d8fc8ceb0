#include "app/view/histogram.h"

#include <cmath>

#include <fmt/format.h>

#include "app/view/card.h"
#include "app/view/stage.h"

namespace awaitscope::view {
namespace {

/// Rare lengths matter as much as frequent ones, so heights grow with the root.
float share(std::size_t count, std::size_t tallest) {
  return std::sqrt(static_cast<float>(count) / static_cast<float>(std::max<std::size_t>(1, tallest)));
}

std::string low_words(const Histogram::Bin& bin) { return bin.low == 0 ? "0" : show(Duration{bin.low}); }

/// A few bins do not become walls.
float bin_width(const Histogram& histogram, const Rect& canvas, const FontMetrics& metrics) {
  return std::min(canvas.w / static_cast<float>(std::max<std::size_t>(1, histogram.bins.size())), metrics.char_width * 9);
}

}  // namespace

DrawList histogram_picture(const Histogram& histogram, const std::optional<Brush>& brush, Rect canvas,
                           const FontMetrics& metrics) {
  Cards cards(canvas, metrics);
  if (histogram.bins.empty()) return std::move(cards.list);
  const float lh = metrics.line_height, w = bin_width(histogram, canvas, metrics);
  const float axis = canvas.bottom() - lh, top = canvas.y + lh;
  float free = canvas.x;  // up to where labels have been written
  cards.box({canvas.x, axis, canvas.w, 1}, Role::border);
  for (std::size_t i = 0; i < histogram.bins.size(); ++i) {
    const Histogram::Bin& bin = histogram.bins[i];
    const float x = canvas.x + w * static_cast<float>(i), gap = std::min(2.0f, w * 0.15f);
    const bool on = brush && bin.low >= brush->low && bin.high <= brush->high;
    if (on) cards.box({x, top, w, axis - top}, Role::header);
    if (bin.count) {
      const float h = std::max(2.0f, (axis - top) * share(bin.count, histogram.tallest));
      cards.box({x + gap / 2, axis - h, w - gap, h}, on || !brush ? Role::counter : Role::waiting, Pattern::solid, {}, 2);
      const std::string count = counted(bin.count);
      if (cards.width(count) * 0.85f < w - gap)
        cards.text({x, axis - h - lh, w, lh}, count, Role::text_dim, Font::ui, Align::center, 0.85f);
    }
    const std::string low = low_words(bin);
    const float room = cards.width(low) * 0.85f + metrics.char_width;
    if (x >= free && x + room <= canvas.right()) {
      cards.text({x, axis, room, lh}, low, Role::text_dim, Font::ui, Align::left, 0.85f);
      free = x + room;
    }
  }
  return std::move(cards.list);
}

std::size_t bin_at(const Histogram& histogram, Rect canvas, const FontMetrics& metrics, float x) {
  if (histogram.bins.empty()) return 0;
  const float at = (x - canvas.x) / std::max(bin_width(histogram, canvas, metrics), 0.01f);
  return static_cast<std::size_t>(std::clamp(at, 0.0f, static_cast<float>(histogram.bins.size() - 1)));
}

}  // namespace awaitscope::view
