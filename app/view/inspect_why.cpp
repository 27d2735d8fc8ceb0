// Why a step ran when it did, what stands behind a wait, and why nothing happens at all.
#include <fmt/format.h>

#include "app/view/inspector.h"
#include "app/view/pictures.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "core/findings/why.h"

namespace awaitscope::view {
namespace {

constexpr std::size_t most_while_moving = 5000;  ///< tasks that a frame can look at while the playhead runs
constexpr Seq most_without_index = 200'000;      ///< events that may be looked through while a run goes on

struct Graph {
  WaitGraph graph;
};
struct WhyLines {
  std::vector<WhyLine> lines;
};

WhyLines why_lines(const Side& side, Language language) {
  const Standstill why = why_nothing_happens(seen_run_of(side), side.model, 12);
  WhyLines out{{{printable(why.headline), 0, why.event, true}}};
  std::size_t told = 0;
  for (const Standstill::Group& group : why.groups) {
    told += group.tasks.size();
    bool head = true;
    for (const Reason& reason : group.reasons)
      out.lines.push_back({printable(reason.text), reason.depth, reason.event, std::exchange(head, false)});
  }
  if (told < why.pending)
    out.lines.push_back(
        {filled({"{} more tasks are pending", "还有 {} 个任务未结束"}, language, counted(why.pending - told)), 0, 0, true});
  return out;
}

}  // namespace

std::string moment_key(const Side& side) { return fmt::format("{} {}", side.seen_trace().size(), side.step); }

const WaitGraph* graph_of(const Session& session) {
  const Side& side = session.side();
  if (!side.index && side.seen_trace().size() > most_without_index) return nullptr;
  if (session.playing && side.model.tasks.size() > most_while_moving) return nullptr;
  return &side.memo.of<Graph>(moment_key(side), [&] { return Graph{wait_graph(seen_run_of(side), side.model)}; }).graph;
}

/// Why the selected step ran when it did, or the task's last one at the playhead; and what stands behind its wait.
void Inspector::about_why(const Hit& hit) {
  const TaskId task{hit.value};
  if (!side.index && trace.size() > most_without_index) return;
  const Run run = seen_run_of(side);
  Seq step = hit.kind == Hit::Kind::span ? hit.seq : 0;
  if (!step || step > trace.size() || trace.kind(step) != Kind::step_begin || trace[step].who() != task)
    step = step_before(run, task, side.step);
  heading({"Why it resumed here", "为什么在这里恢复"});
  for (const Reason& reason : why_resumed(run, step, 6)) also(printable(reason.text), to_event(reason.event), reason.depth);
  const TaskModel* now = model.task(task);
  if (!now || now->phase != Phase::waiting) return;
  const WaitGraph* graph = graph_of(session);
  if (!graph) return;
  heading({"Behind its wait", "等待背后"});
  for (const Reason& reason : behind(run, model, *graph, task))
    also(printable(reason.text), to_event(reason.event), reason.depth);
}

bool hangs(const Session& session) {
  if (!session.has_runs() || session.side().running) return false;
  const Model& end = session.side().seen().model;
  return end.ended && end.outcome == RunOutcome::hang;
}

std::vector<WhyLine> why_nothing(const Session& session) {
  if (!session.has_runs()) return {};
  const Side& side = session.side();
  if (!side.index || (session.playing && side.model.tasks.size() > most_while_moving)) return {};
  const std::string key = fmt::format("{} {}", moment_key(side), static_cast<int>(session.language));
  return side.memo.of<WhyLines>(key, [&] { return why_lines(side, session.language); }).lines;
}

}  // namespace awaitscope::view
