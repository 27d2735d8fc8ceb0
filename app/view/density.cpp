// Many lanes in one row.  Where each still has a few pixels they are drawn as threads, so that waves and staircases stay
// visible; else as a picture of how many were in which state at each moment, failures first.
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "app/view/stage.h"
#include "app/view/text.h"

namespace awaitscope::view {
namespace {

/// The layers of a column from the bottom up.
constexpr std::array<std::pair<Role, Pattern>, 8> layers = {{
    {Role::running, Pattern::solid},
    {Role::cancelling, Pattern::cross_hatch},
    {Role::waiting_request, Pattern::hatch},
    {Role::waiting_sleep, Pattern::hatch},
    {Role::waiting, Pattern::hatch},
    {Role::waiting_semaphore, Pattern::dots},
    {Role::ready, Pattern::outline},
    {Role::created, Pattern::outline},
}};

std::size_t layer_of(const Look& look) {
  for (std::size_t i = 0; i < layers.size(); ++i)
    if (layers[i].first == look.role) return i;
  return 4;
}

double end_value(const Stage& stage, const Span& span) {
  return stage.axis.value(span.end, span.last ? span.last : stage.trace.size());
}

std::vector<Span>::const_iterator first_visible(const Stage& stage, const std::vector<Span>& spans) {
  return std::partition_point(spans.begin(), spans.end(),
                              [&](const Span& s) { return end_value(stage, s) < stage.axis.begin; });
}

/// A thread is too thin for most patterns: what waits in line is hollow, what works is filled.
Pattern pattern_at(Pattern pattern, float height) {
  if (height >= 14) return pattern;
  if (pattern == Pattern::dots || pattern == Pattern::half) return Pattern::outline;
  return height >= 8 ? pattern : pattern == Pattern::outline ? Pattern::outline : Pattern::solid;
}

void draw_threads(Stage& stage, const Row& row, float top, float height) {
  const float h = height / static_cast<float>(row.lanes.size());
  for (std::size_t k = 0; k < row.lanes.size(); ++k) {
    const std::uint32_t lane = row.lanes[k];
    const auto& spans = stage.history.lanes[lane].spans;
    const float y = top + h * static_cast<float>(k);
    float last = -1;  // nothing is drawn twice into a pixel: bounded by the canvas, whatever the trace holds
    for (auto i = first_visible(stage, spans); i != spans.end() && stage.axis.value(i->begin, i->first) <= stage.axis.end;
         ++i) {
      const Look look = look_in(stage, lane, *i);
      const float x0 = stage.axis.at(i->begin, i->first),
                  x1 = std::max(stage.axis.at(end_value(stage, *i)), look.severity >= 4 ? x0 + 1.5f : x0);
      if (x1 - x0 < 1 || x1 <= last + 1) continue;
      last = x1;
      const bool thin = look.pattern == Pattern::outline && look.role == Role::waiting;
      stage.box({x0, y + h * (thin ? 0.35f : 0.1f), x1 - x0, h * (thin ? 0.3f : 0.8f)}, look.role, pattern_at(look.pattern, h),
                {Hit::Kind::span, lane + 1, i->first});
    }
    const TaskModel& task = stage.history.model.tasks[lane];
    if (task.phase != Phase::done || spans.empty() || task.outcome == Outcome::returned) continue;
    const double at = stage.axis.value(task.ended, spans.back().last);
    if (!stage.axis.shows(at)) continue;
    const float size = std::clamp(h * 1.1f, 4.0f, stage.lh() * 0.7f), x = stage.axis.at(at);
    stage.icon({x, y + (h - size) / 2, size, size}, task.outcome == Outcome::raised ? Glyph::cross : Glyph::cancelled,
               task.outcome == Outcome::raised ? Role::failed : Role::cancelled,
               {Hit::Kind::event, spans.back().last, spans.back().last});
  }
}

struct Columns {
  std::vector<std::array<std::int32_t, layers.size()>> change;  // of each layer at a column's middle
  std::vector<std::int32_t> failed, cancelled;
};

Columns count(const Stage& stage, const Row& row, std::size_t n, float width) {
  Columns out;
  out.change.resize(n + 1);
  out.failed.resize(n);
  out.cancelled.resize(n);
  const auto column = [&](double value) { return (stage.axis.at(value) - stage.axis.x) / width; };
  for (const std::uint32_t lane : row.lanes) {
    const auto& spans = stage.history.lanes[lane].spans;
    for (auto i = first_visible(stage, spans); i != spans.end() && stage.axis.value(i->begin, i->first) <= stage.axis.end;
         ++i) {
      const float c0 = column(stage.axis.value(i->begin, i->first)), c1 = column(end_value(stage, *i));
      // It counts in the columns whose middle it covers.
      const auto from = static_cast<std::size_t>(std::clamp(std::ceil(c0 - 0.5f), 0.0f, static_cast<float>(n)));
      const auto to = static_cast<std::size_t>(std::clamp(std::ceil(c1 - 0.5f), 0.0f, static_cast<float>(n)));
      if (from >= to) continue;
      const std::size_t layer = layer_of(look_in(stage, lane, *i));
      ++out.change[from][layer];
      --out.change[to][layer];
    }
    const TaskModel& task = stage.history.model.tasks[lane];
    if (task.phase != Phase::done || spans.empty() || task.outcome == Outcome::returned) continue;
    const double at = stage.axis.value(task.ended, spans.back().last);
    if (!stage.axis.shows(at)) continue;
    const auto c = std::min(n - 1, static_cast<std::size_t>(std::max(0.0f, column(at))));
    ++(task.outcome == Outcome::raised ? out.failed : out.cancelled)[c];
  }
  return out;
}

void draw_columns(Stage& stage, const Row& row, float top, float height) {
  const float width = stage.cells() ? 1 : 3;
  const auto n = static_cast<std::size_t>(std::max(1.0f, stage.axis.w / width));
  const Columns columns = count(stage, row, n, width);
  const float each = height / static_cast<float>(row.lanes.size());
  const auto rounded = [&](float v) { return stage.cells() ? std::round(v) : v; };
  const Hit hit{Hit::Kind::task, row.lanes.front() + 1, 0};
  std::array<std::int32_t, layers.size()> now{};
  for (std::size_t c = 0; c < n;) {
    for (std::size_t l = 0; l < layers.size(); ++l) now[l] += columns.change[c][l];
    std::size_t next = c + 1;  // equal columns are one box
    while (next < n &&
           std::all_of(columns.change[next].begin(), columns.change[next].end(), [](std::int32_t d) { return d == 0; }))
      ++next;
    const float x = stage.axis.x + width * static_cast<float>(c), w = width * static_cast<float>(next - c);
    float below = 0;
    for (std::size_t l = 0; l < layers.size(); ++l) {
      if (now[l] <= 0) continue;
      const float y1 = rounded(height - each * below);
      below += static_cast<float>(now[l]);
      float y0 = rounded(height - each * below);
      if (y1 - y0 < 1 && l < 2) y0 = y1 - 1;  // what must not be missed is never below a pixel
      if (y1 > y0) stage.box({x, top + std::max(0.0f, y0), w, y1 - std::max(0.0f, y0)}, layers[l].first, layers[l].second, hit);
    }
    c = next;
  }
  const float least = stage.cells() ? 1 : std::max(3.0f, stage.lh() * 0.25f);
  for (std::size_t c = 0; c < n; ++c)
    for (const auto& [list, role] :
         {std::pair{&columns.cancelled, Role::cancelled}, std::pair{&columns.failed, Role::failed}}) {
      if ((*list)[c] == 0) continue;
      const float h = std::max(least, rounded(each * static_cast<float>((*list)[c])));
      stage.box({stage.axis.x + width * static_cast<float>(c), top + height - h, width, h}, role, Pattern::solid, hit);
    }
}

/// "+12 more", or "+12" where that is too long for the column.
std::string rest_words(const Stage& stage, std::size_t lanes) {
  const std::string number = "+" + counted(lanes), words = number + std::string(Phrase{" more", " 个"}.in(stage.language()));
  const float room = stage.header.w - (stage.cells() ? 3 : stage.lh() * 0.55f + 2.2f * stage.cw());
  return stage.options.metrics.width(words) <= room ? words : number;
}

struct Ends {
  std::size_t failed = 0, cancelled = 0, open = 0;
};
Ends ends_of(const Stage& stage, const Row& row) {
  Ends out;
  for (const std::uint32_t lane : row.lanes) {
    const TaskModel& task = stage.history.model.tasks[lane];
    if (task.phase != Phase::done) ++out.open;
    else if (task.outcome == Outcome::raised) ++out.failed;
    else if (task.outcome == Outcome::cancelled) ++out.cancelled;
  }
  return out;
}

}  // namespace

std::string counted(std::size_t n) {
  std::string out = std::to_string(n);
  for (std::size_t at = out.size(); at > 3;) out.insert(at -= 3, 1, ',');
  return out;
}

void draw_density(Stage& stage, const Row& row) {
  const Ends ends = ends_of(stage, row);
  const State state = ends.failed      ? State{Glyph::cross, Role::failed}
                      : ends.open      ? State{Glyph::pause, Role::waiting}
                      : ends.cancelled ? State{Glyph::cancelled, Role::cancelled}
                                       : State{Glyph::done, Role::done};
  const std::string_view name = stage.trace.text(stage.history.model.tasks[row.lanes.front()].name.value);
  const std::size_t digits = name.find_last_not_of("0123456789");
  const bool numbered = digits != std::string_view::npos && digits + 1 < name.size();
  Row head = row;
  if (!stage.cells()) head.bar = std::min(row.bar, stage.lh() * 1.4f);
  draw_row_header(stage, head,
                  row.rest ? rest_words(stage, row.lanes.size())
                           : counted(row.lanes.size()) + " × " +
                                 printable(numbered ? std::string(name.substr(0, digits + 1)) + "…" : std::string(name)),
                  state);
  // What became of them, below the name.
  std::string text;
  const auto add = [&](std::size_t n, const Phrase& words) {
    if (n) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counted(n), words.in(stage.language()));
  };
  add(ends.failed, {"failed", "失败"});
  add(ends.cancelled, {"cancelled", "已取消"});
  add(ends.open, {"open", "未结束"});
  if (stage.options.hunt && !stage.cells()) {
    std::size_t steps = 0;
    for (const std::uint32_t lane : row.lanes) steps += stage.history.model.tasks[lane].steps;
    add(steps, {"steps", "步"});
  }
  const float line = stage.cells() ? 1 : stage.lh();
  if (!text.empty() && row.h >= 2.5f * line - (stage.cells() ? 1 : 0)) {
    const float left = stage.options.canvas.x + stage.cw() * 2;
    stage.label({left, row.y + (stage.cells() ? 1 : line * 1.42f), stage.header.w - 2 * stage.cw(), line}, text,
                ends.failed ? Role::text_warning : Role::text_dim);
  }
  const float inset = stage.cells() ? 0 : 3;
  const float top = row.y + inset, height = row.h - 2 * inset;
  if (!stage.cells() && height / static_cast<float>(row.lanes.size()) >= 3) draw_threads(stage, row, top, height);
  else draw_columns(stage, row, top, height);
}

