#pragma once
// Two runs side by side, as text and as JSON.
#include "core/findings/compare.h"

namespace awaitscope::desk {

/// A run to compare, with what it is called: "L04 bad", a file's name.
struct Compared {
  std::string label;
  const Trace& trace;
};

/// A table for a terminal: what changed, whose time, and where the runs first differ.  `margin` decides what is called worse.
std::string comparison_text(const Comparison& comparison, const Compared& a, const Compared& b, double margin);
/// The same for programs; docs/findings.md has its schema.
std::string comparison_json(const Comparison& comparison, const Compared& a, const Compared& b, double margin);

}  // namespace awaitscope::desk
