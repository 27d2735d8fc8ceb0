#pragma once
// A session as a file: what is open, where its playhead stands and how it is looked at.  It may come from anybody: nothing of
// it is believed that was not checked.
#include <string>

#include "app/desk/fields.h"
#include "app/view/session.h"
#include "scenarios/scenario.h"

namespace awaitscope::desk {

/// One part of a session file, by its name there: a function that writes it and one that reads it.  An area of the app that
/// keeps something adds one line to `session_areas`.
struct SessionArea {
  std::string_view name;
  /// JSON, "" for nothing.
  std::string (*write)(const view::Session& session) = nullptr;
  /// Called twice: on a trial session without runs, where every error must show, then on the one on screen, with its runs.
  Status (*read)(const Source& source, const json::Value& value, view::Session& session) = nullptr;
};
const std::vector<SessionArea>& session_areas();

/// What a lesson runs where nothing else was asked for.
inline const std::vector<std::string> both_versions = {"bad", "fixed"};

/// A session file that was read and checked.
struct SavedSession {
  Source source;
  const Scenario* scenario = nullptr;  ///< what to run, or null:
  std::string trace;                   ///< the file to open; "" for nothing
  Settings settings;
  Schedule schedule;
  std::vector<std::string> versions;  ///< of the sides
  std::optional<Schedule> fork;       ///< of the second side, where that is a fork of the first
  std::string playlist;               ///< "": all lessons
  json::Value areas;                  ///< the whole object

  /// The rest of it, into a session with its runs.  `picture`: theme, language and text size too.
  Status into(view::Session& session, bool picture = true) const;
};

bool is_session(const std::string& path);
/// `path`: where it will stand; files beside it are named relative to it.
std::string write_session(const view::Session& session, const std::string& path);
/// The error names file and line.
Result<SavedSession> read_session(const std::string& path, std::string_view text);
Result<SavedSession> load_session(const std::string& path);

}  // namespace awaitscope::desk
