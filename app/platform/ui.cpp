#include "app/platform/ui.h"

#include <glad/gl.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <cmath>

#include "app/platform/compat.h"
#include "app/view/text.h"

namespace awaitscope {

std::string_view program_characters();  // generated: what our own texts are written with

namespace platform {
namespace {

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) out += view::next_code_point(text, at);
  return out;
}

/// Adds characters to a sorted set of them; true if there are new ones.
bool want(std::u32string& set, std::u32string_view characters) {
  const std::size_t before = set.size();
  for (const char32_t c : characters)
    if (const auto at = std::lower_bound(set.begin(), set.end(), c); at == set.end() || *at != c) set.insert(at, c);
  return set.size() > before;
}

}  // namespace

Ui::Ui() {
  IMGUI_CHECKVERSION();
  context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // the app keeps its own state
  io.LogFilename = nullptr;
  // Keyboard navigation would take the arrows, space and Esc, which belong to the playhead.
  io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  ImGui_ImplOpenGL3_Init("#version 330 core");
  spans_ = std::make_unique<SpanBatch>();
}

Ui::~Ui() {
  ImGui::SetCurrentContext(context_);
  spans_.reset();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext(context_);
}

void Ui::bake(float em) {
  int largest = 0;
  glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest);
  const bool chinese = language_ == Language::chinese && !chinese_->face.bytes.empty();
  if (compat::atlas_by_hand) ImGui_ImplOpenGL3_DestroyFontsTexture();
  fonts_ = bake_fonts(*ImGui::GetIO().Fonts, em, chinese ? chinese_.get() : nullptr, largest);
  ImGui::GetIO().FontDefault = fonts_.ui;
  if (compat::atlas_by_hand) ImGui_ImplOpenGL3_CreateFontsTexture();
}

void Ui::begin_frame(float text_size, Language language, std::u32string_view words) {
  ImGui::SetCurrentContext(context_);
  const float em = baked_size(text_size);
  bool stale = fonts_.em != em || language != language_;
  language_ = language;
  if (language == Language::chinese) {
    if (!chinese_) {
      chinese_ = std::make_unique<Chinese>();
      if (auto face = find_chinese_face(font_folders())) chinese_->face = std::move(*face);
      stale |= want(chinese_->wanted, code_points(program_characters()));
    }
    stale |= want(chinese_->wanted, words) && !chinese_->face.bytes.empty();
  }
  if (stale) bake(em);
  spans_->begin_frame();
  places.clear();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
}

void Ui::end_frame() { ImGui::Render(); }

void Ui::draw(int width, int height) {
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace platform
}  // namespace awaitscope
