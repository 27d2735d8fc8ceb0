#pragma once
// Writes files on a thread of its own: a slow disk never holds a frame.
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/result.h"

namespace awaitscope::desk {

class Writer {
 public:
  Writer();
  /// Does what is still to do.
  ~Writer();
  Writer(const Writer&) = delete;

  /// Instead of what `name` still waits for.
  void write(const std::string& name, std::function<Status()> job);
  /// Waits until everything is written.
  void flush();
  /// The first error since the last call, "" for none.
  std::string take_error();

 private:
  void work();
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::function<Status()>> jobs_;
  std::string error_;
  bool working_ = false, over_ = false;
  std::thread thread_;
};

}  // namespace awaitscope::desk
