#include "app/desk/loader.h"

#include <filesystem>

#include "app/desk/lessons.h"

namespace awaitscope::desk {

Opened open_trace(const std::string& path, const Judging& judging, Reading* reading, std::atomic<bool>* judged) {
  Result<Loaded> loaded = load_trace(path, reading);
  if (!loaded) return {nullptr, {}, loaded.error()};
  if (judged) judged->store(true, std::memory_order_relaxed);
  const std::string& variant = loaded->trace.info.variant;
  auto side = std::make_unique<view::Side>(variant.empty() ? path.substr(path.find_last_of('/') + 1) : variant);
  side->trace = std::move(loaded->trace);
  prepare(*side, judging.thresholds);
  find_stops(*side, judging.lessons_folder);
  return {std::move(side), std::move(loaded->notices), {}};
}

bool is_large(const std::string& path) {
  std::error_code wrong;
  const std::uintmax_t size = std::filesystem::file_size(path, wrong);
  return !wrong && size >= large_file;
}

Loader::Loader(std::string path, Judging judging, std::function<void()> arrived)
    : path_(std::move(path)), judging_(std::move(judging)), thread_([this, arrived = std::move(arrived)] {
        opened_ = open_trace(path_, judging_, &reading_, &judged_);
        ended_.store(true, std::memory_order_release);
        if (arrived) arrived();
      }) {}

Loader::~Loader() {
  stop();
  thread_.join();
}

view::Loading Loader::progress() const {
  const std::uint64_t of = reading_.bytes();
  return {path_, static_cast<std::uint64_t>(reading_.share() * static_cast<double>(of)), of,
          judged_.load(std::memory_order_relaxed)};
}

}  // namespace awaitscope::desk
