#pragma once
// Colours for a line of C++, Python or JavaScript: enough to read by, no more.
#include <string_view>
#include <vector>

#include "app/view/session.h"

namespace awaitscope::view {

struct Piece {
  std::string_view text;  ///< of the line
  Role role = Role::text;
};
std::vector<Piece> highlight(std::string_view line, SourceLanguage language);

}  // namespace awaitscope::view
