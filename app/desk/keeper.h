#pragma once
// Keeps what is on screen, so that a crash costs a second at most: settings, the session, recent files and progress.  Every
// file is written whole, on a thread of its own, and no folder to write to is no reason to stop.
#include <chrono>
#include <map>

#include "app/desk/desk.h"
#include "app/desk/places.h"
#include "app/desk/writer.h"

namespace awaitscope::desk {

class Keeper {
 public:
  Keeper(view::Session& session, Desk& desk);
  /// Closes.
  ~Keeper();
  Keeper(const Keeper&) = delete;

  /// Reads settings, recent files and progress, and finds a name to save the session under that no other instance has.  A
  /// settings file with a mistake is left alone, then and later; what is wrong is told by `tell`.
  void begin(const Places& places);
  /// Uses this settings file instead; the error names file and line.
  Status use_settings(const std::string& file);
  /// Opens what was open last, the newest of what was closed and what has crashed.  False: there is nothing.
  bool reopen();
  /// Puts what went wrong in the status line, once.
  void tell();

  /// Saves what has changed, at most once a second; cheap, never waits for a disk.
  void tick();
  /// Seconds until `tick` has something to do, infinity where it has nothing.
  double longest_wait() const;
  /// Saves at once and waits until it stands on the disk.
  void flush();
  /// The same for the last time; the session becomes what a start without arguments opens.
  void close();

 private:
  using Clock = std::chrono::steady_clock;
  struct Left {
    std::string path;
    std::int64_t changed = 0;  ///< nanoseconds since the epoch
  };
  std::vector<Left> left_behind();
  void take_slot();
  void save();
  /// Queues `job` for `path` if `text` is not what was queued last.
  void queue(const std::string& path, const std::string& text, std::function<Status()> job);
  void note(const std::string& trouble);

  view::Session& session_;
  Desk& desk_;
  Writer writer_;
  std::string state_, settings_;              ///< the folder and the file; "" where nothing is kept there
  std::string autosave_;                      ///< this instance's own file
  Lock slot_;                                 ///< of it
  std::map<std::string, std::string> known_;  ///< by path, what is there or on its way
  std::vector<std::string> stale_;            ///< to be removed once this session is saved
  std::string trouble_;
  Clock::time_point saved_{};
  bool due_ = false;  ///< something may have changed since
  bool open_ = false;
};

}  // namespace awaitscope::desk
