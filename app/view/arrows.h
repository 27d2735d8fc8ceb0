#pragma once
// Walking along a lane, and along arrows from lane to lane: who woke, made or cancelled whom.
#include "app/view/session.h"

namespace awaitscope::view {

/// The next (+1) or previous (-1) stretch of the selected lane; the playhead goes to its beginning.
void next_span(Session& session, int direction);
/// The next arrow that begins or ends at the selection.
void cycle_arrow(Session& session, int direction);
/// To the head of the arrow (from the waker to the woken), or to its tail.  Where none is chosen, or one already stands at
/// that end, to that of the selection's own next one: so a chain is walked by the same key.
void follow_arrow(Session& session, bool to_head);
/// Indices of the active run's flows at the selection: those of the selected stretch, or of the whole lane.
std::vector<std::uint32_t> arrows_at(const Session& session);
/// "main woke worker-2 at 1.000 s".
std::string arrow_words(const Side& side, const Flow& flow, Language language);

}  // namespace awaitscope::view
