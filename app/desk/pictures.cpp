#include "app/desk/pictures.h"

#include <algorithm>

#include "app/desk/lessons.h"
#include "app/desk/report.h"
#include "core/findings/lint.h"
#include "core/formats/format.h"

namespace awaitscope::desk {
namespace {

bool ends_with(const std::string& text, std::string_view ending) {
  return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

}  // namespace

view::Session show(std::vector<std::pair<std::string, Trace>> sides) {
  view::Session session;
  session.show = sides.size() > 1 ? view::Show::both : view::Show::one;
  for (auto& [label, trace] : sides) {
    auto side = std::make_unique<view::Side>(label);
    side->trace = std::move(trace);
    session.sides.push_back(std::move(side));
  }
  if (!session.sides.empty()) session.lesson = lesson_of(session.sides.front()->trace.info);
  session.catalogue = catalogue();
  for (auto& side : session.sides) take_in(session, *side);
  return session;
}

std::string terminal_picture(const Trace& trace, int columns, bool color) {
  const History history = history_of(trace);
  view::FontMetrics cells;
  cells.line_height = cells.char_width = 1;
  cells.cells = true;
  view::TimelineOptions options;
  options.metrics = cells;
  options.begin = {0};
  options.end = std::max(view::shown_end(history), Instant{1});
  const float height = std::min(40.f, view::timeline_height(trace, history, cells));
  options.canvas = {0, 0, static_cast<float>(columns), height};
  options.title = trace.info.scenario + (trace.info.variant.empty() ? "" : " · " + trace.info.variant) + " · " +
                  awaitscope::show(Duration{history.end.ns});
  return view::paint_text(view::timeline(trace, history, options), color);
}

std::string svg_picture(const Trace& trace, int width, int height) {
  const History history = history_of(trace);
  const std::vector<Finding> findings = run_lints({trace, history, {}}, all_lints());
  view::FontMetrics metrics;
  view::TimelineOptions options;
  options.metrics = metrics;
  options.begin = {0};
  options.end = std::max(view::shown_end(history), Instant{1});
  const float wanted = view::timeline_height(trace, history, metrics);
  const float least = height ? std::min(wanted, static_cast<float>(height)) : 240.f;
  const float most = height ? static_cast<float>(height) : 1600.f;
  options.canvas = {0, 0, static_cast<float>(width), std::clamp(wanted, least, most)};
  options.findings = &findings;
  options.title = trace.info.scenario + (trace.info.variant.empty() ? "" : " · " + trace.info.variant) + " · " +
                  awaitscope::show(Duration{history.end.ns});
  return view::paint_svg(view::timeline(trace, history, options), view::Theme::light, metrics);
}

std::string endings() {
  std::string out = ".svg .png .html .md";
  for (const Format& format : all_formats())
    if (format.write) out += " " + format.extension;
  return out;
}

namespace {
Result<const Format*> format_for(const std::string& path) {
  const Format* best = nullptr;  // the longest known ending decides
  for (const Format& format : all_formats()) {
    if (format.write && ends_with(path, format.extension) && (!best || format.extension.size() > best->extension.size()))
      best = &format;
  }
  if (best) return best;
  return Error{path + ": no export has this ending; there is " + endings()};
}
}  // namespace

Status check_ending(const std::string& path, const RenderPng& render) {
  for (const char* ending : {".svg", ".html", ".md"})
    if (ends_with(path, ending)) return Done{};
  if (ends_with(path, ".png")) {
    if (!render) return Error{path + ": PNG pictures need the window's renderer, and this program was built without a window"};
    return Done{};
  }
  const auto format = format_for(path);
  return format ? Status(Done{}) : Status(Error{format.error()});
}

Status export_trace(const Trace& trace, const std::string& path, const RenderPng& render) {
  if (const Status possible = check_ending(path, render); !possible) return possible;
  if (ends_with(path, ".svg")) return write_file(path, svg_picture(trace));
  if (ends_with(path, ".png")) {
    std::vector<std::pair<std::string, Trace>> sides;
    sides.emplace_back(trace.info.variant.empty() ? trace.info.scenario : trace.info.variant, trace);
    const auto png = render(show(std::move(sides)), 1920, 1080);
    if (!png) return Error{png.error()};
    return write_file(path, *png);
  }
  if (ends_with(path, ".html") || ends_with(path, ".md")) return write_report(trace, path, {}, render);
  std::string bytes;
  if (const Status written = (*format_for(path))->write(trace, bytes); !written) return written;
  return write_file(path, bytes);
}

}  // namespace awaitscope::desk
