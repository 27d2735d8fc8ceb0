#pragma once
// Lessons in the order they are taught, and the versions that a question runs.
#include <optional>

#include "app/view/session.h"
#include "scenarios/playlist.h"

namespace awaitscope::desk {

/// All lessons, in the order of the cards.
void take_cards(view::Session& session, const std::string& folder = {});
/// Those of a playlist; the error names the playlists that there are.
Status take_playlist(view::Session& session, const std::string& id, const std::string& folder = {});

/// The bad version and the fixed one of a pair that holds this one: "bad.thread" goes with "fixed.thread" where that exists.
std::pair<std::string, std::string> versions_of(const Scenario& scenario, const std::string& variant);

/// What scripts and tests may expect of a lesson that is taught: "phase", "question", "votes", "locked", "course".
std::optional<std::string> lesson_fact(const view::Session& session, std::string_view name);

}  // namespace awaitscope::desk
