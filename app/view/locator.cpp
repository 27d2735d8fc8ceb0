#include "app/view/locator.h"

#include <charconv>

#include <fmt/format.h>

#include "app/view/exists.h"
#include "app/view/navigate.h"
#include "app/view/say.h"
#include "app/view/teaching_walk.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

constexpr std::pair<std::string_view, Hit::Kind> kinds[] = {{"task", Hit::Kind::task},
                                                            {"event", Hit::Kind::event},
                                                            {"resource", Hit::Kind::resource},
                                                            {"scope", Hit::Kind::scope},
                                                            {"finding", Hit::Kind::finding}};

/// A piece of what was given, inert and short.
std::string shown(std::string_view text) { return "'" + printable(text.substr(0, 40)) + (text.size() > 40 ? "…'" : "'"); }

std::optional<Instant> moment_in(std::string_view text) {
  Duration at{};
  if (text.empty() || text[0] == '-' || !read_duration(std::string(text), at) || at < Duration{}) return {};
  return Instant{at.count()};
}

/// "1.5s": as few decimals as say it exactly.
std::string exact(Instant t) {
  std::string out = seconds(t, 9);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out + "s";
}
std::string exact(const std::pair<Instant, Instant>& stretch) { return exact(stretch.first) + ".." + exact(stretch.second); }

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-_.~,").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    unsigned value = 0;
    if (i + 2 >= text.size()) return {};
    const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16);
    if (error != std::errc{} || end != text.data() + i + 3) return {};
    out += static_cast<char>(value);
    i += 2;
  }
  return out;
}

Instant time_of(const Session& session, Instant on_ruler) {
  if (!session.order_ruler) return on_ruler;
  const Trace& trace = session.side().trace;
  const Seq seq = std::min(to_seq(static_cast<double>(on_ruler.ns)), trace.size());
  return seq ? trace[seq].at() : Instant{};
}
std::pair<Instant, Instant> times_of(const Session& session, std::pair<Instant, Instant> stretch) {
  return {std::max(Instant{}, time_of(session, stretch.first)), std::max(Instant{}, time_of(session, stretch.second))};
}

std::string selection_words(const Session& session) {
  if (session.selected_finding >= 0) return fmt::format("finding:{}", session.selected_finding);
  const Hit& hit = session.selected;
  if (hit.kind == Hit::Kind::span) return fmt::format("task:{}:{}", hit.value, hit.seq);
  for (const auto& [name, kind] : kinds)
    if (hit.kind == kind) return fmt::format("{}:{}", name, hit.value);
  return {};
}

void select_there(Session& session, const Hit& hit) {
  session.selected = {};
  session.selected_finding = -1;
  Action asked = action(Act::select);
  asked.hit = hit;
  if (tells_ahead(session, asked)) return;
  if (!exists(hit, session.side())) return say_missing(session, hit);
  if (hit.kind == Hit::Kind::finding) {
    session.selected_finding = static_cast<int>(hit.value);
    return;
  }
  session.selected = hit;
  if (hit.is_lane()) session.hunt.reveal = TaskId{hit.value};
}

}  // namespace

Result<std::pair<Instant, Instant>> read_stretch(std::string_view text) {
  const std::size_t dots = text.find("..");
  const auto from = moment_in(text.substr(0, std::min(dots, text.size())));
  const auto to = dots == std::string_view::npos ? std::nullopt : moment_in(text.substr(dots + 2));
  if (!from || !to || *to < *from) return Error{shown(text) + " is no stretch of time; write 1.5s..2s"};
  return std::pair{*from, *to};
}

Result<Hit> read_selection(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size()), second = text.find(':', colon + 1);
  const std::string_view rest = text.substr(std::min(colon + 1, text.size()));
  const auto value = number_in(rest.substr(0, second == std::string_view::npos ? rest.size() : second - colon - 1));
  for (const auto& [name, kind] : kinds) {
    if (name != text.substr(0, colon) || !value) continue;
    if (second == std::string_view::npos) return Hit{kind, *value, kind == Hit::Kind::event ? *value : 0};
    const auto seq = number_in(text.substr(second + 1));
    if (kind == Hit::Kind::task && seq) return Hit{Hit::Kind::span, *value, *seq};
  }
  return Error{shown(text) +
               " is no selection; write task:7, task:7:120 (the bar that begins with event 120), event:12, "
               "resource:3, scope:2 or finding:0"};
}

