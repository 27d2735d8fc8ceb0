// A picture as one self-contained SVG: no scripts, no fonts, no links.  All text is escaped.
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "app/view/pictures.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

constexpr float svg_leading = 1.4f;  // line height of a font size
constexpr float mono_share = 0.94f;  // letters of code are wider and look larger

/// Widths of DejaVu Sans in ems; other sans fonts are narrower.
float em_width(char32_t c) {
  if (c >= 0x80) return c == U'…' ? 1.0f : c == U'·' ? 0.32f : static_cast<float>(columns(c)) * 0.84f;
  if (c >= '0' && c <= '9') return 0.636f;
  const char byte = static_cast<char>(c);
  if (std::string_view("ijlI'|").find(byte) != std::string_view::npos) return 0.29f;
  if (std::string_view(".,:; ").find(byte) != std::string_view::npos) return 0.33f;
  if (std::string_view("ftr()[]-/\\!\"").find(byte) != std::string_view::npos) return 0.41f;
  if (std::string_view("mMW@%").find(byte) != std::string_view::npos) return 0.98f;
  if (c == 'w' || c == '_' || (c >= 'A' && c <= 'Z') || c == '+' || c == '=' || c == '<' || c == '>')
    return c == '_' ? 0.5f : c == 'w' || c > 'Z' || c < 'A' ? 0.83f : 0.74f;
  return 0.63f;
}

float svg_width(std::string_view text, const void* size) {
  float ems = 0;
  for (std::size_t at = 0; at < text.size();) ems += em_width(next_code_point(text, at));
  return ems * *static_cast<const float*>(size);
}

class Svg {
 public:
  Svg(const DrawList& picture, Theme theme, const FontMetrics& metrics, const SvgExtras& extras)
      : picture_(picture), theme_(theme), metrics_(metrics), extras_(extras) {
    // A font size at which common sans fonts are about char_width wide on average.
    size_ =
        metrics.measure ? metrics.line_height / svg_leading : std::min(metrics.line_height * 0.72f, metrics.char_width / 0.56f);
  }

