#include "app/view/room_picture.h"

#include <cmath>

#include <fmt/format.h>

#include "app/view/break_lines.h"
#include "app/view/highlight.h"
#include "app/view/text.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::view {
namespace {

constexpr float wide_from = 36;         // line heights: from here on code and lanes stand side by side
constexpr float sentence_large = 1.3f;  // of the text, where there is room
constexpr float bold_share = 1.14f;     // of a text's width, where what measures is not the bold face itself
constexpr std::size_t gutter = 4;       // columns of the line's number
constexpr std::size_t most_dots = 12;

float gap_of(const FontMetrics& m) { return std::round(m.line_height * 0.3f); }
float pad_of(const FontMetrics& m) { return std::round(m.line_height * 0.42f); }

/// The largest text that a sentence of this picture's width can have.
float sentence_scale(float width, const FontMetrics& m) { return width > wide_from * m.line_height ? sentence_large : 1; }
float dots_width(std::size_t stops, const FontMetrics& m) {
  return stops && stops <= most_dots ? static_cast<float>(stops) * m.line_height * 0.55f + pad_of(m) : 0;
}

std::vector<std::string> sentence_lines(const std::string& text, float width, std::size_t stops, const FontMetrics& m) {
  const float room = width - 3 * pad_of(m) - dots_width(stops, m);
  const std::string whole = printable(text);
  const auto lines = lines_of(whole, std::max(room / bold_share, m.char_width * 8) / sentence_scale(width, m),
                              [&](std::string_view part) { return m.width(part); });
  return {lines.begin(), lines.end()};
}

/// From the longest sentence of the lesson, so that nothing moves from stop to stop.
float narration_height(const Session& session, float width, const FontMetrics& m) {
  std::size_t most = 1;
  for (const auto& side : session.sides)
    for (const Stop& stop : side->stops)
      most = std::max(most, sentence_lines(stop.say.in(session.language), width, side->stops.size(), m).size());
  most = std::max(most, sentence_lines(narration(session).text, width, narration(session).of, m).size());
  return std::round(static_cast<float>(std::min<std::size_t>(most, 4)) * m.line_height * sentence_scale(width, m) +
                    2 * pad_of(m));
}

struct CodeSize {
  std::size_t columns = 0, lines = 0;
};
/// Of the longest version, so that bad and fixed stand in the same place.
CodeSize code_size(const Session& session) {
  CodeSize out;
  const SourceFile* shown = session.sides.empty() ? nullptr : shown_source(session);
  if (!shown) return out;
  for (const auto& side : session.sides) {
    const auto lines = version_lines(shown->text, side->version());
    out.lines = std::max(out.lines, lines.size());
    for (const SourceLine& line : lines) out.columns = std::max(out.columns, columns(line.text));
  }
  return {std::clamp<std::size_t>(out.columns, 28, room_columns), std::min(out.lines, room_lines)};
}

void label(DrawList& out, Rect rect, std::string text, Role role, Font font = Font::ui, Align align = Align::left,
           float scale = 1) {
  out.labels.push_back({rect, std::move(text), role, font, align, scale});
}

DrawList surface(Rect canvas, const FontMetrics& m) {
  DrawList out;
  out.canvas = canvas;
  out.boxes.push_back({canvas, Role::panel, Pattern::solid, {}, gap_of(m)});
  return out;
}

/// Who is at the line, at its right end; what is left of the row.
float draw_tasks(DrawList& out, const SourceLine& line, Rect row, const FontMetrics& m) {
  if (line.tasks.empty()) return row.right();
  std::string words = elide(line.tasks.front(), m.char_width * 14, m);
  if (line.tasks.size() > 1) words += fmt::format(" +{}", line.tasks.size() - 1);
  const float pad = m.char_width * 0.6f, w = std::min(row.w * 0.5f, m.width(words) * bold_share + 2 * pad);
  const Rect chip{row.right() - w, row.y + m.line_height * 0.08f, w, m.line_height * 0.84f};
  const Role role = line.running ? Role::running : Role::waiting_request;
  out.boxes.push_back({chip, role, Pattern::solid, {}, m.line_height * 0.25f});
  label(out, {chip.x + pad, chip.y, chip.w - 2 * pad, chip.h}, std::move(words), Role::background, Font::bold, Align::center);
  return chip.x - m.char_width;
}

void draw_code_line(DrawList& out, const SourceLine& line, SourceLanguage language, Rect row, float left,
                    const FontMetrics& m) {
  if (!line.tasks.empty()) {
    const Role role = line.running ? Role::running : Role::waiting_request;
    out.boxes.push_back({row, role, Pattern::outline, {}, m.line_height * 0.2f});
    out.boxes.push_back({{row.x, row.y, std::round(m.char_width * 0.5f), row.h}, role, Pattern::solid, {}, 0});
  }
  const float right = draw_tasks(out, line, {row.x, row.y, row.w - m.char_width * 0.3f, row.h}, m);
  float column = 0;
  for (const Piece& piece : highlight(line.text, language)) {
    const float x = left + column * m.char_width;
    const std::size_t wide = columns(piece.text);
    column += static_cast<float>(wide);
    const std::size_t from = piece.text.find_first_not_of(' ');
    if (x >= right - 2 * m.char_width || from == std::string_view::npos) continue;
    const float begin = x + static_cast<float>(from) * m.char_width;
    std::string text(piece.text.substr(from));
    // The room in columns: the font is a grid.
    FontMetrics grid;
    grid.cells = true;
    grid.line_height = grid.char_width = 1;
    const float room = std::floor((right - begin) / m.char_width);
    if (static_cast<float>(columns(text)) > room) text = elide(text, room, grid);
    if (!text.empty()) label(out, {begin, row.y, right - begin + m.char_width, row.h}, std::move(text), piece.role, Font::mono);
  }
}

}  // namespace

