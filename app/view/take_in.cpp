// Events that arrived: the history grows, the playhead and the window follow where the person has not moved them.
#include "app/view/navigate.h"
#include "app/view/pictures.h"
#include "app/view/search.h"
#include "app/view/teaching_walk.h"

namespace awaitscope::view {

namespace {

void judge(Side& side, const std::map<std::string, double>& thresholds) {
  Run run = run_of(side);
  run.settings = thresholds;
  side.findings = run_lints(run, all_lints());
  side.memo.forget();
}

void judge(Session& session, Side& side) {
  judge(side, session.thresholds);
  if (&side == &session.side() && session.selected_finding >= static_cast<int>(side.findings.size()))
    session.selected_finding = -1;
}

void compare_sides(Session& session) {
  session.comparison.reset();
  session.deltas = deltas(session);
  if (session.sides.size() != 2) return;
  const Side &a = *session.sides[0], &b = *session.sides[1];
  if (a.running || b.running || a.trace.empty() || b.trace.empty()) return;
  auto compared = compare(run_of(a), a.findings, run_of(b), b.findings);
  if (compared) session.comparison = std::move(*compared);
}

}  // namespace

Run run_of(const Side& side) {
  Run run{side.trace, side.history, {}};
  if (side.index) run.kept[typeid(EventIndex)] = side.index;
  return run;
}

Run seen_run_of(const Side& side) { return side.past ? Run{side.past->trace, side.past->history, {}} : run_of(side); }

void judge(Session& session) {
  for (const auto& side : session.sides)
    if (!side->running) judge(session, *side);
  compare_sides(session);
}

void prepare(Side& side, const std::map<std::string, double>& thresholds) {
  side.history.extend(side.trace);
  side.index = std::make_shared<EventIndex>(Run{side.trace, side.history, {}});
  judge(side, thresholds);
  side.step = side.trace.size();
  side.model = side.replay.at(side.step);
}

void forget_runs(Session& session) {
  session.comparison.reset();  // it points into the histories
  session.deltas.clear();
  session.sides.clear();
  session.selected = session.hovered = {};
  session.selected_finding = -1;
  session.range.reset();
  session.inspection.brush.reset();
  session.outside.reset();
  session.hunt.journey = {};
  session.hunt.arrow.reset();
  session.hunt.shown.reset();
  session.hunt.reveal = {};
  search_again(session);
}

void show_alone(Session& session, std::unique_ptr<Side> side) {
  forget_runs(session);
  session.sides.push_back(std::move(side));
  session.active = 0;
  session.show = Show::one;
  compare_sides(session);
  draw_veil(session);
  fit_all(session);
}

void take_in(Session& session, Side& side) {
  const Seq known = side.history.model.seq;
  const bool follows = side.step >= known;  // at the end of what was known, also at the first arrival
  // The window is "everything" as long as nobody has zoomed: then it grows with the run.
  Instant shown;
  for (const auto& each : session.sides)
    shown = std::max(shown, session.order_ruler ? Instant{each->history.model.seq} : shown_end(each->history));
  const bool all_shown = session.view_begin.ns <= 0 && session.view_end >= shown;

  side.history.extend(side.trace);
  session.comparison.reset();  // it points into the histories
  if (!side.running) {
    side.index = std::make_shared<EventIndex>(Run{side.trace, side.history, {}});
    judge(session, side);
  }
  if (follows) side.step = side.trace.size();
  side.step = std::min(side.step, side.trace.size());
  side.model = side.replay.at(side.step);
  const auto searched = static_cast<std::size_t>(session.hunt.search.side);
  if (!side.running && searched < session.sides.size() && &side == session.sides[searched].get()) search_again(session);
  compare_sides(session);
  draw_veil(session);
  if (all_shown || session.view_begin >= horizon(session)) fit_all(session);
}

}  // namespace awaitscope::view
