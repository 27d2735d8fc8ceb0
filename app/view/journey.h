#pragma once
// Going back: what moving about changed, step by step.  Pans and zooms in a row are one step, and so is a drag.
#include "app/view/session.h"

namespace awaitscope::view {

/// Lives as long as `update` carries out an action, and keeps what the action moved away from.
class Remember {
 public:
  Remember(Session& session, const Action& action);
  ~Remember();
  Remember(const Remember&) = delete;

 private:
  Session& session_;
  const Action& action_;
  Place before_;
};

void undo(Session& session);
void redo(Session& session);

}  // namespace awaitscope::view
