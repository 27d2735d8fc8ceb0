#pragma once
// What somebody may have meant who mistyped a name.
#include <string>
#include <string_view>
#include <vector>

namespace awaitscope {

/// The known names that are most like `wanted`, by the letters one must change, the likeliest first.
std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& known, std::size_t most = 3);

/// The same in a row: "a, b, c".
std::string nearest_listed(std::string_view wanted, const std::vector<std::string>& known, std::size_t most = 3);

}  // namespace awaitscope
