#pragma once
// Lines of source files, read from where they may be read.
#include <functional>
#include <string>
#include <vector>

#include "app/view/pictures.h"

namespace awaitscope::desk {

/// Three lines around a place.  Of a built-in scenario from the text in the program; of others from files below `root`, which
/// no path of a trace leads out of; "" for no files.
std::function<std::vector<view::SourceLine>(const Site& site)> source_lines(const TraceInfo& info, const std::string& root);

/// Whether everything in a trace's header is this program's own: a scenario, its variant, parameters in range, a known policy.
bool built_in(const TraceInfo& info);
/// The command that runs a built-in trace again; "" for others.
std::string replay_command(const TraceInfo& info);

}  // namespace awaitscope::desk
