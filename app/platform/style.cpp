// ImGui's own widgets in the theme's colours: calm surfaces, one accent, rounded corners, room to breathe.
#include <cmath>

#include "app/platform/paint_imgui.h"

namespace awaitscope::platform {

void apply_style(const Painter& painter) {
  using view::Role;
  const float em = painter.em();
  const auto px = [em](float ems) { return std::round(em * ems); };
  ImGuiStyle style;
  style.WindowPadding = {px(0.8F), px(0.6F)};
  style.FramePadding = {px(0.6F), px(0.34F)};
  style.ItemSpacing = {px(0.5F), px(0.42F)};
  style.ItemInnerSpacing = {px(0.4F), px(0.3F)};
  style.CellPadding = {px(0.4F), px(0.25F)};
  style.ScrollbarSize = px(0.6F);
  style.GrabMinSize = px(0.8F);
  style.WindowRounding = style.ChildRounding = px(0.5F);
  style.FrameRounding = style.TabRounding = style.PopupRounding = px(0.38F);
  style.GrabRounding = style.ScrollbarRounding = px(0.5F);
  style.WindowBorderSize = style.ChildBorderSize = style.FrameBorderSize = style.TabBorderSize = 0;
  style.PopupBorderSize = 1;
  style.DisabledAlpha = 0.4F;
  style.AntiAliasedLinesUseTex = true;
  style.CircleTessellationMaxError = 0.15F;

  const auto set = [&](ImGuiCol_ slot, ImVec4 color) { style.Colors[slot] = color; };
  const ImVec4 none{0, 0, 0, 0};
  const ImVec4 field = painter.mix(Role::panel, Role::text, 0.07F), field_hot = painter.mix(Role::panel, Role::text, 0.13F);
  const ImVec4 pressed = painter.mix(Role::panel, Role::accent, 0.45F);
  set(ImGuiCol_Text, painter.tint(Role::text));
  set(ImGuiCol_TextDisabled, painter.tint(Role::text_dim));
  set(ImGuiCol_WindowBg, painter.tint(Role::background));
  set(ImGuiCol_ChildBg, none);
  set(ImGuiCol_PopupBg, painter.mix(Role::panel, Role::text, 0.03F));
  set(ImGuiCol_Border, painter.tint(Role::border));
  set(ImGuiCol_BorderShadow, none);
  set(ImGuiCol_FrameBg, field);
  set(ImGuiCol_FrameBgHovered, field_hot);
  set(ImGuiCol_FrameBgActive, field_hot);
  set(ImGuiCol_ScrollbarBg, none);
  set(ImGuiCol_ScrollbarGrab, painter.mix(Role::panel, Role::text, 0.18F));
  set(ImGuiCol_ScrollbarGrabHovered, painter.mix(Role::panel, Role::text, 0.28F));
  set(ImGuiCol_ScrollbarGrabActive, painter.mix(Role::panel, Role::text, 0.38F));
  set(ImGuiCol_CheckMark, painter.tint(Role::accent));
  set(ImGuiCol_SliderGrab, painter.tint(Role::accent));
  set(ImGuiCol_SliderGrabActive, painter.tint(Role::accent));
  set(ImGuiCol_Button, field);
  set(ImGuiCol_ButtonHovered, field_hot);
  set(ImGuiCol_ButtonActive, pressed);
  set(ImGuiCol_Header, painter.mix(Role::panel, Role::accent, 0.22F));
  set(ImGuiCol_HeaderHovered, painter.mix(Role::panel, Role::accent, 0.14F));
  set(ImGuiCol_HeaderActive, pressed);
  set(ImGuiCol_Separator, painter.tint(Role::border));
  set(ImGuiCol_Tab, none);
  set(ImGuiCol_TabHovered, field_hot);
  set(ImGuiCol_TabActive, field);
  set(ImGuiCol_TabUnfocused, none);
  set(ImGuiCol_TabUnfocusedActive, field);
  set(ImGuiCol_TextSelectedBg, painter.tint(Role::accent, 0.35F));
  set(ImGuiCol_ModalWindowDimBg, painter.tint(Role::background, 0.75F));
  ImGui::GetStyle() = style;
}

}  // namespace awaitscope::platform
