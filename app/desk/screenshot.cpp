// What the room sees, as a picture in the working folder, named after lesson, version and step.
#include <unistd.h>

#include <cstdio>

#include "app/desk/desk.h"
#include "core/formats/format.h"

namespace awaitscope::desk {
namespace {

/// "NAME.png", or "NAME-2.png" where that is taken: a picture is never written over another.
std::string free_name(const std::string& name) {
  std::string path = name + ".png";
  for (int number = 2; access(path.c_str(), F_OK) == 0; ++number) path = name + "-" + std::to_string(number) + ".png";
  return path;
}

}  // namespace

void Desk::take_screenshot(const std::string& size) {
  int width = 0, height = 0;
  if (std::sscanf(size.c_str(), "%dx%d", &width, &height) != 2) return say("a screenshot needs a size, e.g. 1920x1080", true);
  if (!render_) return say("pictures need the window's renderer, and this program was built without a window", true);
  // Without what a hand left on the screen: pointer, spotlight.
  const auto png = render_(session_, width, height);
  if (!png) return say(png.error(), true);
  const std::string path = free_name(screenshot_name(session_));
  const Status written = write_file(path, *png);
  if (written) say("wrote " + path);
  else say(written.error(), true);
}

}  // namespace awaitscope::desk
