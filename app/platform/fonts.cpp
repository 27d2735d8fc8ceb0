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

/// How much Chinese: what our own words need, or also the common characters that a trace may use.
enum class Extent : std::uint8_t { none, needed, common };

Extent less(Extent extent) { return extent == Extent::common ? Extent::needed : Extent::none; }
/// Common characters take room by the square of the text's size.
Extent extent_for(float em, int largest) { return em <= 24 && largest >= 2048 ? Extent::common : Extent::needed; }

void read_ranges(Chinese& chinese, ImFontAtlas& atlas) {
  ImFontGlyphRangesBuilder builder;
  for (const char32_t c : chinese.wanted)
    if (c <= IM_UNICODE_CODEPOINT_MAX) builder.AddChar(static_cast<ImWchar>(c));
  chinese.needed.clear();
  builder.BuildRanges(&chinese.needed);
  builder.AddRanges(atlas.GetGlyphRangesChineseSimplifiedCommon());
  chinese.common.clear();
  builder.BuildRanges(&chinese.common);
}

/// Adds Chinese to the last font, its characters an em wide.  The face has one weight: bold is drawn thicker.
void add_chinese(ImFontAtlas& atlas, const Chinese& chinese, const ImVector<ImWchar>& ranges, float em,
                 [[maybe_unused]] bool bold) {
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.MergeMode = true;
  config.PixelSnapH = true;
  config.OversampleH = 1;
  config.FontNo = chinese.face.index;
#if defined(AWAITSCOPE_FREETYPE) && IMGUI_VERSION_NUM < 19200
  // Hinting would take longer than all else and shows nothing.
  config.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_NoHinting | (bold ? ImGuiFreeTypeBuilderFlags_Bold : 0);
#endif
  atlas.AddFontFromMemoryTTF(const_cast<char*>(chinese.face.bytes.data()), static_cast<int>(chinese.face.bytes.size()),
                             std::round(em * chinese.face.line), &config, ranges.Data);
}

int height_of(const ImFontAtlas& atlas) {
#if IMGUI_VERSION_NUM < 19200
  return atlas.TexHeight;
#else
  return atlas.TexData ? atlas.TexData->Height : 0;
#endif
}

Fonts bake(ImFontAtlas& atlas, float em, const Chinese* chinese, Extent extent) {
  atlas.Clear();
#if defined(AWAITSCOPE_FREETYPE) && IMGUI_VERSION_NUM < 19200
  atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
  atlas.FontBuilderFlags = ImGuiFreeTypeBuilderFlags_LightHinting;
#endif
  atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
  // Titles and code are our own words, whatever a trace holds.
  const auto with_chinese = [&](ImFont* font, float size, bool bold, bool ours) {
    if (extent != Extent::none)
      add_chinese(atlas, *chinese, ours || extent == Extent::needed ? chinese->needed : chinese->common, size, bold);
    return font;
  };
  const float small = em * 0.85F, title = em * 1.3F, mono = em * 0.94F;  // mono letters are wider and look larger than Inter's
  Fonts fonts;
  fonts.em = em;
  fonts.chinese = extent != Extent::none;
  fonts.ui = with_chinese(add_ui(atlas, false, em), em, false, false);
  fonts.small = with_chinese(add_ui(atlas, false, small), small, false, false);
  fonts.bold = with_chinese(add_ui(atlas, true, em), em, true, false);
  fonts.title = with_chinese(add_ui(atlas, true, title), title, true, true);
  fonts.mono = with_chinese(add_mono(atlas, mono), mono, false, true);
  atlas.Build();
  return fonts;
}

}  // namespace

float baked_size(float text_size) { return std::round(std::clamp(text_size, 8.0F, 96.0F)); }

Fonts bake_fonts(ImFontAtlas& atlas, float em, Chinese* chinese, int largest) {
  if (chinese) read_ranges(*chinese, atlas);
  for (Extent extent = chinese ? extent_for(em, largest) : Extent::none;; extent = less(extent)) {
    const Fonts fonts = bake(atlas, em, chinese, extent);
    if (extent == Extent::none || height_of(atlas) <= largest) return fonts;
  }
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
