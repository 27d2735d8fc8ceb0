#pragma once
// What changed between Dear ImGui releases and is called here.  Debian 12 has 1.86; keys moved in 1.87, child windows in
// 1.90, fonts and AddRect's arguments in 1.92.
#include <imgui.h>

#include <cstdint>
#include <utility>

namespace awaitscope::platform::compat {

/// A child window that pads its content.
inline bool begin_child(const char* id, ImVec2 size, bool padded, ImGuiWindowFlags flags = 0) {
#if IMGUI_VERSION_NUM >= 19000
  return ImGui::BeginChild(id, size, padded ? ImGuiChildFlags_AlwaysUseWindowPadding : ImGuiChildFlags_None, flags);
#else
  return ImGui::BeginChild(id, size, false, flags | (padded ? ImGuiWindowFlags_AlwaysUseWindowPadding : 0));
#endif
}

inline void outline(ImDrawList& list, ImVec2 least, ImVec2 most, ImU32 color, float rounding, float thickness) {
#if IMGUI_VERSION_NUM >= 19280
  list.AddRect(least, most, color, rounding, thickness);
#else
  list.AddRect(least, most, color, rounding, 0, thickness);
#endif
}

inline void polyline(ImDrawList& list, const ImVec2* points, int count, ImU32 color, bool closed, float thickness) {
#if IMGUI_VERSION_NUM >= 19280
  list.AddPolyline(points, count, color, thickness, closed ? ImDrawFlags_Closed : 0);
#else
  list.AddPolyline(points, count, color, closed ? ImDrawFlags_Closed : 0, thickness);
#endif
}

#if IMGUI_VERSION_NUM >= 18700
/// GLFW's key codes, which 1.86 takes as they are, as ImGui's named keys.
inline ImGuiKey named(int key) {
  if (key >= 'A' && key <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (key - 'A'));
  if (key >= '0' && key <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (key - '0'));
  if (key >= 290 && key <= 301) return static_cast<ImGuiKey>(ImGuiKey_F1 + (key - 290));
  switch (key) {
    case ' ': return ImGuiKey_Space;
    case '\'': return ImGuiKey_Apostrophe;
    case ',': return ImGuiKey_Comma;
    case '-': return ImGuiKey_Minus;
    case '.': return ImGuiKey_Period;
    case '/': return ImGuiKey_Slash;
    case ';': return ImGuiKey_Semicolon;
    case '=': return ImGuiKey_Equal;
    case '[': return ImGuiKey_LeftBracket;
    case ']': return ImGuiKey_RightBracket;
    case '\\': return ImGuiKey_Backslash;
    case '`': return ImGuiKey_GraveAccent;
    case 256: return ImGuiKey_Escape;
    case 257: return ImGuiKey_Enter;
    case 258: return ImGuiKey_Tab;
    case 259: return ImGuiKey_Backspace;
    case 260: return ImGuiKey_Insert;
    case 261: return ImGuiKey_Delete;
    case 262: return ImGuiKey_RightArrow;
    case 263: return ImGuiKey_LeftArrow;
    case 264: return ImGuiKey_DownArrow;
    case 265: return ImGuiKey_UpArrow;
    case 266: return ImGuiKey_PageUp;
    case 267: return ImGuiKey_PageDown;
    case 268: return ImGuiKey_Home;
    case 269: return ImGuiKey_End;
    case 333: return ImGuiKey_KeypadSubtract;
    case 334: return ImGuiKey_KeypadAdd;
    default: return ImGuiKey_None;
  }
}
#endif

/// `key` is a GLFW code.
inline bool key_pressed(int key, bool repeat) {
#if IMGUI_VERSION_NUM >= 18700
  return named(key) != ImGuiKey_None && ImGui::IsKeyPressed(named(key), repeat);
#else
  return ImGui::IsKeyPressed(key, repeat);
#endif
}

/// Tells ImGui which of its keys is which of GLFW's, where no window's backend does.
inline void name_keys() {
#if IMGUI_VERSION_NUM < 18700
  ImGuiIO& io = ImGui::GetIO();
  constexpr std::pair<int, int> keys[] = {{ImGuiKey_Tab, 258},     {ImGuiKey_LeftArrow, 263}, {ImGuiKey_RightArrow, 262},
                                          {ImGuiKey_UpArrow, 265}, {ImGuiKey_DownArrow, 264}, {ImGuiKey_Home, 268},
                                          {ImGuiKey_End, 269},     {ImGuiKey_Delete, 261},    {ImGuiKey_Backspace, 259},
                                          {ImGuiKey_Enter, 257},   {ImGuiKey_Escape, 256},    {ImGuiKey_A, 'A'},
                                          {ImGuiKey_C, 'C'},       {ImGuiKey_V, 'V'},         {ImGuiKey_X, 'X'},
                                          {ImGuiKey_Y, 'Y'},       {ImGuiKey_Z, 'Z'}};
  for (const auto& [of_imgui, of_glfw] : keys) io.KeyMap[of_imgui] = of_glfw;
#endif
}

/// For scripts, which have no window to press keys in.
inline void feed_key(int key, bool down) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18700
  io.AddKeyEvent(named(key), down);
#else
  io.KeysDown[key] = down;
#endif
}
inline void feed_modifiers(bool ctrl, bool shift, bool alt) {
  ImGuiIO& io = ImGui::GetIO();
#if IMGUI_VERSION_NUM >= 18900
  io.AddKeyEvent(ImGuiMod_Ctrl, ctrl);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
  io.AddKeyEvent(ImGuiMod_Alt, alt);
#else
  io.KeyCtrl = ctrl;
  io.KeyShift = shift;
  io.KeyAlt = alt;
#endif
}

/// The renderer takes a changed atlas: by hand before 1.92, by itself since.
inline constexpr bool atlas_by_hand = IMGUI_VERSION_NUM < 19200;

}  // namespace awaitscope::platform::compat
