#pragma once
// Notices when a file of a folder is saved.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace awaitscope::desk {

class FolderWatch {
 public:
  /// Looks at the folder's files a few times a second; `changed` is called on its thread after each change.
  FolderWatch(std::string folder, std::function<void()> changed);
  ~FolderWatch();
  FolderWatch(const FolderWatch&) = delete;

  /// Whether something has changed since the last call.
  bool take_change() { return changed_.exchange(false); }

 private:
  void look(const std::string& folder, const std::function<void()>& changed);
  std::atomic<bool> changed_{false};
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace awaitscope::desk
