#include "app/view/arrows.h"

#include <fmt/format.h>

#include "app/view/navigate.h"
#include "app/view/say.h"
#include "app/view/stage.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

TaskId selected_task(const Session& session) {
  const Hit& hit = session.selected;
  return hit.is_lane() && session.has_runs() && hit.value <= session.side().seen().lanes.size() ? TaskId{hit.value} : TaskId{};
}

/// The one that is selected, else where the playhead stands.
const Span* chosen_span(const Session& session, TaskId task) {
  const Lane& lane = session.side().seen().lanes[task.value - 1];
  return span_at(lane, session.selected.kind == Hit::Kind::span ? session.selected.seq : session.side().step);
}

void stand_on(Session& session, TaskId task, Seq seq) {
  session.playing = false;
  seek(session, seq);
  session.selected_finding = -1;
  session.selected = spot_of(session.side(), task, seq);
  if (session.selected.is_lane()) session.hunt.reveal = task;
  else session.selected = {Hit::Kind::event, seq, seq};
}

/// The events of the selected stretch.  A step begins with the wake-up that made it ready.
std::pair<Seq, Seq> events_of(const Session& session, TaskId task) {
  const auto& spans = session.side().seen().lanes[task.value - 1].spans;
  const auto span = std::find_if(spans.begin(), spans.end(), [&](const Span& s) { return s.first == session.selected.seq; });
  if (session.selected.kind != Hit::Kind::span || span == spans.end()) return {0, session.side().seen_trace().size()};
  Seq first = span->first;
  if (span != spans.begin() && span->phase == Phase::running)
    if (const Span& before = *(span - 1); before.phase == Phase::ready || before.phase == Phase::created) first = before.first;
  return {first, span->last ? span->last : session.side().seen_trace().size()};
}

/// Where an arrow touches a lane.
Seq seq_on(const Flow& flow, TaskId task) { return flow.target == task ? flow.to : flow.from; }

void choose(Session& session, std::uint32_t arrow, std::size_t place, std::size_t of) {
  session.hunt.arrow = arrow;
  say(session, Phrase{"{} ({} of {})", "{}（第 {} 个，共 {} 个）"},
      arrow_words(session.side(), session.side().seen().flows[arrow], session.language), place, counted(of));
}

bool needs_lane(Session& session) {
  if (!session.has_runs()) return true;
  if (selected_task(session)) return false;
  say(session, Phrase{"select a lane or a bar first", "请先选择一行或一段"});
  return true;
}

}  // namespace

std::string arrow_words(const Side& side, const Flow& flow, Language language) {
  const auto who = [&](TaskId task) { return task_words(side.seen_trace(), side.seen().model, task, language); };
  const Phrase words = flow.type == FlowType::spawn  ? Phrase{"{} made {} at {}", "{} 创建了 {}，{}"}
                       : flow.type == FlowType::wake ? Phrase{"{} woke {} at {}", "{} 唤醒了 {}，{}"}
                                                     : Phrase{"{} asked {} to stop at {}", "{} 要求 {} 停止，{}"};
  return filled(words, language, who(flow.source), who(flow.target), moment_words(flow.begin));
}

std::vector<std::uint32_t> arrows_at(const Session& session) {
  std::vector<std::uint32_t> out;
  const TaskId task = selected_task(session);
  if (!task) return out;
  const auto [first, last] = events_of(session, task);
  const auto& flows = session.side().seen().flows;
  for (std::uint32_t i = 0; i < flows.size(); ++i) {
    const Flow& flow = flows[i];
    if (flow.source == flow.target) continue;
    const bool in = flow.target == task && flow.to >= first && flow.to <= last;
    const bool out_of = flow.source == task && flow.from >= first && flow.from <= last;
    if (in || out_of) out.push_back(i);
  }
  std::stable_sort(out.begin(), out.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return seq_on(flows[a], task) < seq_on(flows[b], task); });
  return out;
}

void next_span(Session& session, int direction) {
  if (needs_lane(session)) return;
  const TaskId task = selected_task(session);
  const auto& spans = session.side().seen().lanes[task.value - 1].spans;
  if (spans.empty()) return;
  const Span* now = chosen_span(session, task);
  std::ptrdiff_t to = now ? now - spans.data() : -1;
  // A lane without a chosen stretch begins at the playhead's.
  if (!now || session.selected.kind == Hit::Kind::span) to += direction;
  to = std::clamp<std::ptrdiff_t>(to, 0, static_cast<std::ptrdiff_t>(spans.size()) - 1);
  stand_on(session, task, spans[static_cast<std::size_t>(to)].first);
}

void cycle_arrow(Session& session, int direction) {
  if (needs_lane(session)) return;
  const std::vector<std::uint32_t> arrows = arrows_at(session);
  if (arrows.empty()) {
    session.hunt.arrow.reset();
    return say(session, Phrase{"no arrow begins or ends here", "这里没有箭头开始或结束"});
  }
  const auto n = static_cast<std::ptrdiff_t>(arrows.size());
  const auto chosen = session.hunt.arrow ? std::find(arrows.begin(), arrows.end(), *session.hunt.arrow) : arrows.end();
  std::ptrdiff_t to = 0;
  if (chosen != arrows.end()) {
    to = (chosen - arrows.begin() + direction + n) % n;
  } else if (session.selected.kind == Hit::Kind::task) {  // of a whole lane the one at the playhead
    const auto& flows = session.side().seen().flows;
    const TaskId task = selected_task(session);
    const auto after = std::partition_point(arrows.begin(), arrows.end(),
                                            [&](std::uint32_t i) { return seq_on(flows[i], task) < session.side().step; });
    to = direction > 0 ? (after - arrows.begin()) % n : (after - arrows.begin() - 1 + n) % n;
  } else if (direction < 0) {
    to = n - 1;
  }
  choose(session, arrows[static_cast<std::size_t>(to)], static_cast<std::size_t>(to) + 1, arrows.size());
}

void follow_arrow(Session& session, bool to_head) {
  if (!session.has_runs()) return;
  const auto& flows = session.side().seen().flows;
  auto& arrow = session.hunt.arrow;
  if (arrow && *arrow >= flows.size()) arrow.reset();
  const auto stands_there = [&] {
    const Flow& flow = flows[*arrow];
    return session.side().step == (to_head ? flow.to : flow.from) &&
           selected_task(session) == (to_head ? flow.target : flow.source);
  };
  if (!arrow || stands_there()) {
    if (needs_lane(session)) return;
    const TaskId task = selected_task(session);
    const std::vector<std::uint32_t> arrows = arrows_at(session);
    const Seq now = session.side().step;
    std::optional<std::uint32_t> next;
    for (const std::uint32_t i : arrows) {
      if (i == arrow) continue;
      if (to_head && flows[i].source == task && flows[i].from >= now && !next) next = i;
      if (!to_head && flows[i].target == task && flows[i].to <= now) next = i;
    }
    if (!next) {  // nothing in this direction from the playhead: any of the selection
      for (const std::uint32_t i : arrows)
        if (i != arrow && (to_head ? flows[i].source == task : flows[i].target == task)) next = next && to_head ? next : i;
    }
    if (!next)
      return say(session, to_head ? Phrase{"no arrow begins here", "这里没有箭头开始"}
                                  : Phrase{"no arrow ends here", "这里没有箭头结束"});
    arrow = next;
  }
  const Flow flow = flows[*arrow];
  stand_on(session, to_head ? flow.target : flow.source, to_head ? flow.to : flow.from);
  say(session, arrow_words(session.side(), flow, session.language));
}

}  // namespace awaitscope::view
