#pragma once
// One Dear ImGui context with its renderer, fonts and span batch.  A window owns one, a picture without a screen another.
#include <functional>
#include <map>
#include <memory>

#include "app/platform/fonts.h"
#include "app/platform/span_batch.h"
#include "core/base/words.h"

struct ImGuiContext;

namespace awaitscope::platform {

class Ui {
 public:
  /// An OpenGL 3.3 context is current and glad is loaded.  The ImGui context becomes the current one.
  Ui();
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  /// Starts a frame; bakes the fonts anew when the text's size or language has changed.  The caller has set the display's size
  /// and input.  `words`: Chinese characters that are not the program's own, such as an open lesson's.
  void begin_frame(float text_size, Language language, std::u32string_view words);
  void end_frame();
  /// Draws the frame that ended last into the current framebuffer of this size, in pixels.
  void draw(int width, int height);

  /// Chinese was asked for and cannot be shown: no font of the system has it.
  bool lacks_chinese() const { return language_ == Language::chinese && !fonts_.chinese; }
  const Fonts& fonts() const { return fonts_; }
  SpanBatch& spans() { return *spans_; }
  ImGuiContext* context() const { return context_; }

  /// Where named things lie on screen in this frame: scripts and tests find them by name, as a person does by sight.
  std::map<std::string, view::Rect, std::less<>> places;
  /// Told of every text that is drawn, where somebody listens.
  std::function<void(std::string_view)> listener;
  void hear(std::string_view words) const {
    if (listener) listener(words);
  }
  /// Text that a person is typing, by field.
  std::map<std::string, std::string, std::less<>> drafts;

 private:
  ImGuiContext* context_ = nullptr;
  void bake(float em);

  Fonts fonts_;
  Language language_ = Language::english;
  std::unique_ptr<Chinese> chinese_;  ///< what was found; null before it was looked for
  std::unique_ptr<SpanBatch> spans_;
};

}  // namespace awaitscope::platform
