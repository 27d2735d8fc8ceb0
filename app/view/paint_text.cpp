// A picture as lines of characters: for terminals, reports in plain text and golden tests.
#include <cmath>

#include <fmt/format.h>

#include "app/view/pictures.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

struct Cell {
  std::string text = " ";  ///< one character; "" behind a wide one
  Role role = Role::text;
};

/// How a box of a role looks, and its word in the legend; {"", ""} is not drawn.
struct Ink {
  std::string_view mark, word;
};
Ink ink(Role role, Pattern pattern) {
  switch (role) {
    case Role::created: return {"∙", "not started"};
    case Role::ready: return {"░", "ready"};
    case Role::running: return {"█", "running"};
    case Role::busy: return {"█", "running"};
    case Role::waiting: return {"·", "waiting"};
    case Role::waiting_sleep: return {"─", "sleep"};
    case Role::waiting_request: return {"━", "request"};
    case Role::waiting_semaphore: return {"≈", "waits its turn"};
    case Role::cancelling: return pattern == Pattern::half ? Ink{"╱", "cleaning up"} : Ink{"╳", "asked to stop"};
    case Role::failed: return {"x", "failed"};
    case Role::cancelled: return {"⊘", "cancelled"};
    case Role::idle: return {"·", "waiting"};
    case Role::tick: return {"┆", ""};
    case Role::stall: return {"▓", "stall"};
    case Role::stall_band: return {"▒", "loop held"};
    case Role::counter: return {"█", ""};
    case Role::counter_waiters: return {"░", ""};
    case Role::error: return {"▚", "over capacity"};
    case Role::density: return {"▪", ""};
    default: return {"", ""};
  }
}

std::string_view glyph(Glyph g) {
  switch (g) {
    case Glyph::cross: return "✗";
    case Glyph::cancelled: return "⊘";
    case Glyph::done: return "■";
    case Glyph::warning: return "▲";
    case Glyph::play: return "▶";
    case Glyph::pause: return "‖";
    case Glyph::flag: return "⚑";
    case Glyph::dot: return "•";
    case Glyph::arrow_down: return "▼";
    case Glyph::swallowed: return "⊗";
    case Glyph::closed: return "▸";
    case Glyph::opened: return "▾";
    case Glyph::pin: return "⊤";
  }
  return "?";
}

class Grid {
 public:
  explicit Grid(const Rect& canvas)
      : x_(canvas.x),
        y_(canvas.y),
        w_(std::clamp(static_cast<int>(canvas.w), 0, 2000)),
        h_(std::clamp(static_cast<int>(canvas.h), 0, 20000)) {
    cells_.resize(static_cast<std::size_t>(w_) * static_cast<std::size_t>(h_));
  }
  int column(float x) const { return static_cast<int>(std::floor(x - x_ + 0.01f)); }
  int row(float y) const { return static_cast<int>(std::floor(y - y_ + 0.01f)); }
  Cell* at(int x, int y) {
    return x >= 0 && y >= 0 && x < w_ && y < h_ ? &cells_[static_cast<std::size_t>(y * w_ + x)] : nullptr;
  }
  void put(int x, int y, std::string_view mark, Role role) {
    if (Cell* cell = at(x, y)) *cell = {std::string(mark), role};
  }
  int width() const { return w_; }
  int height() const { return h_; }

