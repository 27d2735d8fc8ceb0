#pragma once
// Files as a whole: read at once, written all or nothing.
#include <string>

#include "core/base/result.h"
#include "core/formats/reading.h"

namespace awaitscope {

/// The content of a regular file or a pipe.  The error names the file.
Result<std::string> read_file(const std::string& path, Reading* reading = nullptr);

}  // namespace awaitscope
