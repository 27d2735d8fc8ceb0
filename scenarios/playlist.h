#pragma once
// Lessons in an order to teach them, read from scenarios/playlists.json.
#include "scenarios/lesson.h"

namespace awaitscope {

struct Playlist {
  std::string id;  ///< "90-minutes"
  Words title;
  std::vector<const Scenario*> scenarios;
};

/// Reads playlists.  The error names file and line.
Result<std::vector<Playlist>> read_playlists(const std::string& file, std::string_view json);
/// From `folder`/playlists.json where that exists, else those built in.
Result<std::vector<Playlist>> load_playlists(const std::string& folder = {});
/// One of them; the error names those that there are.
Result<Playlist> find_playlist(const std::string& id, const std::string& folder = {});

}  // namespace awaitscope
