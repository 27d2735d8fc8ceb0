// Arrows: who woke or started whom, and cancels, which strike.
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr std::size_t most_arrows = 160;
constexpr std::size_t most_looked_at = 50000;

/// The middle of a task's bar; of the loop's lane for 0; negative when the lane is not on the picture.
float middle(const Stage& stage, TaskId task) {
  const FontMetrics& m = stage.options.metrics;
  if (!task) return stage.plot.y + (m.cells ? 0 : loop_height(m) / 2);
  if (task.value > stage.rows.of_lane.size()) return -1;
  const int row = stage.rows.of_lane[task.value - 1];
  if (row < 0) return -1;
  const Row& r = stage.rows.rows[static_cast<std::size_t>(row)];
  return m.cells ? r.y : r.y + r.bar / 2;
}

bool folded(const Stage& stage, TaskId task) {
  if (!task || task.value > stage.rows.of_lane.size()) return false;
  const int row = stage.rows.of_lane[task.value - 1];
  return row >= 0 && stage.rows.rows[static_cast<std::size_t>(row)].folded();
}

void draw_swallowed(Stage& stage, const Cancellation& c, float y) {
  const double at = stage.axis.value(c.ended_time, c.ended);
  if (!stage.axis.shows(at)) return;
  const float x = stage.axis.at(at), size = stage.cells() ? 1 : stage.lh() * 0.95f;
  stage.icon({stage.cells() ? x : x - size / 2, stage.cells() ? y : y - size / 2, size, size}, Glyph::swallowed, Role::error,
             {Hit::Kind::event, c.ended, c.ended});
  const Instant end = c.task_over ? c.task_ended : stage.history.end;
  const std::string place = place_words(stage.trace, stage.trace[c.ended].where());
  const std::string on = filled({"went on for {}", "又继续了 {}"}, stage.language(), show(end - c.requested_time));
  const float left = x + size * (stage.cells() ? 1 : 0.65f), h = stage.cells() ? 1 : stage.lh();
  std::vector<std::string> texts;
  if (!place.empty())
    texts.push_back(filled({"cancel swallowed at {} · {}", "取消在 {} 被吞掉 · {}"}, stage.language(), place, on));
  const auto in = [&](const Phrase& words) { return std::string(words.in(stage.language())); };
  texts.insert(texts.end(), {in({"cancel swallowed", "取消被吞掉"}) + " · " + on, in({"swallowed", "被吞掉"}) + " · " + on,
                             in({"swallowed", "被吞掉"})});
  stage.chip({left, stage.cells() ? y : y - h / 2, stage.options.canvas.right() - left, h}, texts, Role::text_warning,
             Role::error);
}

}  // namespace

void draw_cancels(Stage& stage) {
  std::set<std::tuple<int, int, int>> drawn;  // (from, to, x): one arrow where several would lie on each other
  std::unordered_map<Seq, TaskId> target_of;
  for (const Cancellation& c : stage.history.cancellations) {
    // A request that was passed down comes from the task that it went through.
    const auto parent = c.parent ? target_of.find(c.parent) : target_of.end();
    if (c.requested) target_of[c.requested] = c.target;
    const float from = middle(stage, parent != target_of.end() && !c.by ? parent->second : c.by), to = middle(stage, c.target);
    if (to < 0) continue;
    const double asked = stage.axis.value(c.requested_time, c.requested);
    if (stage.axis.shows(asked) && from >= 0 && drawn.size() < most_arrows) {
      const float x = stage.axis.at(asked);
      if (drawn.insert({static_cast<int>(from), static_cast<int>(to), static_cast<int>(x)}).second) {
        const float reach = stage.cells() ? 0 : stage.lh() * 0.45f, end = from < to ? to - reach : from > to ? to + reach : to;
        stage.line({{x, from}, {x, end}}, Role::flow_cancel, 3, true);
        if (!folded(stage, c.target) && c.why != CancelReason::parent) {
          const float h = stage.cells() ? 1 : stage.lh(), gap = stage.cells() ? 1 : stage.cw() * 0.8f;
          std::string why = filled({"cancel: {}", "取消：{}"}, stage.language(), reason_words(c.why, stage.language()));
          if (c.scope && c.why == CancelReason::timeout)
            why = filled({"cancel: {}", "取消：{}"}, stage.language(),
                         scope_words(stage.trace, stage.history.model, c.scope, stage.language()));
          stage.chip({x + gap, stage.cells() ? from : from - h / 2, stage.cw() * 26, h},
                     {why, reason_words(c.why, stage.language())}, Role::text, Role::flow_cancel);
        }
      }
    }
    if (c.end == Cancellation::End::swallowed && c.ended && !folded(stage, c.target)) draw_swallowed(stage, c, to);
  }
}

namespace {

/// The arrow that is followed: over all others, whatever it is.
void draw_followed(Stage& stage) {
  const auto& flows = stage.history.flows;
  if (!stage.options.arrow || *stage.options.arrow >= flows.size()) return;
  const Flow& flow = flows[*stage.options.arrow];
  const float from = middle(stage, flow.source), to = middle(stage, flow.target);
  const double begin = stage.axis.value(flow.begin, flow.from), end = stage.axis.value(flow.end, flow.to);
  if (from < 0 || to < 0 || !stage.axis.shows(begin, end)) return;
  const float x0 = stage.axis.at(begin), x1 = stage.axis.at(end), reach = stage.lh() * 0.4f;
  const float head = from == to ? to : from < to ? to - reach : to + reach;
  stage.line({{x0, from}, {x1, head}}, Role::background, 7);
  stage.line({{x0, from}, {x1, head}}, Role::accent, 3.5f, true);
}

}  // namespace

void draw_flows(Stage& stage) {
  if (stage.cells()) return;  // a character grid has no room for arrows beside the bars
  const auto& flows = stage.history.flows;
  const Axis& axis = stage.axis;
  const Hit& selected = stage.options.selected;
  const TaskId chosen = selected.is_lane() ? TaskId{selected.value} : TaskId{};
  auto i =
      std::partition_point(flows.begin(), flows.end(), [&](const Flow& f) { return axis.value(f.end, f.to) < axis.begin; });
  std::set<std::tuple<int, int, int>> drawn;
  for (std::size_t looked = 0; i != flows.end() && looked < most_looked_at && drawn.size() < most_arrows; ++i, ++looked) {
    if (axis.value(i->begin, i->from) > axis.end) break;
    const bool of_chosen = chosen && (i->source == chosen || i->target == chosen);
    // The loop wakes everybody all the time (timers, answers): only for the task that is looked at.
    if (i->type == FlowType::cancel || i->source == i->target || (!i->source && !of_chosen)) continue;
    if (!axis.shows(axis.value(i->begin, i->from), axis.value(i->end, i->to))) continue;
    const float from = middle(stage, i->source), to = middle(stage, i->target);
    if (from < 0 || to < 0 || from == to || (!of_chosen && (folded(stage, i->source) || folded(stage, i->target)))) continue;
    const float x0 = axis.at(i->begin, i->from), x1 = axis.at(i->end, i->to);
    if (!drawn.insert({static_cast<int>(from), static_cast<int>(to), static_cast<int>(x1) / 3}).second) continue;
    const float reach = stage.lh() * 0.4f;
    stage.line({{x0, from}, {x1, from < to ? to - reach : to + reach}},
               i->type == FlowType::spawn ? Role::flow_spawn : Role::flow_wake, of_chosen ? 2.5f : 1.25f, true);
  }
  draw_followed(stage);
}

}  // namespace awaitscope::view
