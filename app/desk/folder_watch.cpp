#include "app/desk/folder_watch.h"

#include <chrono>
#include <filesystem>

namespace awaitscope::desk {
namespace {

/// The latest save in a folder, and how many files it has.
std::pair<std::filesystem::file_time_type, std::size_t> state_of(const std::string& folder) {
  std::pair<std::filesystem::file_time_type, std::size_t> out{std::filesystem::file_time_type::min(), 0};
  std::error_code ignored;  // a folder that is away now may come back
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const auto time = entry.last_write_time(ignored);
    if (!ignored) out.first = std::max(out.first, time);
    ++out.second;
  }
  return out;
}

}  // namespace

FolderWatch::FolderWatch(std::string folder, std::function<void()> changed) {
  thread_ = std::thread([this, folder = std::move(folder), changed = std::move(changed)] { look(folder, changed); });
}

FolderWatch::~FolderWatch() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_one();
  thread_.join();
}

void FolderWatch::look(const std::string& folder, const std::function<void()>& changed) {
  auto before = state_of(folder);
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, std::chrono::milliseconds(300), [this] { return over_; })) {
    auto now = state_of(folder);
    if (now == before) continue;
    before = now;
    changed_ = true;
    if (changed) changed();
  }
}

}  // namespace awaitscope::desk
