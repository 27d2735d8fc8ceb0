#pragma once
// One Dear ImGui context with its renderer, fonts and span batch.  A window owns one, a picture without a screen another.
#include <map>
#include <memory>

#include "app/platform/fonts.h"
#include "app/platform/span_batch.h"

struct ImGuiContext;

namespace awaitscope::platform {

class Ui {
 public:
  /// An OpenGL 3.3 context is current and glad is loaded.  The ImGui context becomes the current one.
  Ui();
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  /// Starts a frame; bakes the fonts anew when the text's size has changed.  The caller has set the display's size and input.
  void begin_frame(float text_size);
  /// Ends it and draws into the current framebuffer of this size, in pixels.
  void end_frame(int width, int height);

  const Fonts& fonts() const { return fonts_; }
  SpanBatch& spans() { return *spans_; }
  ImGuiContext* context() const { return context_; }

  /// Where named things lie on screen in this frame: scripts and tests find them by name, as a person does by sight.
  std::map<std::string, view::Rect, std::less<>> places;
  /// Text that a person is typing, by field.
  std::map<std::string, std::string, std::less<>> drafts;

 private:
  ImGuiContext* context_ = nullptr;
  Fonts fonts_;
  std::unique_ptr<SpanBatch> spans_;
};

}  // namespace awaitscope::platform