  void paint(const Box& box) {
    const Ink with = ink(box.role, box.pattern);
    if (with.mark.empty()) return;
    if (!with.word.empty() && std::find(legend_.begin(), legend_.end(), std::pair{with.mark, with.word}) == legend_.end())
      legend_.push_back({with.mark, with.word});
    const int x0 = column(box.rect.x), x1 = std::max(x0 + 1, static_cast<int>(std::lround(box.rect.right() - x_)));
    const float top = box.rect.y - y_, bottom = box.rect.bottom() - y_;
    for (int y = static_cast<int>(std::floor(top + 0.01f)); static_cast<float>(y) < bottom - 0.01f; ++y) {
      const float part = std::min(bottom, static_cast<float>(y + 1)) - std::max(top, static_cast<float>(y));
      std::string_view mark = with.mark;
      if (part < 0.95f) {  // only levels have fractions: they get eighths, or nothing below a half
        static constexpr std::string_view eighths[] = {"▁", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
        const bool stands = bottom >= static_cast<float>(y + 1) - 0.01f;
        if (box.role == Role::counter && stands) mark = eighths[std::clamp(static_cast<int>(std::lround(part * 8)), 0, 8)];
        else if (part < 0.3f) continue;
      }
      for (int x = x0; x < x1; ++x) {
        // A held loop shows on every lane, but not over the bar that holds it.
        if (Cell* cell = at(x, y); cell && !(box.role == Role::stall_band && cell->role == Role::stall))
          *cell = {std::string(mark), box.role};
      }
    }
  }

  void paint(const Line& line) {
    if (line.points.size() < 2 || (line.role != Role::flow_cancel && line.role != Role::playhead)) return;
    const Point a = line.points.front(), b = line.points.back();
    const int x = column(b.x), y0 = row(std::min(a.y, b.y)), y1 = row(std::max(a.y, b.y));
    for (int y = y0; y <= y1; ++y) {
      Cell* cell = at(x, y);
      if (!cell || (line.role == Role::playhead && cell->text != " ")) continue;
      *cell = {line.arrow && y == row(b.y) ? (b.y >= a.y ? "▼" : "▲") : "│", line.role};
    }
  }

  void paint(const Label& label) {
    const std::string text = printable(label.text);
    int x = column(label.rect.x);
    const int y = row(label.rect.y), end = static_cast<int>(std::lround(label.rect.right() - x_));
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t from = at;
      const int wide = columns(next_code_point(text, at));
      if (x + wide > end) break;
      if (wide == 0) {
        if (Cell* before = this->at(x - 1, y)) before->text += text.substr(from, at - from);
        continue;
      }
      put(x, y, text.substr(from, at - from), label.role);
      if (wide == 2) put(x + 1, y, "", label.role);
      x += wide;
    }
  }

  std::string text(bool color) const {
    std::string out;
    for (int y = 0; y < h_; ++y) {
      int last = w_;
      const auto cell = [&](int x) -> const Cell& { return cells_[static_cast<std::size_t>(y * w_ + x)]; };
      while (last > 0 && cell(last - 1).text == " ") --last;
      Role now = Role::text;
      for (int x = 0; x < last; ++x) {
        const Cell& c = cell(x);
        if (color && c.text != " " && c.role != now) {
          now = c.role;
          out += now == Role::text ? "\x1b[0m" : ansi(now);
        }
        out += c.text;
      }
      if (color && now != Role::text) out += "\x1b[0m";
      out += '\n';
    }
    // A picture that did not need all its lines ends where it ends.
    while (out.size() > 1 && out[out.size() - 1] == '\n' && out[out.size() - 2] == '\n') out.pop_back();
    return out + legend(color);
  }

 private:
  static std::string ansi(Role role) {
    const Color c = awaitscope::view::color(role, Theme::dark);
    return fmt::format("\x1b[38;2;{};{};{}m", c.r, c.g, c.b);
  }
  std::string legend(bool color) const {
    std::string out, line;
    for (const auto& [mark, word] : legend_) {
      const std::string entry = fmt::format("{} {}", mark, word);
      if (!line.empty() && columns(line) + 3 + columns(entry) > static_cast<std::size_t>(w_)) {
        out += line + "\n";
        line.clear();
      }
      line += (line.empty() ? "" : "   ") + entry;
    }
    if (!line.empty()) out += line + "\n";
    return color && !out.empty() ? "\x1b[2m" + out + "\x1b[0m" : out;
  }

  float x_, y_;
  int w_, h_;
  std::vector<Cell> cells_;
  std::vector<std::pair<std::string_view, std::string_view>> legend_;
};

}  // namespace

std::string paint_text(const DrawList& picture, bool color) {
  Grid grid(picture.canvas);
  for (const Box& box : picture.boxes)
    if (box.role != Role::stall_band) grid.paint(box);
  for (const Box& box : picture.boxes)
    if (box.role == Role::stall_band) grid.paint(box);
  for (const Line& line : picture.lines) grid.paint(line);
  for (const Icon& icon : picture.icons)
    grid.put(grid.column(icon.rect.x), grid.row(icon.rect.y), glyph(icon.glyph), icon.role);
  for (const Label& label : picture.labels) grid.paint(label);
  return grid.text(color);
}

}  // namespace awaitscope::view