  std::string paint() {
    const Rect& c = picture_.canvas;
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"{2} {3} {0} {1}\" "
        "font-family=\"'DejaVu Sans', 'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"{4}\">\n",
        number(c.w), number(c.h), number(c.x), number(c.y), number(size_));
    patterns();
    out_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {}/>\n", number(c.x), number(c.y), number(c.w),
                        number(c.h), fill(Role::background));
    for (const Box& box : picture_.boxes) grouped('b', box.hit, box.rect, box);
    for (const Line& line : picture_.lines) grouped('l', {}, {}, line);
    for (const Icon& icon : picture_.icons) grouped('i', icon.hit, icon.rect, icon);
    for (const Label& label : picture_.labels) paint(label);
    return out_ + "</svg>\n";
  }

 private:
  /// A shape, in a group where it has a title or a script looks for it.
  template <class Shape>
  void grouped(char group, const Hit& hit, const Rect& rect, const Shape& shape) {
    const bool hits = hit.kind != Hit::Kind::none;
    const std::string title = hits && extras_.title ? extras_.title(hit, rect) : "";
    const bool wrapped = !title.empty() || (extras_.groups && (hits || group != 'b'));
    if (!wrapped) return paint(shape);
    out_ += extras_.groups ? fmt::format("<g class=\"{}\">", group) : "<g>";
    if (!title.empty()) out_ += "<title>" + escaped(title) + "</title>";
    paint(shape);
    out_ += "</g>";
  }

  static std::string number(float v) {
    if (!std::isfinite(v)) return "0";
    std::string text = fmt::format("{:.2f}", v);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text == "-0" ? "0" : text;
  }
  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
      }
    return out;
  }
  std::string hex(Role role) const {
    const Color c = color(role, theme_);
    return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b);
  }
  std::string fill(Role role) const {
    const Color c = color(role, theme_);
    return c.a == 255 ? fmt::format("fill=\"{}\"", hex(role))
                      : fmt::format("fill=\"{}\" fill-opacity=\"{:.2f}\"", hex(role), c.a / 255.0);
  }
  std::string id(Role role, Pattern pattern) const {
    return fmt::format("{}p{}-{}", extras_.prefix, static_cast<int>(pattern), name(role));
  }
  static bool tiled(Pattern p) { return p == Pattern::hatch || p == Pattern::cross_hatch || p == Pattern::dots; }

  /// One tile for each pattern in each role that the picture uses.
  void patterns() {
    std::set<std::pair<Role, Pattern>> used;
    for (const Box& box : picture_.boxes)
      if (tiled(box.pattern)) used.insert({box.role, box.pattern});
    if (used.empty()) return;
    out_ += "<defs>\n";
    const float s = std::max(5.0f, std::round(metrics_.line_height * 0.36f));
    for (const auto& [role, pattern] : used) {
      const float back = pattern == Pattern::cross_hatch ? 0.45f : pattern == Pattern::hatch ? 0.3f : 0.28f;
      out_ += fmt::format(
          "<pattern id=\"{}\" width=\"{}\" height=\"{}\" patternUnits=\"userSpaceOnUse\"{}><rect width=\"{}\" height=\"{}\" "
          "fill=\"{}\" fill-opacity=\"{}\"/>",
          id(role, pattern), number(s), number(s), pattern == Pattern::dots ? "" : " patternTransform=\"rotate(45)\"",
          number(s), number(s), hex(role), number(back));
      if (pattern == Pattern::dots) {
        out_ +=
            fmt::format("<circle cx=\"{0}\" cy=\"{0}\" r=\"{1}\" fill=\"{2}\"/>", number(s / 2), number(s * 0.17f), hex(role));
      } else {
        out_ += fmt::format("<rect width=\"{}\" height=\"{}\" fill=\"{}\"/>", number(s * 0.32f), number(s), hex(role));
        if (pattern == Pattern::cross_hatch)
          out_ += fmt::format("<rect width=\"{}\" height=\"{}\" fill=\"{}\"/>", number(s), number(s * 0.32f), hex(role));
      }
      out_ += "</pattern>\n";
    }
    out_ += "</defs>\n";
  }

  void rect(const Rect& r, float rounding, const std::string& paint) {
    out_ +=
        fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", number(r.x), number(r.y), number(r.w), number(r.h));
    if (rounding > 0) out_ += fmt::format(" rx=\"{}\"", number(std::min(rounding, std::min(r.w, r.h) / 2)));
    out_ += " " + paint + "/>\n";
  }

  void paint(const Box& box) {
    // Narrow columns of a density picture are parts of one shape: edges would make a fence of them.
    const std::string edge = box.rect.w < 14 ? "" : fmt::format("stroke=\"{}\" stroke-width=\"1\"", hex(box.role));
    const Rect inner = edge.empty() ? box.rect
                                    : Rect{box.rect.x + 0.5f, box.rect.y + 0.5f, std::max(0.5f, box.rect.w - 1),
                                           std::max(0.5f, box.rect.h - 1)};
    switch (box.pattern) {
      case Pattern::solid: rect(box.rect, box.rounding, fill(box.role)); break;
      case Pattern::outline:
        rect(inner, box.rounding, fmt::format("fill=\"{}\" fill-opacity=\"0.1\" {}", hex(box.role), edge));
        break;
      case Pattern::half: {
        rect(inner, box.rounding, fmt::format("fill=\"{}\" fill-opacity=\"0.22\" {}", hex(box.role), edge));
        Rect low = box.rect;
        low.y += low.h * 0.72f;
        low.h *= 0.28f;
        rect(low, 0, fill(box.role));
        break;
      }
      default: rect(inner, box.rounding, fmt::format("fill=\"url(#{})\" {}", id(box.role, box.pattern), edge));
    }
  }

  void paint(const Line& line) {
    if (line.points.size() < 2) return;
    std::string points;
    for (const Point& p : line.points) points += fmt::format("{}{},{}", points.empty() ? "" : " ", number(p.x), number(p.y));
    out_ += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{}/>\n", points, hex(line.role),
                        number(line.width), line.dashed ? " stroke-dasharray=\"6 4\"" : "");
    if (!line.arrow) return;
    const Point to = line.points.back(), from = line.points[line.points.size() - 2];
    const float dx = to.x - from.x, dy = to.y - from.y, length = std::hypot(dx, dy);
    if (length < 0.5f) return;
    const float ux = dx / length, uy = dy / length, head = 4 + line.width * 2.2f, half = head * 0.5f;
    const Point base{to.x - ux * head, to.y - uy * head};
    // The head ends at the point, drawn over the line's end.
    polygon({{to.x + ux * 1.5f, to.y + uy * 1.5f},
             {base.x - uy * half, base.y + ux * half},
             {base.x + uy * half, base.y - ux * half}},
            line.role);
  }

  void polygon(const std::vector<Point>& points, Role role) {
    std::string list;
    for (const Point& p : points) list += fmt::format("{}{},{}", list.empty() ? "" : " ", number(p.x), number(p.y));
    out_ += fmt::format("<polygon points=\"{}\" {}/>\n", list, fill(role));
  }
  void stroke(Point a, Point b, Role role, float width) {
    out_ += fmt::format(
        "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{}\" stroke-width=\"{}\" stroke-linecap=\"round\"/>\n",
        number(a.x), number(a.y), number(b.x), number(b.y), hex(role), number(width));
  }
  void circle(Point c, float r, const std::string& paint) {
    out_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {}/>\n", number(c.x), number(c.y), number(r), paint);
  }

  void paint(const Icon& icon) {
    const Rect& r = icon.rect;
    const Point c{r.x + r.w / 2, r.y + r.h / 2};
    const float s = std::min(r.w, r.h) / 2, w = std::max(1.2f, s * 0.34f);
    const std::string ring =
        fmt::format("fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\"", hex(Role::background), hex(icon.role), number(w * 0.8f));
    switch (icon.glyph) {
      case Glyph::cross:
        stroke({c.x - s * 0.75f, c.y - s * 0.75f}, {c.x + s * 0.75f, c.y + s * 0.75f}, icon.role, w);
        stroke({c.x - s * 0.75f, c.y + s * 0.75f}, {c.x + s * 0.75f, c.y - s * 0.75f}, icon.role, w);
        break;
      case Glyph::cancelled:
        circle(c, s * 0.8f, ring);
        stroke({c.x - s * 0.5f, c.y + s * 0.5f}, {c.x + s * 0.5f, c.y - s * 0.5f}, icon.role, w * 0.8f);
        break;
      case Glyph::done: rect({c.x - s * 0.8f, c.y - s * 0.8f, s * 1.6f, s * 1.6f}, 0, fill(icon.role)); break;
      case Glyph::warning:
        polygon({{c.x, c.y - s}, {c.x + s, c.y + s * 0.85f}, {c.x - s, c.y + s * 0.85f}}, icon.role);
        stroke({c.x, c.y - s * 0.35f}, {c.x, c.y + s * 0.2f}, Role::background, w * 0.6f);
        stroke({c.x, c.y + s * 0.55f}, {c.x, c.y + s * 0.56f}, Role::background, w * 0.6f);
        break;
      case Glyph::play:
        polygon({{c.x - s * 0.6f, c.y - s * 0.8f}, {c.x + s * 0.8f, c.y}, {c.x - s * 0.6f, c.y + s * 0.8f}}, icon.role);
        break;
      case Glyph::pause:
        rect({c.x - s * 0.6f, c.y - s * 0.7f, s * 0.4f, s * 1.4f}, 0, fill(icon.role));
        rect({c.x + s * 0.2f, c.y - s * 0.7f, s * 0.4f, s * 1.4f}, 0, fill(icon.role));
        break;
      case Glyph::flag:
        stroke({c.x - s * 0.6f, c.y - s * 0.9f}, {c.x - s * 0.6f, c.y + s * 0.9f}, icon.role, w * 0.6f);
        polygon({{c.x - s * 0.6f, c.y - s * 0.9f}, {c.x + s * 0.8f, c.y - s * 0.45f}, {c.x - s * 0.6f, c.y}}, icon.role);
        break;
      case Glyph::dot: circle(c, s * 0.6f, fill(icon.role)); break;
      case Glyph::arrow_down:
        polygon({{c.x - s * 0.7f, c.y - s * 0.5f}, {c.x + s * 0.7f, c.y - s * 0.5f}, {c.x, c.y + s * 0.8f}}, icon.role);
        break;
      case Glyph::closed:
        polygon({{c.x - s * 0.4f, c.y - s * 0.6f}, {c.x + s * 0.6f, c.y}, {c.x - s * 0.4f, c.y + s * 0.6f}}, icon.role);
        break;
      case Glyph::opened:
        polygon({{c.x - s * 0.6f, c.y - s * 0.4f}, {c.x + s * 0.6f, c.y - s * 0.4f}, {c.x, c.y + s * 0.6f}}, icon.role);
        break;
      case Glyph::pin:
        rect({c.x - s * 0.5f, c.y - s * 0.9f, s, s * 1.1f}, 0, fill(icon.role));
        stroke({c.x, c.y}, {c.x, c.y + s * 0.95f}, icon.role, w * 0.6f);
        break;
      case Glyph::swallowed:  // a cancel, struck out
        circle(c, s * 0.85f, ring);
        stroke({c.x - s * 0.42f, c.y - s * 0.42f}, {c.x + s * 0.42f, c.y + s * 0.42f}, icon.role, w * 0.8f);
        stroke({c.x - s * 0.42f, c.y + s * 0.42f}, {c.x + s * 0.42f, c.y - s * 0.42f}, icon.role, w * 0.8f);
        break;
    }
  }

  void paint(const Label& label) {
    const Rect& r = label.rect;
    const float size = size_ * label.scale * (label.font == Font::mono ? mono_share : 1);
    const float x = label.align == Align::left ? 0 : label.align == Align::right ? r.w : r.w / 2;
    // An inner svg clips: a font wider than expected cannot run into its neighbour.
    out_ += fmt::format("<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><text x=\"{}\" y=\"{}\" {}", number(r.x),
                        number(r.y), number(r.w + 2), number(r.h), number(x), number(r.h / 2 + size * 0.35f), fill(label.role));
    if (label.align != Align::left) out_ += label.align == Align::right ? " text-anchor=\"end\"" : " text-anchor=\"middle\"";
    if (label.font == Font::bold) out_ += " font-weight=\"bold\"";
    if (label.font == Font::mono)
      out_ += " font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" xml:space=\"preserve\"";
    if (size != size_) out_ += fmt::format(" font-size=\"{}\"", number(size));
    out_ += ">" + escaped(label.text) + "</text></svg>\n";
  }

  const DrawList& picture_;
  Theme theme_;
  const FontMetrics& metrics_;
  const SvgExtras& extras_;
  float size_ = 14;
  std::string out_;
};

}  // namespace

FontMetrics svg_metrics(float font_size) {
  // The context outlives every metrics: a size for each pixel.
  static constexpr auto sizes = [] {
    std::array<float, 129> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<float>(i);
    return out;
  }();
  const float& size = sizes[static_cast<std::size_t>(std::clamp(std::round(font_size), 4.0f, 128.0f))];
  return {size * svg_leading, size * 0.58f, false, svg_width, &size};
}

std::string paint_svg(const DrawList& picture, Theme theme, const FontMetrics& metrics, const SvgExtras& extras) {
  return Svg(picture, theme, metrics, extras).paint();
}

}  // namespace awaitscope::view
