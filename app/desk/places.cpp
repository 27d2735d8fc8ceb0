#include "app/desk/places.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/formats/format.h"

namespace awaitscope::desk {
namespace {

std::string folder(const char* variable, const char* below_home) {
  const char* named = std::getenv(variable);
  if (named && named[0] == '/') return std::string(named) + "/awaitscope";
  const char* home = std::getenv("HOME");
  return home && home[0] == '/' ? std::string(home) + below_home + "/awaitscope" : "";
}

/// The folders above a file, for its owner alone.
Status make_folders(const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
      return Error{folder + ": cannot be made: " + std::strerror(errno)};
  }
  return Done{};
}

}  // namespace

Places places_from_environment() { return {folder("XDG_CONFIG_HOME", "/.config"), folder("XDG_STATE_HOME", "/.local/state")}; }

Status write_private(const std::string& path, std::string_view text) {
  if (const Status made = make_folders(path); !made) return made;
  return write_file(path, text, 0600);
}

Lock Lock::take(const std::string& path, bool wait) {
  Lock lock;
  if (!make_folders(path)) return lock;
  lock.fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.fd_ < 0) return lock;
  while (::flock(lock.fd_, LOCK_EX | (wait ? 0 : LOCK_NB)) != 0)
    if (errno != EINTR) {
      lock.release();
      break;
    }
  return lock;
}

void Lock::release() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

}  // namespace awaitscope::desk
