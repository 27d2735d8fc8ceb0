// What lies on a lane besides its spans: named regions, readings and writings of shared cells, errors that wait for a reader,
// timers that outlive their task, coroutines that never ran, and in the column at the right how each task ended.
#include <cmath>

#include <fmt/format.h>

#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr std::size_t most_accesses = 60;        // in a lane; more would only be a fence
constexpr std::ptrdiff_t most_looked_at = 5000;  // for each lane of each picture

float middle(const Stage& stage, const Row& row) { return stage.cells() ? row.y : row.y + row.bar / 2; }

/// A small icon with its middle at x, in the middle of the lane's bar.
void mark(Stage& stage, const Row& row, float x, Glyph glyph, Role role, Seq seq, float part = 0.6f) {
  const float size = stage.cells() ? 1 : stage.lh() * part;
  stage.icon({stage.cells() ? x : x - size / 2, stage.cells() ? row.y : middle(stage, row) - size / 2, size, size}, glyph, role,
             {Hit::Kind::event, seq, seq});
}

}  // namespace

bool waits_forever(const History& history, const Span& span) {
  return history.model.ended && history.model.outcome == RunOutcome::hang && span.last == 0 &&
         (span.phase == Phase::waiting || span.phase == Phase::running);
}

float rail_width(const Rect& canvas, const FontMetrics& m) {
  if (canvas.w < 60 * m.char_width) return 0;
  return m.cells ? 2 : std::round(m.line_height * 1.2f);
}

void draw_regions(Stage& stage, const Row& row, std::uint32_t lane) {
  if (std::ssize(stage.history.regions) > most_looked_at) return;
  for (const RegionSpan& region : stage.history.regions) {
    if (region.task.value != lane + 1) continue;
    const double from = stage.axis.value(region.begin, region.first),
                 to = stage.axis.value(region.end, region.last ? region.last : stage.trace.size());
    if (!stage.axis.shows(from, to)) continue;
    const float x0 = stage.axis.at(from), x1 = stage.axis.at(to), w = x1 - x0;
    if (!stage.cells()) {
      // A bracket above the bar: neighbours touch, so each has feet of its own.
      const float top = row.y + 1, high = std::max(2.0f, stage.lh() * 0.14f), foot = row.bar * 0.3f;
      const Hit hit{Hit::Kind::event, region.first, region.first};
      stage.box({x0, top, std::max(w, 2.0f), high}, Role::accent, Pattern::solid, hit);
      stage.box({x0, top, 2, foot}, Role::accent, Pattern::solid, hit);
      if (w > 6) stage.box({x1 - 2, top, 2, foot}, Role::accent, Pattern::solid, hit);
    }
    const float inset = stage.cells() ? 0 : 5;
    if (w > 3 * stage.cw())
      stage.chip({x0 + inset, row.y, w - inset, row.bar},
                 {std::string(stage.trace.text(region.name.value)) + (stage.cells() ? " " : "")}, Role::text, Role::accent,
                 Align::left, false);
  }
}

void draw_cells(Stage& stage, const Row& row, std::uint32_t lane) {
  const auto& all = stage.history.accesses;
  const auto at = [&](const Access& a) { return stage.axis.value(a.time, a.seq); };
  const auto first = std::partition_point(all.begin(), all.end(), [&](const Access& a) { return at(a) < stage.axis.begin; });
  const auto last = std::partition_point(first, all.end(), [&](const Access& a) { return at(a) <= stage.axis.end; });
  if (last - first > most_looked_at) return;
  std::vector<const Access*> seen;
  for (auto i = first; i != last; ++i)
    if (i->task.value == lane + 1) seen.push_back(&*i);
  if (seen.empty() || seen.size() > most_accesses) return;
  for (const Access* access : seen) {
    const float x = stage.axis.at(access->time, access->seq), gap = stage.cells() ? 1 : stage.lh() * 0.4f;
    const bool lost = access->lost > 0;
    mark(stage, row, x, lost ? Glyph::warning : Glyph::dot,
         lost            ? Role::error
         : access->write ? Role::accent
                         : Role::info,
         access->seq, lost ? 0.7f : 0.4f);
    const std::string cell = resource_words(stage.trace, stage.history.model, access->cell);
    const auto in = [&](const Phrase& words) { return std::string(words.in(stage.language())); };
    std::vector<std::string> texts;
    if (lost) {
      texts = {filled({"{} := v{}, over what it had not seen", "{} := v{}，覆盖了它没见过的值"}, stage.language(), cell,
                      access->version),
               in({"lost update", "丢失更新"})};
    } else if (access->write) {
      texts = {fmt::format("{} := v{}", cell, access->version), fmt::format("v{}", access->version)};
    } else {
      texts = {filled({"reads {} v{}", "读 {} v{}"}, stage.language(), cell, access->version),
               fmt::format("v{}", access->version)};
    }
    stage.chip({x + gap, row.y, std::min(stage.cw() * 36, stage.axis.x + stage.axis.w - x - gap), row.bar}, texts,
               lost ? Role::text_warning : Role::text, lost ? Role::error : Role::background, Align::left, false);
  }
}

