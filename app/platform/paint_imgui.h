#pragma once
// The painter of pictures on screen, and the colours and sizes of everything beside them.
#include <imgui.h>

#include "app/platform/ui.h"
#include "app/view/pictures.h"

namespace awaitscope::platform {

/// What a panel draws with; valid for one frame.
struct Painter {
  Ui& ui;
  view::Theme theme;
  Language language = Language::english;
  bool presenting = false;  ///< in front of a room
  const view::KeyMap* keys = nullptr;

  /// The program's own words in the person's language.
  std::string_view in(const Phrase& words) const { return words.in(language); }
  const Fonts& fonts() const { return ui.fonts(); }
  /// Pixels of the text: every distance on screen is a multiple of it, so that text of any size fits.
  float em() const { return ui.fonts().em; }
  view::FontMetrics metrics() const;
  ImU32 color(view::Role role, float alpha = 1) const;
  ImVec4 tint(view::Role role, float alpha = 1) const;
  /// `a` with a share of `b`, opaque.
  ImVec4 mix(view::Role a, view::Role b, float share) const;

  /// Paints into the current window; the picture's coordinates are the screen's.
  void paint(const view::DrawList& picture) const;
  void icon(ImDrawList& list, view::Glyph glyph, view::Rect rect, ImU32 color) const;
  void text(ImDrawList& list, const view::Label& label) const;
  /// Names a place for scripts and tests.
  void place(std::string_view name, view::Rect rect) const { ui.places[std::string(name)] = rect; }
};

/// ImGui's own colours and sizes from the theme and the text's size; once a frame, before the first window.
void apply_style(const Painter& painter);

}  // namespace awaitscope::platform
