#pragma once
// A large trace, read and judged on a thread of its own: the window goes on meanwhile.
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <thread>

#include "app/view/session.h"
#include "core/formats/format.h"

namespace awaitscope::desk {

/// What a file became: a side that is ready to be shown, or why not.
struct Opened {
  std::unique_ptr<view::Side> side;  ///< null: see `error`
  std::vector<std::string> notices;
  std::string error;
};
/// With which thresholds it is judged, and where its lesson's words come from.
struct Judging {
  std::map<std::string, double> thresholds;
  std::string lessons_folder;
};
Opened open_trace(const std::string& path, const Judging& judging, Reading* reading = nullptr,
                  std::atomic<bool>* judged = nullptr);

/// Files from this size on take long enough to be read beside the window.
inline constexpr std::uint64_t large_file = 8'000'000;
bool is_large(const std::string& path);

class Loader {
 public:
  /// Starts it.  `arrived` is called on its thread at the end.
  Loader(std::string path, Judging judging, std::function<void()> arrived = {});
  /// Stops it and waits for its thread.
  ~Loader();
  Loader(const Loader&) = delete;

  void stop() { reading_.stop(); }
  bool finished() const { return ended_.load(std::memory_order_acquire); }
  view::Loading progress() const;
  const Judging& judging() const { return judging_; }
  /// After finished().
  Opened take() { return std::move(opened_); }

 private:
  std::string path_;
  Judging judging_;
  Reading reading_;
  Opened opened_;
  std::atomic<bool> judged_{false}, ended_{false};
  std::thread thread_;
};

}  // namespace awaitscope::desk
