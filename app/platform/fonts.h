#pragma once
// The typefaces: Inter for the interface, JetBrains Mono for code.  Baked at the sizes in use, so that text is never scaled.
#include <imgui.h>

#include "app/view/draw_list.h"

namespace awaitscope::platform {

struct Fonts {
  ImFont* ui = nullptr;
  ImFont* small = nullptr;  ///< ui at 0.85
  ImFont* bold = nullptr;
  ImFont* title = nullptr;  ///< bold at 1.3
  ImFont* mono = nullptr;
  float em = 0;  ///< pixels of the ui font

  struct Choice {
    ImFont* font;
    float size;  ///< to pass to AddText
  };
  /// The face baked nearest to the size asked for.
  Choice pick(view::Font font, float scale) const;
};

/// Bakes the atlas anew for this size of text, 8 to 96 pixels.
Fonts bake_fonts(ImFontAtlas& atlas, float em);

}  // namespace awaitscope::platform
