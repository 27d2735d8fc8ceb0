#pragma once
// The settings file: what a person wants of the program whatever is open.  A text that may be edited:
//
//   {"theme": "light", "language": "zh", "text_size": 20, "votes": false,
//    "keys": {"desk": {"step-forward": "J Shift+Right"}, "room": {"end": ""}}}
#include "app/desk/fields.h"
#include "app/view/session.h"

namespace awaitscope::desk {

/// What was chosen, not what is in force.
std::string write_settings(const view::Session& session);
/// Takes the file's settings over; after an error, which names file and line, the session is as it was.
Status read_settings(const std::string& file, std::string_view text, view::Session& session);
/// The same from a file.
Status load_settings(const std::string& path, view::Session& session);

}  // namespace awaitscope::desk