RoomLayout lay_out_room(const Session& session, Rect canvas, const FontMetrics& m) {
  const float gap = gap_of(m);
  RoomLayout out;
  float top = canvas.y + gap;
  const float left = canvas.x + gap, width = std::max(1.0f, canvas.w - 2 * gap);
  if (session.room.bar && canvas.h > 10 * m.line_height) {
    out.bar = {left, top, width, std::round(m.line_height * 1.25f)};
    top = out.bar.bottom() + gap;
  }
  const float said = std::min(narration_height(session, width, m), canvas.h * 0.34f);
  out.narration = {left, canvas.bottom() - gap - said, width, said};
  const float height = std::max(1.0f, out.narration.y - gap - top);
  out.lanes = {left, top, width, height};
  const CodeSize code = code_size(session);
  if (code.lines == 0) return out;
  const float lines = static_cast<float>(code.lines) * m.line_height + 2 * pad_of(m);
  if (canvas.w >= wide_from * m.line_height) {
    const float wanted = static_cast<float>(code.columns + gutter + 1) * m.char_width + 2 * pad_of(m);
    out.code = {left, top, std::round(std::min(wanted, width * 0.57f)), height};
    out.lanes = {out.code.right() + gap, top, width - out.code.w - gap, height};
  } else {
    // Whole lines only.
    const float fits = std::floor((height * 0.42f - 2 * pad_of(m)) / m.line_height) * m.line_height + 2 * pad_of(m);
    if (fits < m.line_height + 2 * pad_of(m)) return out;  // the lanes tell more
    out.code = {left, top, width, std::round(std::min(lines, fits))};
    out.lanes = {left, out.code.bottom() + gap, width, std::max(1.0f, height - out.code.h - gap)};
  }
  return out;
}

DrawList code_picture(const Session& session, Rect canvas, const FontMetrics& m) {
  DrawList out = surface(canvas, m);
  const SourceFile* shown = shown_source(session);
  if (!shown || session.sides.empty()) return out;
  const float pad = pad_of(m), room = canvas.h - 2 * pad;
  const auto fits = static_cast<std::size_t>(std::max(1.0f, std::floor(room / m.line_height + 0.01f)));
  const auto lines = room_code(session, std::min(room_lines, fits));
  const bool numbers = canvas.w > static_cast<float>(room_columns) * m.char_width * 0.8f;
  const float x = canvas.x + pad, left = x + (numbers ? static_cast<float>(gutter) : 1.0f) * m.char_width;
  float y = canvas.y + pad;
  for (const SourceLine& line : lines) {
    const Rect row{x, y, canvas.w - 2 * pad, m.line_height};
    if (numbers)
      label(out, {x, y, m.char_width * 3, m.line_height}, std::to_string(line.number), Role::text_dim, Font::mono,
            Align::right);
    draw_code_line(out, line, shown->language, row, left, m);
    y += m.line_height;
  }
  // Which version it is, where there is room for it below.
  if (y + m.line_height <= canvas.bottom() - pad + 0.5f)
    label(out, {x, canvas.bottom() - pad - m.line_height, canvas.w - 2 * pad, m.line_height},
          printable(session.side().label) + " · " + shown->path.substr(shown->path.rfind('/') + 1), Role::text_dim, Font::ui,
          Align::right);
  return out;
}