void draw_density_words(Stage& stage, const Row& row) {
  // The largest burst of failures gets its number.
  const float width = stage.cells() ? 1 : 3;
  const auto n = static_cast<std::size_t>(std::max(1.0f, stage.axis.w / width));
  std::vector<std::size_t> failed(n + 1, 0);
  for (const std::uint32_t lane : row.lanes) {
    const TaskModel& task = stage.history.model.tasks[lane];
    const auto& spans = stage.history.lanes[lane].spans;
    if (task.phase != Phase::done || task.outcome != Outcome::raised || spans.empty()) continue;
    const double at = stage.axis.value(task.ended, spans.back().last);
    if (stage.axis.shows(at)) ++failed[static_cast<std::size_t>((stage.axis.at(at) - stage.axis.x) / width)];
  }
  const auto most = std::max_element(failed.begin(), failed.end());
  if (*most < 2) return;
  const float x = stage.axis.x + width * static_cast<float>(most - failed.begin()) + (stage.cells() ? 2 : stage.cw() * 1.5f);
  const float h = stage.cells() ? 1 : stage.lh();
  stage.chip({x, row.y + row.h - h - (stage.cells() ? 0 : 3), stage.cw() * 20, h},
             {filled({"{} failed here", "这里 {} 个失败"}, stage.language(), counted(*most)),
              filled({"{} failed", "{} 个失败"}, stage.language(), counted(*most))},
             Role::text_warning, Role::failed);
}

}  // namespace awaitscope::view
