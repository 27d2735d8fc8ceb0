#include "app/panels/render.h"

#include <imgui.h>

#include <thread>

#include "app/panels/headless.h"

namespace awaitscope::panels {
namespace {

Result<std::string> draw(const view::Session& session, int width, int height) {
  auto app = HeadlessApp::open(width, height);
  if (!app) return Error{app.error()};
  // Tabs and scroll positions settle in three frames.
  for (int i = 0; i < 4; ++i) (*app)->frame(session);
  if ((*app)->screen().ui().lacks_chinese()) return Error{"no Chinese font: apt install fonts-wqy-microhei"};
  return png((*app)->screen().pixels());
}

}  // namespace

Result<std::string> render_png(const view::Session& session, int width, int height) {
  if (width < 64 || height < 64 || width > 8192 || height > 8192)
    return Error{"a picture is 64 to 8192 pixels on a side, not " + std::to_string(width) + " x " + std::to_string(height)};
  // On a thread of its own: there the window's OpenGL context is not current, and stays so here.
  ImGuiContext* before = ImGui::GetCurrentContext();
  Result<std::string> picture = Error{"not drawn"};
  std::thread([&] { picture = draw(session, width, height); }).join();
  ImGui::SetCurrentContext(before);
  return picture;
}

}  // namespace awaitscope::panels
