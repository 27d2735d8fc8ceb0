#pragma once
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace awaitscope {

inline bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }
/// The content of a gzip file of one or more members, at most 2 GB.
Result<std::string> gunzip(std::string_view bytes);

}  // namespace awaitscope
