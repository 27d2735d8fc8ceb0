#pragma once
// The badges of a scenario's versions, on a thread of its own.
#include "app/desk/runner.h"
#include "app/view/session.h"

namespace awaitscope::desk {

class BadgeJudge {
 public:
  /// Starts it: each program's badges against the last one's length.  `arrived` is called on its thread at the end.
  explicit BadgeJudge(std::vector<Program> programs, std::function<void()> arrived = {});
  /// Ends it after the version at hand and waits for its thread.
  ~BadgeJudge();
  BadgeJudge(const BadgeJudge&) = delete;

  bool finished() const { return ended_.load(std::memory_order_acquire); }
  /// After finished(): one row a program.
  const std::vector<view::BadgeRow>& rows() const { return rows_; }

 private:
  std::vector<view::BadgeRow> rows_;
  std::atomic<bool> interrupted_{false}, ended_{false};
  std::thread thread_;
};

}  // namespace awaitscope::desk
