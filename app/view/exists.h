#pragma once
// Whether a run has what a locator, a session file, a script or a click names.
#include "app/view/session.h"

namespace awaitscope::view {

/// As far as the run may be seen.  Nothing (Hit::Kind::none) is always there.
bool exists(const Hit& hit, const Side& side);
/// Says that the run has it not.
void say_missing(Session& session, const Hit& hit);

}  // namespace awaitscope::view
