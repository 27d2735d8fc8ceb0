#include "app/panels/headless.h"

#include <stdexcept>

#include "app/panels/frame.h"
#include "app/panels/keys.h"
#include "app/platform/compat.h"

namespace awaitscope::panels {

Result<std::unique_ptr<HeadlessApp>> HeadlessApp::open(int width, int height, float scale) {
  auto screen = platform::Offscreen::open(width, height);
  if (!screen) return Error{screen.error()};
  auto app = std::make_unique<HeadlessApp>();
  app->screen_ = std::move(*screen);
  platform::compat::name_keys();
  app->scale_ = scale;
  app->move({-1e4F, -1e4F});
  return app;
}

view::Actions HeadlessApp::frame(const view::Session& session) {
  screen_->begin_frame(session.shown_text_size() * scale_, session.language, chinese_words(session));
  view::Actions actions = draw_frame(session, screen_->ui());
  screen_->end_frame();
  vertices_ = ImGui::GetDrawData()->TotalVtxCount;
  ImGui::GetIO().MouseWheel = 0;
  return actions;
}

void HeadlessApp::move(view::Point at) {
  ImGui::SetCurrentContext(screen_->ui().context());
  ImGui::GetIO().MousePos = {at.x, at.y};
}

void HeadlessApp::press(int mouse_button, bool down) {
  ImGui::SetCurrentContext(screen_->ui().context());
  ImGui::GetIO().MouseDown[mouse_button] = down;
}

void HeadlessApp::wheel(float lines) {
  ImGui::SetCurrentContext(screen_->ui().context());
  ImGui::GetIO().MouseWheel = lines;
}

void HeadlessApp::key(int glfw_key, bool down) {
  ImGui::SetCurrentContext(screen_->ui().context());
  platform::compat::feed_key(glfw_key, down);
}

void HeadlessApp::modifiers(bool ctrl, bool shift, bool alt) {
  ImGui::SetCurrentContext(screen_->ui().context());
  platform::compat::feed_modifiers(ctrl, shift, alt);
}

void HeadlessApp::type(const std::string& text) {
  ImGui::SetCurrentContext(screen_->ui().context());
  ImGui::GetIO().AddInputCharactersUTF8(text.c_str());
}

view::Actions HeadlessApp::click(const view::Session& session, view::Point at, int count) {
  view::Actions all;
  const auto draw = [&] {
    for (view::Action& action : frame(session)) all.push_back(std::move(action));
  };
  move(at);
  draw();
  for (int i = 0; i < count; ++i) {
    press(0, true);
    draw();
    press(0, false);
    draw();
  }
  return all;
}

view::Actions HeadlessApp::press_key(const view::Session& session, const std::string& text) {
  const std::optional<Chord> chord = read_chord(text);
  if (!chord) throw std::invalid_argument("'" + text + "' is no key");
  modifiers(chord->ctrl, chord->shift, chord->alt);
  key(chord->key, true);
  view::Actions actions = frame(session);
  key(chord->key, false);
  modifiers(false, false, false);
  frame(session);
  return actions;
}

std::optional<view::Point> HeadlessApp::find(std::string_view name) const {
  const auto& places = screen_->ui().places;
  const auto found = places.find(name);
  if (found == places.end()) return {};
  return view::Point{found->second.x + found->second.w / 2, found->second.y + found->second.h / 2};
}

}  // namespace awaitscope::panels
