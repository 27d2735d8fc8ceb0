#pragma once
// The status line.
#include <vector>

#include "app/view/session.h"
#include "app/view/text.h"

namespace awaitscope::view {

/// Puts the message in place of what stood there, an earlier error too.
inline void say(Session& session, std::string message, bool error = false) {
  session.message = std::move(message);
  session.message_is_error = error;
}

template <class... Values>
void say(Session& session, const Phrase& words, const Values&... values) {
  say(session, filled(words, session.language, values...));
}

/// Says why an action was not done.
template <class... Values>
std::vector<Request> refuse(Session& session, const Phrase& words, const Values&... values) {
  say(session, filled(words, session.language, values...), true);
  return {};
}

}  // namespace awaitscope::view
