#pragma once
// The typeface for Chinese.  It is not part of the program, being larger than the rest of it: the system's is read when
// somebody asks for Chinese.
#include <optional>
#include <string>
#include <vector>

namespace awaitscope::platform {

/// A font file with simplified Chinese.
struct ChineseFace {
  std::string bytes;  ///< of the file
  int index = 0;      ///< of the face within it
  float line = 1;     ///< ascent and descent, in ems: ImGui's size of a font is that of its line
};

/// Where fonts of the system and of the user lie, by the XDG rules: XDG_DATA_HOME, XDG_DATA_DIRS, ~/.fonts.
std::vector<std::string> font_folders();
/// The best face below these folders; nothing where none has Chinese.
std::optional<ChineseFace> find_chinese_face(const std::vector<std::string>& folders);

}  // namespace awaitscope::platform
