#pragma once
// A named stretch of the program, for those who read its trace: a phase of a shutdown, a part of a request.
#include <string>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// `Region phase("draining");` lasts to the end of its block.  Regions of a task may nest.
class [[nodiscard]] Region {
 public:
  explicit Region(std::string name, Place at = Place::current());
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

 private:
  void emit(Kind kind) const;
  std::string name_;
  Place at_;
  TaskId task_;  ///< whoever began it: the block may be left by a task that is destroyed
};

}  // namespace awaitscope::runtime
