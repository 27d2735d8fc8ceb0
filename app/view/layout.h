#pragma once
// How the window's room is shared out, as far as a person has changed it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace awaitscope::view {

struct Session;

/// Shares from 0 to 1 of what two neighbours have together; 0: the standard one, which depends on the window and the text.
struct Layout {
  float side = 0;   ///< the column beside the timeline: its part of the width
  float upper = 0;  ///< the upper tabs: their part of the column's height
  float below = 0;  ///< the tabs under the timeline: their part of the height there
};

/// The share named "side", "upper" or "below"; null for any other name.
float* share_of(Layout& layout, std::string_view name);
/// Moves a splitter; 0, or what is no number, gives the standard share back.
void split(Session& session, std::string_view name, double share);

/// A large file that is being read while the window goes on.
struct Loading {
  std::string path;
  std::uint64_t done = 0, of = 0;  ///< bytes; of 0: not known
  bool judging = false;            ///< it is read, now the rules look at it
};

}  // namespace awaitscope::view
