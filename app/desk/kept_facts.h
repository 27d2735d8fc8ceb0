#pragma once
// What scripts may expect of sessions, recent files, cards and challenges.
#include <optional>
#include <string>

#include "app/view/session.h"

namespace awaitscope::desk {

/// The value of a fact; nothing for a name that is none of these.
std::optional<std::string> kept_fact(const view::Session& session, const std::string& name);

}  // namespace awaitscope::desk