DrawList narration_picture(const Session& session, Rect canvas, const FontMetrics& m) {
  DrawList out = surface(canvas, m);
  const Narration said = narration(session);
  const float pad = pad_of(m), scale = sentence_scale(canvas.w, m), line = m.line_height * scale;
  out.boxes.push_back({{canvas.x, canvas.y, std::round(pad * 0.4f), canvas.h},
                       said.stop ? Role::accent : Role::border,
                       Pattern::solid,
                       {},
                       std::round(pad * 0.2f)});
  const float dots = dots_width(said.of, m), width = canvas.w - 3 * pad - dots;
  auto lines = sentence_lines(said.text, canvas.w, said.of, m);
  const auto fits = static_cast<std::size_t>(std::max(1.0f, std::floor((canvas.h - pad) / line)));
  if (lines.size() > fits) {
    lines.resize(fits);
    lines.back() += "…";
  }
  float y = canvas.y + (canvas.h - line * static_cast<float>(lines.size())) / 2;
  for (std::string& words : lines) {
    label(out, {canvas.x + 1.5f * pad, y, width, line}, std::move(words), said.stop ? Role::text : Role::text_dim, Font::bold,
          Align::left, scale);
    y += line;
  }
  if (dots == 0) return out;
  const float each = (dots - pad) / static_cast<float>(said.of), middle = canvas.y + canvas.h / 2;
  for (std::size_t i = 0; i < said.of; ++i) {
    const bool reached = i < said.reached;
    const float size = each * (reached ? 0.8f : 0.45f);
    const float x = canvas.right() - pad - dots + pad + (static_cast<float>(i) + 0.5f) * each;
    out.icons.push_back({{x - size / 2, middle - size / 2, size, size}, Glyph::dot, reached ? Role::accent : Role::border, {}});
  }
  return out;
}

DrawList bar_picture(const Session& session, Rect canvas, const FontMetrics& m) {
  DrawList out = surface(canvas, m);
  if (!session.has_runs()) return out;
  const Side& side = session.side();
  const float pad = pad_of(m);
  const std::string end =
      side.stops.empty() ? fmt::format("{} / {}", side.step, side.seen_trace().size())
                         : fmt::format("{} · {} / {}", printable(side.label), narration(session).reached, side.stops.size());
  const float w = std::min(canvas.w * 0.4f, m.width(end) * bold_share);
  label(out, {canvas.right() - pad - w, canvas.y, w, canvas.h}, end, Role::text_dim, Font::ui, Align::right);
  const std::string title = session.lesson.empty() ? printable(side.label) : session.lesson.id + " · " + lesson_title(session);
  const float room = canvas.w - 3 * pad - w;
  label(out, {canvas.x + pad, canvas.y, room, canvas.h}, elide(title, room / bold_share, m), Role::text, Font::bold);
  return out;
}

DrawList room_picture(const Session& session, Rect canvas, const FontMetrics& m) {
  DrawList out;
  out.canvas = canvas;
  out.boxes.push_back({canvas, Role::background, Pattern::solid, {}, 0});
  const RoomLayout at = lay_out_room(session, canvas, m);
  append(out, timeline(session, at.lanes, m));
  if (at.code.h > 0) append(out, code_picture(session, at.code, m));
  if (at.bar.h > 0) append(out, bar_picture(session, at.bar, m));
  append(out, narration_picture(session, at.narration, m));
  return out;
}

}  // namespace awaitscope::view
