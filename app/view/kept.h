#pragma once
// What each act of sessions, recent files, cards and challenges does.
#include "app/view/session.h"

namespace awaitscope::view {

constexpr std::size_t most_recent = 10;
inline constexpr std::string_view session_ending = ".awsession";

/// Puts a file at the top of the recent ones.
void remember(Session& session, const std::string& path);
std::vector<Request> open_recent(Session& session, double number);
/// Adds the ending where it lacks.
std::vector<Request> save_session(Session& session, const std::string& path);
void handle_cards(Session& session, const Action& action);
std::vector<Request> set_student(Session& session, const std::string& word);

}  // namespace awaitscope::view
