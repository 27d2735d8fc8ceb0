#include "core/formats/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>

#include "core/formats/format.h"

namespace awaitscope {
namespace {

constexpr std::size_t largest = std::size_t{4} << 30;  // no trace we write is near it; simdjson ends there

/// A file descriptor that is closed at the end.
class File {
 public:
  File(const std::string& path, int flags, mode_t mode = 0) : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return fd_ >= 0; }
  int fd() const { return fd_; }
  /// False where the system reports only now that something was not written.
  bool close() { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

Error failed(const std::string& path, std::string_view doing) {
  return {fmt::format("{}: cannot be {}: {}", path, doing, std::strerror(errno))};
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// A pipe or a device cannot be replaced: /dev/stdout must stay what it is.
Status write_through(const std::string& path, std::string_view bytes) {
  File file(path, O_WRONLY);
  if (!file || !write_all(file.fd(), bytes)) return failed(path, "written");
  return Done{};
}

}  // namespace

Result<std::string> read_file(const std::string& path, Reading* reading) {
  struct stat what {};
  if (::stat(path.c_str(), &what) != 0) return failed(path, "read");
  if (S_ISDIR(what.st_mode)) return Error{fmt::format("{}: is a directory", path)};
  if (!S_ISREG(what.st_mode) && !S_ISFIFO(what.st_mode)) return Error{fmt::format("{}: is neither a file nor a pipe", path)};
  File file(path, O_RDONLY);
  if (!file) return failed(path, "read");
  std::string out;
  std::size_t size = 0;
  if (S_ISREG(what.st_mode)) out.reserve(std::min<std::size_t>(static_cast<std::size_t>(what.st_size) + 65536, largest));
  for (;;) {
    out.resize(size + 65536);
    const ssize_t n = ::read(file.fd(), out.data() + size, 65536);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed(path, "read");
    size += static_cast<std::size_t>(n);
    if (size > largest) return Error{fmt::format("{}: is larger than {} GB", path, largest >> 30)};
    if (n == 0) break;
    if (reading) reading->size(std::max<std::uint64_t>(size, static_cast<std::uint64_t>(what.st_size)));
    if (reading && reading->stopped()) return Error{fmt::format("{}: was not read to its end", path)};
  }
  out.resize(size);
  return out;
}

Status write_file(const std::string& path, std::string_view bytes, unsigned mode) {
  // Through a link, the file that it leads to is what gets replaced.
  std::string target = path;
  if (char* real = ::realpath(path.c_str(), nullptr)) target = real, std::free(real);
  struct stat old {};
  const bool exists = ::stat(target.c_str(), &old) == 0;
  if (exists && S_ISDIR(old.st_mode)) return Error{fmt::format("{}: is a directory; a file's name would be accepted", path)};
  if (exists && !S_ISREG(old.st_mode)) return write_through(target, bytes);
  if (exists && ::access(target.c_str(), W_OK) != 0) return failed(path, "written");

  const std::size_t slash = target.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : target.substr(0, slash);
  std::string temporary;
  for (int attempt = 0;; ++attempt) {
    temporary = fmt::format("{}/.awaitscope-{}-{}.tmp", folder, ::getpid(), attempt);
    File file(temporary, O_WRONLY | O_CREAT | O_EXCL, exists ? old.st_mode & 0777 : mode);
    if (!file && errno == EEXIST && attempt < 1000) continue;
    if (!file) return failed(path, "written");
    if (write_all(file.fd(), bytes) && ::fsync(file.fd()) == 0 && file.close() &&
        ::rename(temporary.c_str(), target.c_str()) == 0)
      break;
    const Error error = failed(path, "written");
    ::unlink(temporary.c_str());
    return error;
  }
  // The new name survives a power cut only once the folder is on the disk; where that is not possible, so be it.
  if (File entry(folder, O_RDONLY | O_DIRECTORY); entry) (void)::fsync(entry.fd());
  return Done{};
}

}  // namespace awaitscope
