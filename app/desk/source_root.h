#pragma once
// Source files of traces from elsewhere.  The paths in a trace are hostile: nothing outside the folder that a person named is
// ever read.
#include <string>

#include "app/view/session.h"
#include "core/base/result.h"

namespace awaitscope::desk {

/// The text of the file that a trace's path means below `root`: the path itself, or as much of its end as there is.  Links are
/// resolved first.  The error is one line: it is not there, leads out of the folder, is no text, or is over 1 MB.
Result<std::string> read_below(const std::string& root, const std::string& path);

/// Reads what the selection stands in, where that has changed.
void find_source(view::Session& session);

}  // namespace awaitscope::desk
