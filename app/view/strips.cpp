// Occupancy of resources: what is in use against the capacity, who waits above it, what was refused.
#include <cmath>

#include <fmt/format.h>

#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr std::size_t most_strips = 4;

/// How much a strip tells: services and limits first, locks and events last.
int rank(const ResourceModel& r) {
  switch (r.type) {
    case ResourceType::service: return 6;
    case ResourceType::semaphore: return 5;
    case ResourceType::pool:
    case ResourceType::breaker: return 4;
    case ResourceType::queue: return 3;
    case ResourceType::connection:
    case ResourceType::cell:
    case ResourceType::file: return 2;
    case ResourceType::lock: return 1;
    default: return 0;
  }
}

struct Peak {
  std::uint32_t value = 0, waiters = 0, sum = 0;
};
Peak peak_of(const Counter& counter) {
  Peak out;
  for (const Counter::Point& p : counter.points) {
    out.value = std::max(out.value, p.value);
    out.waiters = std::max(out.waiters, p.waiters);
    out.sum = std::max(out.sum, p.value > UINT32_MAX - p.waiters ? UINT32_MAX : p.value + p.waiters);
  }
  return out;
}

/// Refused or failed requests of a service, those of a moment together.
struct Refusal {
  float x = 0;
  std::uint32_t refused = 0, failed = 0;
  std::uint32_t in_use = 0;  ///< what the service was doing then; a failed request was part of it
  std::uint32_t top() const { return in_use + refused; }
};
std::vector<Refusal> refusals_of(const Stage& stage, ResourceId service, const Counter& counter) {
  constexpr std::size_t most = 200;
  std::vector<Refusal> out;
  for (const awaitscope::Request& r : stage.history.requests) {
    if (r.service != service || !r.ended || (r.status != RequestStatus::refused && r.status != RequestStatus::failed)) continue;
    const double at = stage.axis.value(r.end, r.ended);
    if (!stage.axis.shows(at)) continue;
    const float x = stage.axis.at(at);
    if (out.empty() || std::abs(out.back().x - x) >= stage.cw()) {
      if (out.size() == most) break;
      const auto after = std::partition_point(counter.points.begin(), counter.points.end(),
                                              [&](const Counter::Point& p) { return p.seq < r.ended; });
      out.push_back({x, 0, 0, after == counter.points.begin() ? 0 : (after - 1)->value});
    }
    ++(r.status == RequestStatus::refused ? out.back().refused : out.back().failed);
  }
  return out;
}

std::string failed_words(const Refusal& r, Language language) {
  const std::string failed = r.failed ? filled({"{} failed", "{} 个失败"}, language, counted(r.failed)) : "";
  if (!r.refused) return failed;
  return filled({"{} refused{}{}", "{} 个被拒{}{}"}, language, counted(r.refused),
                failed.empty() ? "" : Phrase{", ", "，"}.in(language), failed);
}

/// The states of a circuit breaker as a ribbon: closed, half open, open.
void draw_ribbon(Stage& stage, const Counter& counter, Rect plot, const Hit& hit) {
  constexpr Phrase words[] = {{"closed", "闭合"}, {"half open", "半开"}, {"open", "断开"}};
  constexpr Role roles[] = {Role::done, Role::waiting_request, Role::failed};
  constexpr Pattern patterns[] = {Pattern::outline, Pattern::hatch, Pattern::cross_hatch};
  const Axis& axis = stage.axis;
  for (std::size_t i = 0; i < counter.points.size();) {
    std::size_t next = i + 1;
    while (next < counter.points.size() && counter.points[next].value == counter.points[i].value) ++next;
    const Counter::Point& p = counter.points[i];
    const double from = axis.value(p.time, p.seq);
    const double to = next < counter.points.size() ? axis.value(counter.points[next].time, counter.points[next].seq)
                                                   : axis.value(stage.history.end, stage.trace.size());
    const std::size_t state = std::min<std::size_t>(p.value, 2);
    i = next;
    if (!axis.shows(from, to)) continue;
    const float x = axis.at(from), w = std::max(axis.at(to) - x, stage.cells() ? 1.0f : 3.0f);
    stage.box({x, plot.y, w, plot.h}, roles[state], patterns[state], hit);
    stage.chip({x + (stage.cells() ? 1 : 4), plot.y, w, stage.cells() ? 1 : stage.lh()},
               {std::string(words[state].in(stage.language()))}, Role::text, Role::background);
  }
}

}  // namespace

float strip_height(const FontMetrics& m) { return m.cells ? 2 : std::round(m.line_height * 2.8f); }

std::vector<ResourceId> strip_resources(const History& history, const Focus* focus) {
  std::vector<ResourceId> out;
  for (const Counter& counter : history.counters) {
    const ResourceModel* r = history.model.resource(counter.resource);
    if (focus && std::find(focus->resources.begin(), focus->resources.end(), counter.resource) == focus->resources.end())
      continue;
    if (r && counter.points.size() > 1 && rank(*r) > 0) out.push_back(counter.resource);
  }
  std::stable_sort(out.begin(), out.end(), [&](ResourceId a, ResourceId b) {
    return rank(*history.model.resource(a)) > rank(*history.model.resource(b));
  });
  if (out.size() > most_strips) out.resize(most_strips);
  return out;
}

