#pragma once
// A list that is mostly taken from the front: ready queues, waiters, timers, requests in flight.
#include <algorithm>
#include <cstddef>
#include <vector>

namespace awaitscope {

/// A vector whose front is taken off in constant time, on average.  What was taken off stays allocated until half of the
/// vector is gone.  Equality is that of the contents.
template <class T>
class FrontList {
 public:
  using value_type = T;
  using const_iterator = typename std::vector<T>::const_iterator;

  const_iterator begin() const { return items_.begin() + static_cast<std::ptrdiff_t>(taken_); }
  const_iterator end() const { return items_.end(); }
  std::size_t size() const { return items_.size() - taken_; }
  bool empty() const { return size() == 0; }
  const T& operator[](std::size_t i) const { return items_[taken_ + i]; }
  T& operator[](std::size_t i) { return items_[taken_ + i]; }
  const T& front() const { return items_[taken_]; }
  const T& back() const { return items_.back(); }

  void push_back(const T& item) { items_.push_back(item); }
  /// Keeps the list in the order of `less`; an item that equals others goes behind them.
  template <class Less>
  void insert_sorted(const T& item, Less less) {
    items_.insert(std::upper_bound(items_.begin() + static_cast<std::ptrdiff_t>(taken_), items_.end(), item, less), item);
  }
  void clear() {
    items_.clear();
    taken_ = 0;
  }
  void erase(std::size_t i) {
    if (i != 0) {
      items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(taken_ + i));
    } else if (++taken_ * 2 > items_.size()) {
      items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(taken_));
      taken_ = 0;
    }
  }
  /// The index of the first item that fits, looked for from both ends at once (what leaves a queue is near one of them);
  /// size() where none does.
  template <class Fits>
  std::size_t find(Fits fits) const {
    const std::size_t count = size();
    for (std::size_t low = 0, high = count; low < high; ++low) {
      if (fits((*this)[low])) return low;
      if (--high > low && fits((*this)[high])) return high;
    }
    return count;
  }
  /// Removes one item that fits; false where none does.
  template <class Fits>
  bool remove(Fits fits) {
    const std::size_t i = find(fits);
    if (i == size()) return false;
    erase(i);
    return true;
  }

  bool operator==(const FrontList& other) const { return std::equal(begin(), end(), other.begin(), other.end()); }

 private:
  std::vector<T> items_;
  std::size_t taken_ = 0;
};

}  // namespace awaitscope
