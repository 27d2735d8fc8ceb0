// The window on one screen, a second window on another.
#include <algorithm>
#include <cmath>

#include <glad/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui.h>

#include "app/platform/screens.h"
#include "app/platform/window.h"

namespace awaitscope::platform {
namespace {

std::vector<GLFWmonitor*> monitors() {
  int count = 0;
  GLFWmonitor** all = glfwGetMonitors(&count);
  return {all, all + count};
}

view::Rect rect(int x, int y, int w, int h) {
  return {static_cast<float>(x), static_cast<float>(y), static_cast<float>(w), static_cast<float>(h)};
}

std::vector<view::Rect> places(const std::vector<GLFWmonitor*>& all) {
  std::vector<view::Rect> out;
  for (GLFWmonitor* monitor : all) {
    int x = 0, y = 0;
    glfwGetMonitorPos(monitor, &x, &y);
    const GLFWvidmode* mode = glfwGetVideoMode(monitor);
    out.push_back(rect(x, y, mode ? mode->width : 0, mode ? mode->height : 0));
  }
  return out;
}

}  // namespace

std::size_t Window::screens() { return monitors().size(); }

void Window::full_screen(bool on, int further) {
  settle_ = std::max(settle_, 3);
  if (!on) {
    if (before_) glfwSetWindowMonitor(window_, nullptr, before_->x, before_->y, before_->w, before_->h, GLFW_DONT_CARE);
    before_.reset();
    return;
  }
  const std::vector<GLFWmonitor*> all = monitors();
  if (all.empty()) return;
  if (!before_) {
    Place at;
    glfwGetWindowPos(window_, &at.x, &at.y);
    glfwGetWindowSize(window_, &at.w, &at.h);
    before_ = at;
  }
  screen_ = screen_of(places(all), rect(before_->x, before_->y, before_->w, before_->h), further);
  // With the screen's own mode: nothing flickers, no projector changes its resolution.
  if (const GLFWvidmode* mode = glfwGetVideoMode(all[screen_]))
    glfwSetWindowMonitor(window_, all[screen_], 0, 0, mode->width, mode->height, mode->refreshRate);
}

Result<std::unique_ptr<SideWindow>> Window::open_beside(const std::string& title, int width, int height) {
  glfwWindowHint(GLFW_FOCUSED, GLFW_FALSE);  // the keys stay where they are
  glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_FALSE);
  glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  std::unique_ptr<SideWindow> side(new SideWindow(*this));
  side->glfw_ = glfw_;
  side->window_ = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  for (const int hint : {GLFW_FOCUSED, GLFW_FOCUS_ON_SHOW, GLFW_VISIBLE}) glfwWindowHint(hint, GLFW_TRUE);
  if (!side->window_) return Error{"the notes' window could not be opened"};
  const std::vector<GLFWmonitor*> all = monitors();
  if (const auto other = before_ ? other_screen(places(all), screen_) : std::nullopt) {
    int x = 0, y = 0, w = 0, h = 0;
    glfwGetMonitorWorkarea(all[*other], &x, &y, &w, &h);
    glfwSetWindowPos(side->window_, x + std::max(0, (w - width) / 2), y + std::max(0, (h - height) / 2));
  }
  glfwSetWindowUserPointer(side->window_, side.get());
  glfwSetKeyCallback(side->window_, [](GLFWwindow* window, int key, int scancode, int action, int modifiers) {
    SideWindow::of(window).first_.press(key, scancode, action, modifiers);
  });
  glfwSetWindowRefreshCallback(side->window_, [](GLFWwindow* window) { SideWindow::of(window).stale_ = true; });
  glfwSetFramebufferSizeCallback(side->window_, [](GLFWwindow* window, int, int) { SideWindow::of(window).stale_ = true; });
  glfwMakeContextCurrent(side->window_);
  glfwSwapInterval(0);  // it never holds the first window up
  side->ui_ = std::make_unique<Ui>();
  glfwMakeContextCurrent(window_);
  ImGui::SetCurrentContext(ui_->context());
  glfwShowWindow(side->window_);
  return side;
}

SideWindow& SideWindow::of(GLFWwindow* window) { return *static_cast<SideWindow*>(glfwGetWindowUserPointer(window)); }

SideWindow::~SideWindow() {
  if (!window_) return;
  glfwMakeContextCurrent(window_);
  ui_.reset();
  glfwMakeContextCurrent(first_.window_);
  ImGui::SetCurrentContext(first_.ui_->context());
  glfwDestroyWindow(window_);
}

bool SideWindow::stale() { return std::exchange(stale_, false); }

bool SideWindow::closed() const { return glfwWindowShouldClose(window_) != 0; }

void SideWindow::begin_frame(float text_size, Language language, std::u32string_view words) {
  glfwMakeContextCurrent(window_);
  ImGui::SetCurrentContext(ui_->context());
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
  io.DisplayFramebufferScale = {1, 1};
  io.DeltaTime = 1.0F / 60;
  io.MousePos = {-1e4F, -1e4F};
  float scale = 1, ignored = 1;
  glfwGetWindowContentScale(window_, &scale, &ignored);
  ui_->begin_frame(text_size * std::clamp(scale, 0.5F, 4.0F), language, words);
}

void SideWindow::end_frame() {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  ui_->end_frame();
  ui_->draw(width, height);
  glfwSwapBuffers(window_);
  glfwMakeContextCurrent(first_.window_);
  ImGui::SetCurrentContext(first_.ui_->context());
}

}  // namespace awaitscope::platform
