#pragma once
// Colours for a line of C++, Python or JavaScript: enough to read by, no more.
#include <string_view>
#include <vector>

#include "app/view/session.h"

namespace awaitscope::panels {

struct Piece {
  std::string_view text;  ///< of the line
  view::Role role = view::Role::text;
};
std::vector<Piece> highlight(std::string_view line, view::SourceLanguage language);

}  // namespace awaitscope::panels
