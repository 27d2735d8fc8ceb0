#pragma once
// Finds a request by the event that began or ended it.
#include <vector>

#include "core/findings/lint.h"

namespace awaitscope {

/// run.once<Requests>() gives it.
class Requests {
 public:
  explicit Requests(const Run& run);
  /// Null where the event began, or ended, none.
  const Request* begun_by(Seq seq) const;
  const Request* ended_by(Seq seq) const;
  /// Its place in history.requests.
  std::size_t index(const Request& request) const { return static_cast<std::size_t>(&request - all_.data()); }

 private:
  const std::vector<Request>& all_;
  std::vector<const Request*> by_end_;
};

}  // namespace awaitscope
