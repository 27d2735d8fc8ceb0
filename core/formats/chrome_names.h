#pragma once
// Names and messages as JSON strings.
#include <string>
#include <string_view>

namespace awaitscope::chrome {

/// Adds a JSON string, quotes included.  What could act on a viewer's screen is spelt out.
void put_json(std::string& out, std::string_view text);

}  // namespace awaitscope::chrome
