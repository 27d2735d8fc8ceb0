#pragma once
// The window of time on its way to its goal: what is shown moves there in a fifth of a second.  Only a window on a screen
// glides; a script's jumps at once.
#include "app/view/session.h"

namespace awaitscope::view {

/// The text of actions that a moving pointer repeats: they follow it, and count as one.
inline constexpr std::string_view dragged = "drag";

/// The window of time as it is to be drawn now.
std::pair<Instant, Instant> shown_window(const Session& session);
inline bool gliding(const Session& session) { return session.hunt.shown.has_value(); }
/// The goal has changed: what was shown stays where it was, unless `jump`.
void begin_glide(Session& session, Instant begin, Instant end, bool jump);
/// Time passed (seconds).
void glide_on(Session& session, double seconds);

}  // namespace awaitscope::view