namespace {

/// A shared variable: a step for each write that lasts, a mark where writes were overwritten by who had not seen them.
struct CellStory {
  struct Step {
    Instant time;
    Seq seq = 0;
    std::uint32_t lasting = 0, lost = 0;  ///< lost: at this write
  };
  std::vector<Step> steps;
  std::uint32_t writes = 0, lost = 0, readers = 0;
};
CellStory story_of(const History& history, ResourceId cell) {
  CellStory out;
  for (const Access& access : history.accesses) {
    if (access.cell != cell) continue;
    out.readers += !access.write;
    if (!access.write) continue;
    ++out.writes;
    // However many it overwrites, one more is gone: the one that came just before.
    const bool over = access.lost > 0;
    out.lost += over;
    out.steps.push_back({access.time, access.seq, out.writes - out.lost, over ? 1u : 0u});
  }
  return out;
}

void draw_cell(Stage& stage, const CellStory& story, Rect plot, const Hit& hit) {
  const Axis& axis = stage.axis;
  const bool cells = stage.cells();
  const float scale = plot.h / (static_cast<float>(std::max(4u, story.writes)) * (cells ? 1.0f : 1.12f));
  std::uint32_t lost = 0;
  float lost_x = 0, last = -10;
  const auto flush = [&] {
    if (!lost) return;
    const float size = cells ? 1 : stage.lh() * 0.75f, y = plot.y + (cells ? 0 : 2);
    stage.icon({lost_x + (cells ? 1 : 4), y, size, size}, Glyph::cross, Role::failed, hit);
    stage.chip({lost_x + size + (cells ? 1 : 8), y, stage.cw() * 24, cells ? 1 : stage.lh()},
               {filled({"{} overwritten unseen", "{} 次未见就被覆盖"}, stage.language(), counted(lost)),
                filled({"{} lost", "{} 次丢失"}, stage.language(), counted(lost))},
               Role::text_warning, Role::failed);
    lost = 0;
  };
  for (std::size_t i = 0; i < story.steps.size(); ++i) {
    const CellStory::Step& step = story.steps[i];
    const double from = axis.value(step.time, step.seq);
    const double to = i + 1 < story.steps.size() ? axis.value(story.steps[i + 1].time, story.steps[i + 1].seq)
                                                 : axis.value(stage.history.end, stage.trace.size());
    if (!axis.shows(from, to)) continue;
    const float x0 = axis.at(from), x1 = std::max(axis.at(to), x0 + (cells ? 1.0f : 2.0f));
    if (step.lost && axis.shows(from)) {
      if (lost && x0 - lost_x > stage.cw() * 12) flush();
      if (!lost) lost_x = x0;
      ++lost;
    }
    const bool final = i + 1 == story.steps.size();
    if (x1 <= last + 0.5f && !final) continue;
    last = x1;
    const float h = std::min(plot.h, scale * static_cast<float>(step.lasting));
    stage.box({cells ? std::round(x0) : x0, plot.bottom() - h, x1 - x0, h}, Role::counter, Pattern::solid, hit);
  }
  flush();
}

}  // namespace

