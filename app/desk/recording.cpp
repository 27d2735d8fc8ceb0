#include "app/desk/recording.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "core/formats/awtrace_writer.h"

#include <fcntl.h>
#include <unistd.h>

namespace awaitscope::desk {
namespace {

std::string part_of(const std::vector<std::string>& outputs) {
  for (const std::string& output : outputs)
    if (output.size() > 8 && output.ends_with(".awtrace")) return output + ".part";
  return {};
}

/// A file that only grows.  Each piece is on its way to the disk before the next begins.
class PartFile {
 public:
  ~PartFile() {
    if (file_ >= 0) ::close(file_);
  }
  Status open(const std::string& path) {
    path_ = path;
    file_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    return file_ < 0 ? failed() : Status(Done{});
  }
  Status append(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return failed();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return Done{};
  }

 private:
  Status failed() const { return Error{path_ + ": " + std::strerror(errno)}; }
  std::string path_;
  int file_ = -1;
};

}  // namespace

Result<Trace> record_to(const Program& program, const std::vector<std::string>& outputs, const std::atomic<bool>* interrupted,
                        const std::function<void(const Trace&)>& progress) {
  const std::string part = program.live ? part_of(outputs) : "";
  PartFile file;
  AwtraceWriter writer;
  if (!part.empty())
    if (const Status opened = file.open(part); !opened) return Error{opened.error()};
  Watch watch{interrupted, [&](const Trace& trace) -> Status {
                progress(trace);
                return part.empty() ? Status(Done{}) : file.append(writer.append(trace));
              }};
  auto trace = record(program, watch);
  if (trace && !part.empty())
    if (const Status written = file.append(writer.finish(*trace)); !written) return Error{written.error()};
  return trace;
}

void remove_part(const std::vector<std::string>& outputs) {
  if (const std::string part = part_of(outputs); !part.empty()) std::remove(part.c_str());
}

}  // namespace awaitscope::desk
