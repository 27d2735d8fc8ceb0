#pragma once
// A panel is one file of this folder with one descriptor function named after the file.  It reads the session and asks for
// actions; it changes nothing.
#include <vector>

#include "app/platform/paint_imgui.h"
#include "app/view/session.h"

namespace awaitscope {

struct Panel {
  /// Where it stands; several panels of a side slot become tabs there.  `below` is under the timeline where the window has
  /// room for it, else one more tab of `lower`.
  enum class Slot { top, strip, center, below, upper, lower, transport, status, overlay };

  Phrase title;  ///< the English one is its name in scripts: "tab:Findings"
  Slot slot = Slot::upper;
  int order = 0;  ///< among the tabs of its slot, the least first
  /// Fills the rest of the current window.
  void (*draw)(const view::Session&, view::Actions&, const platform::Painter&) = nullptr;
  /// What a tab is about, 0: nothing; it comes forward when that changes.
  std::uint32_t (*subject)(const view::Session&) = nullptr;
  /// It may tell of what lies ahead of the playhead: closed while a lesson keeps that from sight.
  bool ahead = true;
};

/// Every panel of this folder; built from the file names.
const std::vector<Panel>& all_panels();

}  // namespace awaitscope
