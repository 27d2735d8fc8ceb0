#pragma once
// Lines of running text, also of text without spaces.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace awaitscope::view {

/// `text` with a line break wherever `width` is used up: at a space, or between Chinese characters where their rules allow it
/// (no line begins with a closing mark or ends with an opening one).  What has no such place is cut where the line is full.
/// `measure`: the width of a piece of text.
std::string break_lines(std::string_view text, float width, const std::function<float(std::string_view)>& measure);
/// The same, line by line; never empty.
std::vector<std::string_view> lines_of(std::string_view text, float width,
                                       const std::function<float(std::string_view)>& measure);
/// Where a line of code goes on below, so that at most this many letters stand in the first: behind the last blank, comma or
/// bracket; its end where it fits whole.
std::size_t code_break(std::string_view text, std::size_t most);
/// Whether there are characters that a line may be broken between.
bool breaks_anywhere(std::string_view text);

}  // namespace awaitscope::view
