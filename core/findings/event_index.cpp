#include "core/findings/event_index.h"

#include <cassert>
#include <limits>

#include "core/findings/lint.h"

namespace awaitscope {

EventIndex::EventIndex(const Run& run) : trace_(run.trace), by_kind_(kind_count) {
  for (Seq seq = 1; seq <= trace_.size(); ++seq) by_kind_[static_cast<std::size_t>(trace_.kind(seq))].push_back(seq);
}

EventIndex::Range EventIndex::of(std::initializer_list<Kind> kinds) const {
  Range out;
  assert(kinds.size() <= out.lists_.size());
  out.trace_ = &trace_;
  for (const Kind kind : kinds)
    if (const std::vector<Seq>& list = of(kind); !list.empty()) out.lists_[out.count_++] = &list;
  return out;
}

EventIndex::Range::Iterator EventIndex::Range::begin() const {
  Iterator out{this, 0};
  return ++out;
}

EventIndex::Range::Iterator& EventIndex::Range::Iterator::operator++() {
  Seq least = std::numeric_limits<Seq>::max();
  std::size_t from = range_->count_;
  for (std::size_t i = 0; i < range_->count_; ++i) {
    if (next_[i] == range_->lists_[i]->size() || (*range_->lists_[i])[next_[i]] >= least) continue;
    least = (*range_->lists_[i])[next_[i]];
    from = i;
  }
  now_ = from == range_->count_ ? 0 : least;
  if (now_) ++next_[from];
  return *this;
}

}  // namespace awaitscope
