#pragma once
// A zip archive of a few files: what issue trackers accept where they refuse the files themselves.
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace awaitscope {

/// Usage: `add` each file, then `finish`.  Members are deflated where that makes them smaller.  Without dates, so that equal
/// content gives equal bytes.
class ZipWriter {
 public:
  /// `name`: a relative path of plain ASCII, with '/'.  An error where it is not that, or the archive would exceed 4 GB.
  Status add(const std::string& name, std::string_view bytes);
  /// The whole archive.
  Result<std::string> finish();

 private:
  std::string out_, directory_;
  std::uint32_t members_ = 0;
};

}  // namespace awaitscope
