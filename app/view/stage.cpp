#include "app/view/stage.h"

#include <cmath>

#include "app/view/text.h"

namespace awaitscope::view {

Requests::Requests(const History& history) : first_(history.lanes.size() + 1, 0), index_(history.requests.size()) {
  // Counting sort by task.  Requests of tasks without a lane (a cut trace) are left out.
  const auto lane_of = [&](const awaitscope::Request& r) {
    return std::min<std::size_t>(r.task.value - std::size_t{1}, history.lanes.size());
  };
  std::vector<std::uint32_t> count(history.lanes.size() + 1, 0);
  for (const auto& r : history.requests) ++count[lane_of(r)];
  std::uint32_t sum = 0;
  for (std::size_t lane = 0; lane < history.lanes.size(); ++lane) {
    first_[lane] = sum;
    sum += count[lane];
    count[lane] = first_[lane];
  }
  first_.back() = sum;
  index_.resize(sum);
  for (std::uint32_t i = 0; i < history.requests.size(); ++i)
    if (const std::size_t lane = lane_of(history.requests[i]); lane < history.lanes.size()) index_[count[lane]++] = i;
}

float Axis::at(double v) const {
  const double length = end > begin ? end - begin : 1;
  return x + w * static_cast<float>(std::clamp((v - begin) / length, 0.0, 1.0));
}

bool Places::free(const Rect& wanted) const {
  for (int b = bucket(wanted.y); b <= bucket(wanted.bottom()); ++b) {
    const auto found = taken_.find(b);
    if (found == taken_.end()) continue;
    for (const Rect& r : found->second)
      if (r.x < wanted.right() && wanted.x < r.right() && r.y < wanted.bottom() && wanted.y < r.bottom()) return false;
  }
  return true;
}

bool Places::take(const Rect& wanted) {
  if (!free(wanted)) return false;
  for (int b = bucket(wanted.y); b <= bucket(wanted.bottom()); ++b) taken_[b].push_back(wanted);
  return true;
}

Rect Stage::snapped(Rect r) const {
  if (!cells()) return r;
  const float x = std::round(r.x), y = std::round(r.y);
  return {x, y, std::max(1.0f, std::round(r.right()) - x), std::max(1.0f, std::round(r.bottom()) - y)};
}

void Stage::box(Rect r, Role role, Pattern pattern, Hit hit, float rounding) {
  // Whatever the data says, nothing leaves the canvas.
  const Rect& c = options.canvas;
  const float x = std::clamp(r.x, c.x, c.right()), y = std::clamp(r.y, c.y, c.bottom());
  const float right = std::clamp(r.right(), c.x, c.right()), bottom = std::clamp(r.bottom(), c.y, c.bottom());
  if (right > x && bottom > y) out.boxes.push_back({{x, y, right - x, bottom - y}, role, pattern, hit, cells() ? 0 : rounding});
}

void Stage::line(std::vector<Point> points, Role role, float width, bool arrow, bool dashed) {
  const Rect& c = options.canvas;
  for (Point& p : points) {
    p = {std::clamp(p.x, c.x, c.right()), std::clamp(p.y, c.y, c.bottom())};
    if (cells()) p.x = std::min(std::round(p.x), c.right() - 1);  // in the column of the icons and bars of its moment
  }
  out.lines.push_back({std::move(points), role, width, arrow, dashed});
}

void Stage::icon(Rect r, Glyph glyph, Role role, Hit hit) {
  const Rect& c = options.canvas;
  r.w = std::min(r.w, c.w);
  r.h = std::min(r.h, c.h);
  r.x = std::clamp(r.x, c.x, c.right() - r.w);
  r.y = std::clamp(r.y, c.y, c.bottom() - r.h);
  places.take(r);  // words keep off it
  out.icons.push_back({snapped(r), glyph, role, hit});
}

bool Stage::label(Rect r, std::string_view text, Role role, Font font, Align align) {
  const Rect& c = options.canvas;
  r.w = std::min(r.right(), c.right()) - std::max(r.x, c.x);
  r.x = std::max(r.x, c.x);
  if (r.y < c.y || r.bottom() > c.bottom() + 0.01f) return false;
  std::string fitting = elide(text, r.w, options.metrics);
  if (fitting.empty()) return false;
  // Bold is a little wider than what was measured.
  const float w = std::min(r.w, options.metrics.width(fitting) * (font == Font::bold && !cells() ? 1.13f : 1.0f));
  const float x = align == Align::left ? r.x : align == Align::right ? r.right() - w : r.x + (r.w - w) / 2;
  if (!places.take({x, r.y, w, r.h})) return false;
  out.labels.push_back({snapped({x, r.y, w, r.h}), std::move(fitting), role, font, cells() ? Align::left : align, 1});
  return true;
}

bool Stage::chip(Rect r, const std::vector<std::string>& texts, Role role, Role border, Align align, bool cut) {
  const float pad = cells() ? 0 : cw() * 0.4f;
  const Rect& c = options.canvas;
  r.w = std::min(r.right(), c.right()) - r.x;
  const float h = cells() ? 1 : std::min(r.h, lh());
  const float y = r.y + (r.h - h) / 2;
  if (y < c.y || y + h > c.bottom() + 0.01f) return false;
  for (const std::string& text : texts) {
    float w = options.metrics.width(printable(text)) + 2 * pad;
    if (w > r.w) {
      if (!cut || &text != &texts.back() || r.w < 8 * cw()) continue;
      w = r.w;
    }
    const float x = align == Align::left ? r.x : align == Align::right ? r.right() - w : r.x + (r.w - w) / 2;
    if (!places.free({x, y, w, h})) continue;
    if (!cells()) box({x, y, w, h}, Role::background, Pattern::solid, {}, 3);
    if (!cells() && border != Role::background) box({x, y, w, h}, border, Pattern::outline, {}, 3);
    return label({x + pad, y, w - 2 * pad + 0.05f, h}, text, role, Font::ui, align);
  }
  return false;
}

std::string elide_name(std::string_view name, float width, const FontMetrics& metrics) {
  const std::size_t dash = name.find_last_of("-#");
  if (dash == std::string_view::npos || name.size() - dash > 7 || metrics.width(printable(name)) <= width)
    return elide(name, width, metrics);
  const std::string tail = printable(name.substr(dash));
  const std::string front = elide(name.substr(0, dash), width - metrics.width(tail), metrics);
  return front.empty() ? elide(name, width, metrics) : front + tail;
}

Look look_of(const Span& span) {
  Look look;
  switch (span.phase) {
    case Phase::created: look = {Role::created, Pattern::outline, 0.18f, 1}; break;  // thinner than any wait
    case Phase::ready: look = {Role::ready, Pattern::outline, 0.8f, 3}; break;
    case Phase::running: look = {Role::running, Pattern::solid, 1, 4}; break;
    case Phase::done: look = {Role::done, Pattern::outline, 0.3f, 0}; break;
    case Phase::waiting:
      switch (span.wait) {
        case Wait::sleep:
        case Wait::yield: look = {Role::waiting_sleep, Pattern::hatch, 0.8f, 2}; break;
        case Wait::request:
        case Wait::job: look = {Role::waiting_request, Pattern::hatch, 0.8f, 2}; break;
        case Wait::semaphore:
        case Wait::lock:
        case Wait::queue_put:
        case Wait::condition:
        case Wait::barrier: look = {Role::waiting_semaphore, Pattern::dots, 0.8f, 2}; break;
        case Wait::gather:
        case Wait::group:
        case Wait::scope:
        case Wait::task: look = {Role::waiting, Pattern::outline, 0.34f, 2}; break;
        default: look = {Role::waiting, Pattern::hatch, 0.6f, 2};
      }
  }
  if (span.asked_to_stop && span.phase != Phase::done) {
    look.role = Role::cancelling;
    if (span.phase != Phase::running) look.pattern = span.cleanup ? Pattern::half : Pattern::cross_hatch;
    look.height = std::max(look.height, 0.8f);
    look.severity += 4;
  }
  return look;
}

const awaitscope::Request* request_of(const Stage& stage, std::uint32_t lane, const Span& span) {
  if (span.phase != Phase::waiting) return nullptr;
  if (span.wait != Wait::request && span.wait != Wait::sleep && span.wait != Wait::future && span.wait != Wait::other)
    return nullptr;
  const auto list = stage.requests.of(lane);
  const auto& all = stage.history.requests;
  auto after = std::partition_point(list.begin(), list.end(), [&](std::uint32_t i) { return all[i].begun < span.first; });
  for (int tries = 0; after != list.begin() && tries < 4; ++tries) {
    const awaitscope::Request& r = all[*--after];
    if (!r.ended || (span.last && r.ended >= span.last)) return &r;
  }
  return nullptr;
}

Look look_in(const Stage& stage, std::uint32_t lane, const Span& span) {
  if (span.phase == Phase::running && waits_forever(stage.history, span)) return {Role::stall, Pattern::cross_hatch, 1, 8};
  if (span.phase == Phase::running && stalls(stage, span.begin, span.end)) return {Role::stall, Pattern::cross_hatch, 1, 8};
  Look look = look_of(span);
  if (!span.asked_to_stop && request_of(stage, lane, span)) look = {Role::waiting_request, Pattern::hatch, 0.8f, 2};
  return look;
}

const Span* span_at(const Lane& lane, Seq seq) {
  const auto after =
      std::upper_bound(lane.spans.begin(), lane.spans.end(), seq, [](Seq s, const Span& span) { return s < span.first; });
  return after == lane.spans.begin() ? nullptr : &*(after - 1);
}

}  // namespace awaitscope::view
