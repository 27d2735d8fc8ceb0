#pragma once
// Draws the boxes of a picture as one instanced call: a rounded box and its pattern are a quad and a fragment shader.
// ImGui's own rounded rectangles cost five times as much, and it has no patterns.
#include <cstdint>
#include <deque>
#include <vector>

#include "app/view/pictures.h"

struct ImDrawList;
struct ImDrawCmd;

namespace awaitscope::platform {

class SpanBatch {
 public:
  /// Needs a current OpenGL 3.3 context, as does everything below.
  SpanBatch();
  ~SpanBatch();
  SpanBatch(const SpanBatch&) = delete;
  SpanBatch& operator=(const SpanBatch&) = delete;

  /// Forgets the boxes of the last frame.
  void begin_frame();
  /// Queues the boxes behind what `list` holds so far; they are drawn when ImGui renders.  `unit`: pixels of the pattern's
  /// grid.
  void add(ImDrawList& list, const std::vector<view::Box>& boxes, view::Theme theme, float unit);
  /// Instances queued in this frame.
  std::size_t size() const { return instances_.size(); }

 private:
  struct Instance {
    float x, y, w, h;
    std::uint8_t color[4];
    float radius, pattern;
  };
  struct Call {
    SpanBatch* batch;
    std::size_t first, count;
    float unit;
  };
  static void draw(const ImDrawList* list, const ImDrawCmd* command);

  unsigned program_ = 0, vertex_array_ = 0, buffer_ = 0;
  int origin_ = -1, size_ = -1, sharp_ = -1, unit_ = -1;
  std::vector<Instance> instances_;
  std::deque<Call> calls_;  ///< ImGui keeps pointers to them until it renders
};

}  // namespace awaitscope::platform
