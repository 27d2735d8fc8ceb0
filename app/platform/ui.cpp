#include "app/platform/ui.h"

#include <glad/gl.h>
#include <imgui.h>
#include <imgui_impl_opengl3.h>

#include <cmath>

#include "app/platform/compat.h"

namespace awaitscope::platform {

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

void Ui::begin_frame(float text_size) {
  ImGui::SetCurrentContext(context_);
  if (fonts_.em != std::round(text_size)) {
    if (compat::atlas_by_hand) ImGui_ImplOpenGL3_DestroyFontsTexture();
    fonts_ = bake_fonts(*ImGui::GetIO().Fonts, text_size);
    ImGui::GetIO().FontDefault = fonts_.ui;
    if (compat::atlas_by_hand) ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  spans_->begin_frame();
  places.clear();
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
}

void Ui::end_frame(int width, int height) {
  ImGui::Render();
  glViewport(0, 0, width, height);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(0, 0, 0, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace awaitscope::platform
