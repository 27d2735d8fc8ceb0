#pragma once
// A picture in memory, and as a PNG file's bytes.
#include <cstdint>
#include <string>
#include <vector>

namespace awaitscope::platform {

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  ///< four bytes a pixel, the top row first
};

std::string png(const Image& image);

}  // namespace awaitscope::platform
