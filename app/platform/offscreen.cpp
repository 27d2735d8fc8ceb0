#include "app/platform/offscreen.h"

#include <dlfcn.h>
#include <glad/gl.h>
#include <imgui.h>
#include <utility>

namespace awaitscope::platform {
namespace {

// The handful of EGL that is needed, so that no EGL package is: the library is looked for at run time.
using Handle = void*;
using Name = unsigned;
constexpr Name surfaceless_platform = 0x31DD, opengl_api = 0x30A2;
constexpr int none = 0x3038, major_version = 0x3098, minor_version = 0x30FB, profile_mask = 0x30FD, core_profile = 1;

}  // namespace

struct Offscreen::Egl {
  Handle library = nullptr, display = nullptr, context = nullptr;
  void* (*address)(const char*) = nullptr;

  template <class F>
  F function(const char* name) const {
    return reinterpret_cast<F>(address(name));
  }

  /// Empty, or what failed.
  std::string open() {
    library = dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library) return "libEGL.so.1 is not installed (Debian: libegl1)";
    address = reinterpret_cast<void* (*)(const char*)>(dlsym(library, "eglGetProcAddress"));
    if (!address) return "libEGL has no eglGetProcAddress";
    const auto get_display = function<Handle (*)(Name, void*, const int*)>("eglGetPlatformDisplayEXT");
    if (!get_display) return "EGL has no platform displays";
    display = get_display(surfaceless_platform, nullptr, nullptr);
    if (!display || !function<unsigned (*)(Handle, int*, int*)>("eglInitialize")(display, nullptr, nullptr))
      return "EGL offers no surfaceless display (Debian: libegl-mesa0)";
    function<unsigned (*)(Name)>("eglBindAPI")(opengl_api);
    const int wanted[] = {major_version, 3, minor_version, 3, profile_mask, core_profile, none};
    context = function<Handle (*)(Handle, Handle, Handle, const int*)>("eglCreateContext")(display, nullptr, nullptr, wanted);
    if (!context) return "EGL gives no OpenGL 3.3 context; LIBGL_ALWAYS_SOFTWARE=1 asks for the software renderer";
    if (!function<unsigned (*)(Handle, Handle, Handle, Handle)>("eglMakeCurrent")(display, nullptr, nullptr, context))
      return "EGL cannot make its context current";
    return "";
  }

  ~Egl() {
    if (context) {
      function<unsigned (*)(Handle, Handle, Handle, Handle)>("eglMakeCurrent")(display, nullptr, nullptr, nullptr);
      function<unsigned (*)(Handle, Handle)>("eglDestroyContext")(display, context);
    }
    if (address) function<unsigned (*)()>("eglReleaseThread")();
    // The display is the process's, shared by all contexts, and unloading its driver loses what that keeps in globals: both
    // stay until the end.
  }
};

Offscreen::Offscreen() : egl_(std::make_unique<Egl>()) {}

Result<std::unique_ptr<Offscreen>> Offscreen::open(int width, int height) {
  std::unique_ptr<Offscreen> self(new Offscreen);
  if (const std::string wrong = self->egl_->open(); !wrong.empty()) return Error{"cannot draw without a screen: " + wrong};
  const auto load = [](void* egl, const char* name) {
    return reinterpret_cast<GLADapiproc>(static_cast<Egl*>(egl)->address(name));
  };
  if (!gladLoadGLUserPtr(load, self->egl_.get())) return Error{"cannot draw without a screen: OpenGL has no functions"};
  self->ui_ = std::make_unique<Ui>();
  self->resize(width, height);
  return self;
}

Offscreen::~Offscreen() {
  ui_.reset();
  if (framebuffer_) {
    glDeleteFramebuffers(1, &framebuffer_);
    glDeleteRenderbuffers(1, &color_);
  }
}

void Offscreen::resize(int width, int height) {
  if (!framebuffer_) {
    glGenFramebuffers(1, &framebuffer_);
    glGenRenderbuffers(1, &color_);
  }
  width_ = width;
  height_ = height;
  glBindRenderbuffer(GL_RENDERBUFFER, color_);
  glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color_);
}

void Offscreen::begin_frame(float text_size, Language language, std::u32string_view words, float seconds) {
  ImGui::SetCurrentContext(ui_->context());
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
  io.DisplayFramebufferScale = {1, 1};
  io.DeltaTime = seconds;
  ui_->begin_frame(text_size, language, words);
}

void Offscreen::end_frame() {
  ui_->end_frame();
  drawn_ = false;
}

Image Offscreen::pixels() {
  Image image{width_, height_, {}};
  const std::size_t row = static_cast<std::size_t>(width_) * 4;
  std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(height_));
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  if (!std::exchange(drawn_, true)) {
    ImGui::SetCurrentContext(ui_->context());
    ui_->draw(width_, height_);
  }
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
  image.rgba.reserve(upside_down.size());
  for (std::size_t y = static_cast<std::size_t>(height_); y-- > 0;)
    image.rgba.insert(image.rgba.end(), upside_down.begin() + static_cast<std::ptrdiff_t>(y * row),
                      upside_down.begin() + static_cast<std::ptrdiff_t>((y + 1) * row));
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;  // blending leaves alpha below one
  return image;
}

}  // namespace awaitscope::platform
