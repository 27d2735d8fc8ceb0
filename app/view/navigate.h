#pragma once
// Movement through a run: the playhead and the window of time.
#include "app/view/session.h"

namespace awaitscope::view {

enum class Unit : std::uint8_t { event, step, tick, bookmark };

/// Makes a side the one that keys and panels are about; what was chosen among the other's findings and arrows goes.
void activate(Session& session, int side);
/// Moves the active playhead by one unit; the other side follows by time.
void move(Session& session, Unit unit, int direction);
/// To an event of the active side, clamped to the run; the window follows so that it stays in sight.
void seek(Session& session, Seq seq);
void seek_end(Session& session);
/// To a place on the ruler: nanoseconds, or an event number where the ruler shows the order.
void seek_ruler(Session& session, double at);
void play_pause(Session& session);
/// Time passed (seconds): moves the playhead while playing.  True if anything changed.
bool play_on(Session& session, double seconds);

/// The window times `factor`, with the point at `fraction` fixed; below 0: the playhead.
void zoom(Session& session, double fraction, double factor);
void pan(Session& session, double fraction);
void scroll(Session& session, double lanes);
void fit_all(Session& session);
/// Of the range where there is one, else of what is selected; or of `wanted`, a lane or a bar.
void fit_selection(Session& session, const Hit& wanted = {});
void center(Session& session);
/// The range, the selected bar, or else the playhead; asked for twice in a row it fits the selection.
void focus(Session& session);
void show_range(Session& session, double begin, double end);
void toggle_order(Session& session);

/// The events of a lesson's stops in a run, in its order.
std::vector<Seq> stops_of(const Side& side);
/// The stretch of the task that an event lies in; the whole lane before it began, nothing where there is no such lane.
Hit spot_of(const Side& side, TaskId task, Seq seq);

/// Where the active playhead stands on the ruler: a moment, or in order mode an event number as nanoseconds.
Instant on_ruler(const Session& session);
/// Numbers from outside (scripts) to places, clamped; not-a-number is 0.
Instant to_instant(double ns);
Seq to_seq(double seq);

}  // namespace awaitscope::view
