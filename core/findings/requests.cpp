#include "core/findings/requests.h"

#include <algorithm>

namespace awaitscope {

Requests::Requests(const Run& run) : all_(run.history.requests) {
  for (const Request& request : all_)
    if (request.ended) by_end_.push_back(&request);
  std::sort(by_end_.begin(), by_end_.end(), [](const Request* a, const Request* b) { return a->ended < b->ended; });
}

const Request* Requests::begun_by(Seq seq) const {
  const auto found = std::lower_bound(all_.begin(), all_.end(), seq, [](const Request& r, Seq s) { return r.begun < s; });
  return found != all_.end() && found->begun == seq ? &*found : nullptr;
}

const Request* Requests::ended_by(Seq seq) const {
  const auto found =
      std::lower_bound(by_end_.begin(), by_end_.end(), seq, [](const Request* r, Seq s) { return r->ended < s; });
  return found != by_end_.end() && (*found)->ended == seq ? *found : nullptr;
}

}  // namespace awaitscope
