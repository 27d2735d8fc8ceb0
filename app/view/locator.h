#pragma once
// A place in a run as text: what stands behind the # of `run.awtrace#t=1.5s..2s&at=1.7s&sel=task:7`.
#include "app/view/session.h"
#include "core/base/result.h"

namespace awaitscope::view {

/// Everything may be missing.
struct Locator {
  std::optional<std::pair<Instant, Instant>> window;  ///< t=1.5s..2s
  std::optional<Instant> at;                          ///< at=1.7s
  Seq event = 0;                                      ///< at=event:12, exact where several happen at one moment
  std::optional<Hit> selected;                        ///< sel=task:7, event:12, resource:3, scope:2, finding:1
  std::optional<std::pair<Instant, Instant>> range;   ///< range=1s..2s
  std::string side;                                   ///< side=fixed
  std::string lanes;                                  ///< lanes=fetch%20-worker: the filter
};
/// The error is one line: what is wrong and what is accepted.
Result<Locator> read_locator(std::string_view text);
/// The place with all that `over` says instead.
Locator overlaid(Locator place, const Locator& over);
/// "1.5s..2s"; used by the option --t too.
Result<std::pair<Instant, Instant>> read_stretch(std::string_view text);
/// "task:7"; used by the option --sel too.
Result<Hit> read_selection(std::string_view text);
/// Of what is on screen, without the file and the #.
std::string locator_of(const Session& session);
/// Shows the place.  What the run does not have is left out, and the status line says so.
void go_to(Session& session, const Locator& locator);

}  // namespace awaitscope::view