void draw_unseen(Stage& stage, const Row& row, std::uint32_t lane) {
  const auto& all = stage.history.unseen;
  if (std::ssize(all) > most_looked_at) return;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Unseen& u) { return u.task.value == lane + 1; });
  if (found == all.end()) return;
  const double from = stage.axis.value(found->failed_time, found->failed),
               to = stage.axis.value(found->seen_time, found->seen ? found->seen : stage.trace.size());
  if (!stage.axis.shows(from, to)) return;
  const float x0 = stage.axis.at(from), x1 = stage.axis.at(to);
  if (x1 - x0 < 3 * stage.cw()) return;
  const float size = stage.cells() ? 1 : stage.lh() * 0.9f, left = x0 + size;
  if (!stage.cells()) {
    // Along the lane while nobody looks, then to whoever did.
    const float y = row.y + row.bar * 0.82f;
    std::vector<Point> path = {{x0, y}, {x1, y}};
    if (found->seen && found->by && found->by.value <= stage.rows.of_lane.size())
      if (const int reader = stage.rows.of_lane[found->by.value - 1]; reader >= 0)
        path.push_back({x1, middle(stage, stage.rows.rows[static_cast<std::size_t>(reader)])});
    stage.line(std::move(path), Role::warning, 2.5f, found->seen != 0, true);
  }
  const TaskModel& task = stage.history.model.tasks[lane];
  const std::string error(stage.trace.text(task.error.value));
  const std::string unseen =
      found->seen ? filled({"unseen for {}", "{} 内无人看到"}, stage.language(), show(found->seen_time - found->failed_time))
                  : std::string(Phrase{"nobody reads this error", "没有人读取这个错误"}.in(stage.language()));
  const float lower = stage.cells() ? 0 : row.bar * 0.12f;  // the line keeps clear of the words
  stage.chip({left, row.y - lower, stage.axis.x + stage.axis.w - left, row.bar},
             {error + " · " + unseen, unseen + " · " + error, unseen}, Role::text_warning, Role::warning);
}

void draw_left_timers(Stage& stage, const Row& row, std::uint32_t lane) {
  const TaskModel& task = stage.history.model.tasks[lane];
  if (task.phase != Phase::done || !stage.history.model.ended) return;
  for (const TimerModel& timer : stage.history.model.timers) {
    if (timer.task != task.id) continue;
    const double from = stage.axis.value(task.ended, task.since);
    if (!stage.axis.shows(from)) continue;
    const float x0 = stage.axis.at(from) + (stage.cells() ? 1 : stage.lh() * 0.7f);
    const float due = stage.axis.order ? stage.axis.x + stage.axis.w : stage.axis.at(static_cast<double>(timer.when));
    if (due <= x0) return;
    const float y = row.y + row.bar * 0.85f;  // below the words
    stage.line({{x0, y}, {due, y}}, Role::warning, 2, true, true);
    mark(stage, row, x0 + (stage.cells() ? 1 : stage.lh() * 0.3f), Glyph::flag, Role::warning, timer.id.value ? task.since : 0);
    const float left = x0 + (stage.cells() ? 2 : stage.lh() * 0.7f);
    const std::string at = moment_words({timer.when});
    const auto in = [&](const Phrase& words) { return std::string(words.in(stage.language())); };
    stage.chip({left, row.y, stage.axis.x + stage.axis.w - left, row.bar},
               {filled({"timer still set for {}", "定时器仍设在 {}"}, stage.language(), at), in({"timer left", "留下定时器"}),
                in({"timer", "定时器"})},
               Role::text_warning, Role::warning, Align::left, false);
    return;
  }
}

