#pragma once
// Lines of running text, also of text without spaces.
#include <functional>
#include <string>
#include <string_view>

namespace awaitscope::view {

/// `text` with a line break wherever `width` is used up: at a space, or between Chinese characters where their rules allow it
/// (no line begins with a closing mark or ends with an opening one).  What has no such place is cut where the line is full.
/// `measure`: the width of a piece of text.
std::string break_lines(std::string_view text, float width, const std::function<float(std::string_view)>& measure);
/// Whether there are characters that a line may be broken between.
bool breaks_anywhere(std::string_view text);

}  // namespace awaitscope::view
