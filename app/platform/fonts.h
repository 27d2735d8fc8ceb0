#pragma once
// The typefaces: Inter for the interface, JetBrains Mono for code.  Baked at the sizes in use, so that text is never scaled.
#include <imgui.h>

#include "app/platform/chinese_font.h"
#include "app/view/draw_list.h"

namespace awaitscope::platform {

struct Fonts {
  ImFont* ui = nullptr;
  ImFont* small = nullptr;  ///< ui at 0.85
  ImFont* bold = nullptr;
  ImFont* title = nullptr;  ///< bold at 1.3
  ImFont* mono = nullptr;
  float em = 0;          ///< pixels of the ui font
  bool chinese = false;  ///< they hold what was wanted

  struct Choice {
    ImFont* font;
    float size;  ///< to pass to AddText
  };
  /// The face baked nearest to the size asked for.
  Choice pick(view::Font font, float scale) const;
};

/// Chinese for the atlas: a face and which of its characters.  It must outlive the atlas.
struct Chinese {
  ChineseFace face;
  std::u32string wanted;             ///< the characters that must be there, sorted
  ImVector<ImWchar> needed, common;  ///< ranges: of those, and with the common ones that other programs' words may use
};

/// The size that text of this size is baked at: whole pixels, 8 to 96.
float baked_size(float text_size);
/// Bakes the atlas anew for a size that baked_size gave.  `chinese` null: without.  Where the characters would not fit
/// into a texture of `largest` pixels on a side, only those are baked that must be, or none: see Fonts::chinese.
Fonts bake_fonts(ImFontAtlas& atlas, float em, Chinese* chinese = nullptr, int largest = 4096);

}  // namespace awaitscope::platform
