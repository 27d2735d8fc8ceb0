#pragma once
// A finding as a block of plain text, ready to paste into an issue.
#include "core/findings/lint.h"

namespace awaitscope {

/// What was found, where, in which task, when, the events that prove it, and of which run by which version.  Lines of printable
/// text; it begins with the severity and ends with a newline.
std::string finding_block(const Run& run, const Finding& finding);

/// "awaitscope 0.1.0": who says so.
std::string_view program_version();

}  // namespace awaitscope
