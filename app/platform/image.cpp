#include "app/platform/image.h"

// Static, so that it does not meet the copy in the system's libstb, which libimgui links.
#define STB_IMAGE_WRITE_STATIC
#define STB_IMAGE_WRITE_IMPLEMENTATION
#include <stb_image_write.h>

namespace awaitscope::platform {

std::string png(const Image& image) {
  std::string bytes;
  const auto write = [](void* out, void* data, int size) {
    static_cast<std::string*>(out)->append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  };
  stbi_write_png_to_func(write, &bytes, image.width, image.height, 4, image.rgba.data(), image.width * 4);
  return bytes;
}

}  // namespace awaitscope::platform