void draw_ghost(Stage& stage, const Row& row) {
  const Unstarted& ghost = stage.history.unstarted[static_cast<std::size_t>(row.ghost)];
  const Rect& canvas = stage.options.canvas;
  const float unit = stage.cells() ? 1 : stage.cw(), size = stage.cells() ? 1 : stage.lh() * 0.55f;
  const float indent =
      std::min((stage.cells() ? 0 : unit) + unit * 1.6f * static_cast<float>(row.depth), stage.header.w * 0.4f);
  const float x = canvas.x + (stage.cells() ? std::round(indent) : indent), left = x + size + unit * (stage.cells() ? 1 : 0.6f);
  if (!stage.cells()) {
    stage.box({canvas.x, row.y, stage.header.w, row.h}, Role::panel);
    stage.box({canvas.x, row.y + row.h - 1, canvas.w, 1}, Role::grid);
  }
  const Hit hit{Hit::Kind::event, ghost.seq, ghost.seq};
  stage.icon({x, row.y + (row.bar - size) / 2, size, size}, Glyph::warning, Role::warning, hit);
  stage.label({left, row.y, canvas.x + stage.header.w - left - 1, row.bar},
              std::string(stage.trace.text(ghost.function.value)) + "()", Role::text_dim);
  const Seq made = stage.trace[ghost.seq].cause;
  const double from = made && made < ghost.seq ? stage.axis.value(stage.trace[made].at(), made)
                                               : stage.axis.value(ghost.time, ghost.seq),
               to = stage.axis.value(ghost.time, ghost.seq);
  if (!stage.axis.shows(from, to)) return;
  const float x0 = stage.axis.at(from), x1 = std::min(std::max(stage.axis.at(to), x0 + 6 * unit), stage.axis.x + stage.axis.w);
  const float h = stage.cells() ? 1 : row.bar * 0.6f, y = row.y + (row.bar - h) / 2;
  if (stage.cells()) stage.box(stage.snapped({x0, y, x1 - x0, 1}), Role::created, Pattern::outline, hit);
  else stage.line({{x0, y}, {x1, y}, {x1, y + h}, {x0, y + h}, {x0, y}}, Role::created, 1.5f, false, true);
  const float end = stage.cells() ? x1 : x1 + stage.lh() * 0.5f;
  mark(stage, row, end, Glyph::warning, Role::warning, ghost.seq, 0.7f);
  const float words = end + (stage.cells() ? 1 : stage.lh() * 0.5f);
  const auto in = [&](const Phrase& words) { return std::string(words.in(stage.language())); };
  const std::vector<std::string> texts = {in({"made and thrown away: not one line of it ran", "创建后就丢弃：一行也没运行"}),
                                          in({"never awaited", "从未等待"})};
  if (!stage.chip({x0, row.y, x1 - x0, row.bar}, texts, Role::text_warning, Role::warning, Align::center, false))
    stage.chip({words, row.y, stage.axis.x + stage.axis.w - words, row.bar}, texts, Role::text_warning, Role::warning,
               Align::left, false);
}

void draw_rail(Stage& stage, const Row& row) {
  const float rail = rail_width(stage.options.canvas, stage.options.metrics);
  if (rail <= 0) return;
  const float left = stage.options.canvas.right() - rail;
  if (!stage.cells()) stage.box({left, row.y, rail, row.h - 1}, Role::panel);
  if (row.folded() || row.lanes.empty()) return;
  const TaskModel& task = stage.history.model.tasks[row.lanes.front()];
  const auto& spans = stage.history.lanes[row.lanes.front()].spans;
  if (spans.empty()) return;
  State end{Glyph::dot, Role::border};
  if (waits_forever(stage.history, spans.back())) end = {Glyph::pause, Role::error};
  else if (task.phase != Phase::done) end = {Glyph::dot, Role::warning};
  else if (task.outcome == Outcome::raised) end = {Glyph::cross, Role::failed};
  else if (task.outcome == Outcome::cancelled) end = {Glyph::cancelled, Role::cancelled};
  else end = {Glyph::done, Role::done};
  const float size = stage.cells() ? 1 : stage.lh() * 0.6f;
  stage.icon(
      {stage.cells() ? left + 1 : left + (rail - size) / 2, stage.cells() ? row.y : row.y + (row.bar - size) / 2, size, size},
      end.glyph, end.role, {Hit::Kind::task, row.lanes.front() + 1, 0});
}

}  // namespace awaitscope::view
