#include "app/platform/window.h"

#include <glad/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "app/platform/compat.h"

namespace awaitscope::platform {
namespace {

constexpr double blink = 0.4;  // seconds: a text cursor's half period

/// OpenGL 3.3 for the next window.
void ask_for_opengl() {
  glfwDefaultWindowHints();
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);  // a full screen stays when another window is used
}

std::string last_glfw_error() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text ? text : "unknown reason";
}

}  // namespace

Result<std::unique_ptr<Window>> open_window(const std::string& title, int width, int height) {
  if (!glfwInit()) return Error{"cannot open a window: " + last_glfw_error() + " (is DISPLAY or WAYLAND_DISPLAY set?)"};
  std::unique_ptr<Window> self(new Window);
  self->glfw_ = std::shared_ptr<void>(nullptr, [](void*) { glfwTerminate(); });
  ask_for_opengl();
  self->window_ = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (!self->window_)
    return Error{"cannot open a window: no OpenGL 3.3 (" + last_glfw_error() + "); LIBGL_ALWAYS_SOFTWARE=1 may help"};
  glfwMakeContextCurrent(self->window_);
  if (!gladLoadGL(glfwGetProcAddress)) return Error{"cannot open a window: no OpenGL 3.3; LIBGL_ALWAYS_SOFTWARE=1 may help"};
  glfwSwapInterval(1);
  glfwSetWindowUserPointer(self->window_, self.get());
  glfwSetDropCallback(self->window_, [](GLFWwindow* window, int count, const char** paths) {
    auto* to = static_cast<Window*>(glfwGetWindowUserPointer(window));
    to->drops_.insert(to->drops_.end(), paths, paths + count);
  });
  self->ui_ = std::make_unique<Ui>();
  ImGui_ImplGlfw_InitForOpenGL(self->window_, true);
  glfwSetKeyCallback(self->window_, [](GLFWwindow* window, int key, int scancode, int action, int modifiers) {
    static_cast<Window*>(glfwGetWindowUserPointer(window))->press(key, scancode, action, modifiers);
  });
  return self;
}

Window::~Window() {
  if (ui_) {
    ImGui::SetCurrentContext(ui_->context());
    ImGui_ImplGlfw_Shutdown();
    ui_.reset();
  }
  if (window_) glfwDestroyWindow(window_);
}

float Window::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  // Where a window's units are not pixels (Wayland, macOS) the framebuffer already carries the scale.
  int units = 0, pixels = 0;
  glfwGetWindowSize(window_, &units, nullptr);
  glfwGetFramebufferSize(window_, &pixels, nullptr);
  const float carried = units > 0 ? static_cast<float>(pixels) / static_cast<float>(units) : 1;
  return std::clamp(x / std::max(carried, 0.1F), 0.5F, 4.0F);
}

void Window::press(int key, int scancode, int action, int modifiers) { keys_.push_back({key, scancode, action, modifiers}); }

/// ImGui 1.86 sees a key's state once a frame and would miss a press and release that came between two slow ones.  So a key
/// changes once a frame, and what comes after it waits for the next.  It also believes its own memory of Ctrl and Shift, which
/// is lost where the focus changes between them and the key: what the system says with the press counts.
void Window::feed_keys() {
  std::vector<int> changed;
  std::optional<int> held;  // with the keys pressed in this frame
  while (!keys_.empty()) {
    const Key next = keys_.front();
    const bool modifier = next.key >= GLFW_KEY_LEFT_SHIFT && next.key <= GLFW_KEY_RIGHT_SUPER;
    const bool press = !modifier && next.action != GLFW_RELEASE;
    const bool again = std::find(changed.begin(), changed.end(), next.key) != changed.end();
    if (again || (held && (modifier || (press && next.modifiers != *held)))) {
      settle_ = std::max(settle_, 1);
      return;
    }
    if (next.action != GLFW_REPEAT) changed.push_back(next.key);
    ImGui_ImplGlfw_KeyCallback(window_, next.key, next.scancode, next.action, next.modifiers);
    if (press) {
      held = next.modifiers;
      compat::feed_modifiers(*held & GLFW_MOD_CONTROL, *held & GLFW_MOD_SHIFT, *held & GLFW_MOD_ALT);
    }
    keys_.pop_front();
  }
}

bool Window::begin_frame(double longest, float text_size, Language language, std::u32string_view words) {
  ImGui::SetCurrentContext(ui_->context());
  const double before = glfwGetTime();
  if (settle_ > 0) {
    --settle_;
    glfwPollEvents();
  } else {
    if (ImGui::GetIO().WantTextInput) longest = std::min(longest, blink);
    if (std::isfinite(longest)) glfwWaitEventsTimeout(longest);
    else glfwWaitEvents();
    if (glfwGetTime() - before < longest * 0.95) settle_ = 3;  // something happened
  }
  if (glfwWindowShouldClose(window_)) return false;
  const double now = glfwGetTime();
  seconds_ = std::min(began_ > 0 ? now - began_ : 0, 0.1);
  began_ = now;
  ImGui::SetCurrentContext(ui_->context());
  feed_keys();
  ImGui_ImplGlfw_NewFrame();
  ui_->begin_frame(text_size * content_scale(), language, words);
  return true;
}

void Window::end_frame() {
  int width = 0, height = 0;
  glfwGetFramebufferSize(window_, &width, &height);
  ui_->end_frame();
  ui_->draw(width, height);
  glfwSwapBuffers(window_);
}

void Window::wake() { glfwPostEmptyEvent(); }

void Window::title(const std::string& text) { glfwSetWindowTitle(window_, text.c_str()); }

std::vector<std::string> Window::take_drops() { return std::exchange(drops_, {}); }

}  // namespace awaitscope::platform
