#pragma once
// The room's pictures: large, few, and the same in the window and in frames for slides.
#include "app/view/pictures.h"

namespace awaitscope::view {

/// Where each part stands; a part that there is nothing for has no height.
struct RoomLayout {
  Rect bar, code, lanes, narration;
};
/// Code beside the lanes where 52 letters' heights of width allow it, else above them.  `metrics.char_width` is that of the
/// mono font.
RoomLayout lay_out_room(const Session& session, Rect canvas, const FontMetrics& metrics);

DrawList code_picture(const Session& session, Rect canvas, const FontMetrics& metrics);
DrawList narration_picture(const Session& session, Rect canvas, const FontMetrics& metrics);
/// Title, version and how far: what the slim line shows.
DrawList bar_picture(const Session& session, Rect canvas, const FontMetrics& metrics);
/// All of it with the timeline: a frame for slides.
DrawList room_picture(const Session& session, Rect canvas, const FontMetrics& metrics);

}  // namespace awaitscope::view