void draw_strip(Stage& stage, ResourceId resource, Rect row) {
  const ResourceModel& model = *stage.history.model.resource(resource);
  const Counter& counter = stage.history.counters[resource.value - 1];
  const Peak peak = peak_of(counter);
  const Hit hit{Hit::Kind::resource, resource.value, 0};
  const bool cells = stage.cells();
  if (!cells) {
    stage.box({row.x, row.y, stage.header.w, row.h}, Role::panel, Pattern::solid, hit);
    stage.box({row.x, row.y, row.w, 1}, Role::border);
  }
  const float pad = cells ? 0 : stage.cw(), line = cells ? 1 : stage.lh(), top = row.y + (cells ? 0 : (row.h - 2 * line) / 2);
  stage.label({row.x + pad, top, stage.header.w - pad - 1, line}, resource_words(stage.trace, stage.history.model, resource),
              Role::text, Font::bold);
  const Axis& axis = stage.axis;
  const Rect plot{stage.plot.x, row.y + (cells ? 0 : 4), stage.plot.w, row.h - (cells ? 0 : 6)};
  const std::vector<Refusal> refusals =
      model.type == ResourceType::service ? refusals_of(stage, resource, counter) : std::vector<Refusal>{};
  if (model.type == ResourceType::breaker) return draw_ribbon(stage, counter, plot, hit);
  if (model.type == ResourceType::cell) {
    const CellStory story = story_of(stage.history, resource);
    stage.label({row.x + pad, top + line, stage.header.w - pad - 1, line},
                story.lost ? filled({"{} writes · {} lost", "{} 次写入 · {} 次丢失"}, stage.language(), counted(story.writes),
                                    counted(story.lost))
                           : filled({"{} writes", "{} 次写入"}, stage.language(), counted(story.writes)),
                story.lost ? Role::text_warning : Role::text_dim);
    return draw_cell(stage, story, plot, hit);
  }
  std::uint32_t demand = peak.value;  // what was asked of it at the worst moment, refused or not
  for (const Refusal& r : refusals) demand = std::max(demand, r.top());
  // At least four high, so that one at a time and three at a time do not look the same; a little air above.
  const float scale = plot.h / (static_cast<float>(std::max({4u, model.capacity, peak.sum, demand})) * (cells ? 1.0f : 1.12f));
  std::string numbers = model.capacity
                            ? filled({"peak {}/{}", "峰值 {}/{}"}, stage.language(), counted(demand), counted(model.capacity))
                            : filled({"peak {}", "峰值 {}"}, stage.language(), counted(demand));
  if (peak.waiters) numbers += filled({" · {} waiting", " · {} 个等待"}, stage.language(), counted(peak.waiters));
  const bool over = model.capacity && demand > model.capacity;
  stage.label({row.x + pad, top + line, stage.header.w - pad - 1, line}, numbers, over ? Role::text_warning : Role::text_dim);

  const auto level = [&](std::uint32_t v) { return plot.bottom() - scale * static_cast<float>(v); };
  const auto& points = counter.points;
  auto i = std::partition_point(points.begin(), points.end(),
                                [&](const Counter::Point& p) { return axis.value(p.time, p.seq) < axis.begin; });
  if (i != points.begin()) --i;
  std::uint32_t before = 0;
  while (i != points.end() && axis.value(i->time, i->seq) <= axis.end) {
    // Within one pixel the highest counts: a spike is not to be lost.
    const float x0 = axis.at(i->time, i->seq);
    std::uint32_t value = i->value, waiters = i->waiters;
    const Counter::Point* last = &*i;
    auto next = i + 1;
    const float pixel = cells ? 1 : 1.5f;
    for (; next != points.end() && axis.at(next->time, next->seq) < x0 + pixel && axis.value(next->time, next->seq) <= axis.end;
         ++next) {
      last = &*next;
      if (next->value + next->waiters > value + waiters) value = next->value, waiters = next->waiters;
    }
    const double until =
        next != points.end() ? axis.value(next->time, next->seq) : axis.value(stage.history.end, stage.trace.size());
    const auto column = [&](float from, float to, std::uint32_t v, std::uint32_t w) {
      if (to - from < 0.25f) return;
      if (cells) from = std::round(from), to = std::max(std::round(to), from + 1);
      const std::uint32_t within = model.capacity ? std::min(v, model.capacity) : v;
      stage.box({from, level(within), to - from, plot.bottom() - level(within)}, Role::counter, Pattern::solid, hit);
      if (v > within) stage.box({from, level(v), to - from, level(within) - level(v)}, Role::error, Pattern::cross_hatch, hit);
      if (w) stage.box({from, level(v + w), to - from, level(v) - level(v + w)}, Role::counter_waiters, Pattern::hatch, hit);
    };
    const float end = axis.at(until);
    // The spike itself is at least a few pixels wide, then the level it left behind.
    const bool rose = value + waiters > std::max(before, last->value + last->waiters);
    const float spike = rose ? std::min(std::max(end, x0 + 3), x0 + std::max(3.0f, stage.cw() * 0.6f)) : x0;
    before = last->value + last->waiters;
    if (spike > x0) column(x0, cells ? x0 + 1 : spike, value, waiters);
    column(std::max(x0, spike), end, last->value, last->waiters);
    i = next;
  }
  if (model.capacity && !cells) {
    stage.line({{axis.x, level(model.capacity)}, {axis.x + axis.w, level(model.capacity)}}, Role::capacity, 1.5f, false, true);
    const float y = level(model.capacity), above = y - stage.lh() - 1;
    stage.chip({axis.x + axis.w - stage.cw() * 18, above >= row.y ? above : y + 2, stage.cw() * 18, stage.lh()},
               {filled({"capacity {}", "容量 {}"}, stage.language(), counted(model.capacity))}, Role::text, Role::background,
               Align::right);
  }
  const float size = cells ? 1 : stage.lh() * 0.75f;
  for (const Refusal& r : refusals) {
    // What was asked for above what was served: a spike, however short it was.
    const float wide = cells ? 1 : stage.cw();
    if (r.refused)
      stage.box({r.x, level(r.top()), wide, level(r.in_use) - level(r.top())}, Role::error, Pattern::cross_hatch, hit);
    const float left = r.x + wide + (cells ? 0 : 4),
                y = std::clamp(level(r.top()), plot.y, std::max(plot.y, plot.bottom() - line));
    stage.icon({left, y + (cells ? 0 : (line - size) / 2), size, size}, Glyph::cross, Role::failed, hit);
    stage.chip({left + size + (cells ? 0 : 4), y, stage.cw() * 20, line},
               {failed_words(r, stage.language()), counted(r.refused + r.failed)}, Role::text_warning, Role::failed);
  }
}

}  // namespace awaitscope::view
