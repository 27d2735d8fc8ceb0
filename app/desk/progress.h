#pragma once
// What a student has tried and reached, in progress.json of the state folder.  It stays on this machine.
#include "app/view/challenge.h"
#include "core/base/result.h"

namespace awaitscope::desk {

std::string write_progress(const view::AllProgress& progress);
/// Nothing where there is no file; the error of a broken one names file and line.
Result<view::AllProgress> read_progress(const std::string& path);

}  // namespace awaitscope::desk
