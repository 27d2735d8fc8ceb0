// Events that arrived: the history grows, the playhead and the window follow where the person has not moved them.
#include "app/view/navigate.h"

namespace awaitscope::view {

void take_in(Session& session, Side& side) {
  const Seq known = side.history.model.seq;
  const bool follows = side.step >= known;  // at the end of what was known, also at the first arrival
  // The window is "everything" as long as nobody has zoomed: then it grows with the run.
  Instant shown;
  for (const auto& each : session.sides)
    shown = std::max(shown, session.order_ruler ? Instant{each->history.model.seq} : each->history.end);
  const bool all_shown = session.view_begin.ns <= 0 && session.view_end >= shown;

  side.history.extend(side.trace);
  if (!side.running) {
    side.findings = run_lints({side.trace, side.history, {}}, all_lints());
    if (session.selected_finding >= static_cast<int>(session.side().findings.size())) session.selected_finding = -1;
  }
  if (follows) side.step = side.trace.size();
  side.step = std::min(side.step, side.trace.size());
  side.model = side.replay.at(side.step);
  if (all_shown || session.view_begin >= horizon(session)) fit_all(session);
}

}  // namespace awaitscope::view