Result<Locator> read_locator(std::string_view text) {
  Locator out;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, std::min(text.find('&'), text.size()));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos)
      return Error{"locator: " + shown(part) + " is no NAME=VALUE; known are t, at, sel, range, side, lanes"};
    const std::string_view name = part.substr(0, equals), value = part.substr(equals + 1);
    if (name == "t" || name == "range") {
      const auto stretch = read_stretch(value);
      if (!stretch) return Error{"locator: " + stretch.error()};
      (name == "t" ? out.window : out.range) = *stretch;
    } else if (name == "at") {
      const auto event = value.starts_with("event:") ? number_in(value.substr(6)) : std::nullopt;
      out.at = moment_in(value);
      if (event) out.event = *event;
      if (!event && !out.at) return Error{"locator: " + shown(value) + " is no moment; write at=1.7s or at=event:12"};
    } else if (name == "sel") {
      const auto hit = read_selection(value);
      if (!hit) return Error{"locator: " + hit.error()};
      out.selected = *hit;
    } else if (name == "side" || name == "lanes") {
      const auto words = decoded(value);
      if (!words) return Error{"locator: " + shown(value) + " has a broken %XX"};
      (name == "side" ? out.side : out.lanes) = *words;
    } else {
      return Error{"locator: " + shown(name) + " is not known; known are t, at, sel, range, side, lanes"};
    }
  }
  return out;
}

Locator overlaid(Locator place, const Locator& over) {
  if (over.window) place.window = over.window;
  if (over.at || over.event) place.at = over.at, place.event = over.event;
  if (over.selected) place.selected = over.selected;
  if (over.range) place.range = over.range;
  if (!over.side.empty()) place.side = over.side;
  if (!over.lanes.empty()) place.lanes = over.lanes;
  return place;
}

std::string locator_of(const Session& session) {
  if (!session.has_runs()) return {};
  const Side& side = session.side();
  std::string out = "t=" + exact(times_of(session, {session.view_begin, session.view_end}));
  const Instant now = playhead(session);
  // Where several events share a moment, the last of them is what the moment alone means.
  out += side.step && side.trace.at_or_before(now) == side.step ? "&at=" + exact(now) : fmt::format("&at=event:{}", side.step);
  if (const std::string selected = selection_words(session); !selected.empty()) out += "&sel=" + selected;
  if (session.range) out += "&range=" + exact(times_of(session, *session.range));
  if (session.active == 1) out += "&side=" + encoded(side.label);
  if (!session.hunt.filter.empty()) out += "&lanes=" + encoded(session.hunt.filter);
  return out;
}

void go_to(Session& session, const Locator& locator) {
  if (!session.has_runs()) return;
  bool has_side = locator.side.empty();
  for (std::size_t i = 0; i < session.sides.size(); ++i)
    if (!locator.side.empty() && session.sides[i]->label == locator.side)
      activate(session, static_cast<int>(i)), has_side = true;
  const Side& side = session.side();
  if (session.order_ruler && (locator.window || locator.range)) toggle_order(session);
  if (locator.event) seek(session, locator.event);
  else if (locator.at) seek(session, side.trace.at_or_before(*locator.at));
  if (locator.event > side.trace.size()) say_missing(session, {Hit::Kind::event, locator.event, 0});
  if (locator.selected) select_there(session, *locator.selected);
  if (!has_side) refuse(session, {"there is no version '{}'", "没有版本“{}”"}, printable(locator.side));
  if (locator.range) session.range = *locator.range;
  session.hunt.filter = locator.lanes;
  if (locator.window)
    show_range(session, static_cast<double>(locator.window->first.ns), static_cast<double>(locator.window->second.ns));
}

}  // namespace awaitscope::view
