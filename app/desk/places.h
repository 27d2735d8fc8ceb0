#pragma once
// Where the program keeps what it keeps between two starts, by the XDG base directory specification.
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"

namespace awaitscope::desk {

struct Places {
  std::string config, state;  ///< folders, "" where there is none
};
/// $XDG_CONFIG_HOME or ~/.config, $XDG_STATE_HOME or ~/.local/state, each with /awaitscope behind it.  A name that does not
/// begin at the root counts as none.
Places places_from_environment();

/// Writes a file that is nobody else's business, and the folders above it where they lack.  All or nothing.
Status write_private(const std::string& path, std::string_view text);

/// A file that one process at a time holds; it lets go when it ends, however it ends.
class Lock {
 public:
  Lock() = default;
  ~Lock() { release(); }
  Lock(Lock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Lock& operator=(Lock&& other) noexcept {
    if (this != &other) release(), fd_ = std::exchange(other.fd_, -1);
    return *this;
  }
  /// Waits for it, or takes it only if it is free.
  static Lock wait(const std::string& path) { return take(path, true); }
  static Lock if_free(const std::string& path) { return take(path, false); }
  explicit operator bool() const { return fd_ >= 0; }
  void release();

 private:
  static Lock take(const std::string& path, bool wait);
  int fd_ = -1;
};

}  // namespace awaitscope::desk
