#pragma once
// A histogram as a picture, and what a place on it means.
#include "app/view/draw_list.h"
#include "app/view/statistics.h"

namespace awaitscope::view {

/// Bars with their lengths below; the brushed part stands out.  Every bar of at least one sample can be seen.
DrawList histogram_picture(const Histogram& histogram, const std::optional<Brush>& brush, Rect canvas,
                           const FontMetrics& metrics);
/// The index of the bin at a place of the picture; clamped, for a drag that leaves it.
std::size_t bin_at(const Histogram& histogram, Rect canvas, const FontMetrics& metrics, float x);

}  // namespace awaitscope::view
