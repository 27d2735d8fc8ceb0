#include "app/platform/fonts.h"

#include <cmath>

#ifdef AWAITSCOPE_FREETYPE
#include <imgui_freetype.h>
#endif

namespace awaitscope::platform {

// The embedded files; each exists only where CMake found the font.
std::string_view font_ui();
std::string_view font_bold();
std::string_view font_mono();

namespace {

// Task names and sources are mostly ASCII; the rest is what our own texts and common identifiers need.
const ImWchar latin[] = {0x20, 0x17f, 0x391, 0x3c9, 0x2010, 0x203a, 0x20ac, 0x20ac, 0};
const ImWchar symbols[] = {0x2070, 0x2089, 0x2190, 0x21ff, 0x2200, 0x22ff, 0x2300, 0x23ff, 0x2500, 0x25ff,
                           0x2600, 0x2713, 0x2717, 0x2718, 0x27e8, 0x27e9, 0xfffd, 0xfffd, 0};

// What an em takes of the line: ImGui's size of a font is its ascent plus its descent.
constexpr float inter_line = 1.21F, mono_line = 1.32F;

ImFont* add(ImFontAtlas& atlas, std::string_view file, float pixels, const ImWchar* ranges, bool merge) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;  // the bytes are part of the program
  config.MergeMode = merge;
  config.OversampleH = 2;
  config.PixelSnapH = true;
  // ImGui asks for a pointer to non-const and only reads it.
  return atlas.AddFontFromMemoryTTF(const_cast<char*>(file.data()), static_cast<int>(file.size()), std::round(pixels), &config,
                                    ranges);
}

[[maybe_unused]] ImFont* add_default(ImFontAtlas& atlas, float pixels) {
  ImFontConfig config;
  config.SizePixels = std::round(pixels);
  return atlas.AddFontDefault(&config);
}

[[maybe_unused]] ImFont* add_mono(ImFontAtlas& atlas, float em) {
#ifdef AWAITSCOPE_FONT_MONO
  ImFont* font = add(atlas, font_mono(), em * mono_line, latin, false);
  add(atlas, font_mono(), em * mono_line, symbols, true);
  return font;
#else
  return add_default(atlas, em);
#endif
}

/// A face of Inter with the arrows and marks it lacks from the mono font.
ImFont* add_ui(ImFontAtlas& atlas, [[maybe_unused]] bool bold, float em) {
#if defined(AWAITSCOPE_FONT_UI) && defined(AWAITSCOPE_FONT_BOLD)
  const std::string_view file = bold ? font_bold() : font_ui();
  ImFont* font = add(atlas, file, em * inter_line, latin, false);
  add(atlas, file, em * inter_line, symbols, true);
#ifdef AWAITSCOPE_FONT_MONO
  add(atlas, font_mono(), em * inter_line, symbols, true);
#endif
  return font;
#else
  return add_default(atlas, em);
#endif
}

}  // namespace

Fonts bake_fonts(ImFontAtlas& atlas, float em) {
  em = std::round(std::clamp(em, 8.0F, 96.0F));
  atlas.Clear();
#if defined(AWAITSCOPE_FREETYPE) && IMGUI_VERSION_NUM < 19200
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
#endif
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  Fonts fonts;
  fonts.em = em;
  fonts.ui = add_ui(atlas, false, em);
  fonts.small = add_ui(atlas, false, em * 0.85F);
  fonts.bold = add_ui(atlas, true, em);
  fonts.title = add_ui(atlas, true, em * 1.3F);
  fonts.mono = add_mono(atlas, em * 0.94F);  // its letters are wider and look larger than Inter's
  atlas.Build();
  return fonts;
}

Fonts::Choice Fonts::pick(view::Font font, float scale) const {
  const bool as_baked = scale > 0.98F && scale < 1.02F;
  if (font == view::Font::mono) return {mono, mono->FontSize * (as_baked ? 1 : scale)};
  if (font == view::Font::bold) {
    if (as_baked) return {bold, bold->FontSize};
    if (scale > 1.15F) return {title, std::abs(scale - 1.3F) < 0.06F ? title->FontSize : ui->FontSize * scale};
    return {bold, bold->FontSize * scale};
  }
  if (as_baked) return {ui, ui->FontSize};
  if (scale < 1) return {small, scale > 0.8F && scale < 0.93F ? small->FontSize : ui->FontSize * scale};
  return {ui, ui->FontSize * scale};
}

}  // namespace awaitscope::platform
