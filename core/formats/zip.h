#pragma once
// A zip archive of a few files: what issue trackers accept where they refuse the files themselves.
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace awaitscope {

struct ZipMember {
  std::string name;  ///< a relative path of plain ASCII, with '/'
  std::string_view bytes;
};

/// The archive; members are deflated where that makes them smaller.  Without dates, so that equal content gives equal bytes.
/// An error where a member or the whole is too large for a plain archive (4 GB), or a name is not what it should be.
Result<std::string> zip(const std::vector<ZipMember>& members);

}  // namespace awaitscope
