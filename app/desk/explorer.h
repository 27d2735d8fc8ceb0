#pragma once
// Scenarios under many schedules, on a thread of its own.
#include "app/desk/runner.h"
#include "app/view/session.h"

namespace awaitscope::desk {

class Explorer {
 public:
  /// Starts it: each program under random:1 to random:`count`.  `arrived` is called on its thread at the end.
  explicit Explorer(std::vector<Program> programs, std::function<void()> arrived = {}, std::size_t count = 50);
  /// Ends it after the run at hand and waits for its thread.
  ~Explorer();
  Explorer(const Explorer&) = delete;

  bool finished() const { return ended_.load(std::memory_order_acquire); }
  /// After finished(): one row a program.
  const std::vector<view::ScheduleRow>& rows() const { return rows_; }

 private:
  std::vector<view::ScheduleRow> rows_;
  std::atomic<bool> interrupted_{false}, ended_{false};
  std::thread thread_;
};

}  // namespace awaitscope::desk
