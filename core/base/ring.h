#pragma once
// A queue in one piece of memory that grows and is never given back: no allocation once it is as long as it gets.
#include <cstddef>
#include <utility>
#include <vector>

namespace awaitscope {

template <class T>
class Ring {
 public:
  bool empty() const { return first_ == end_; }
  std::size_t size() const { return end_ - first_; }
  T& operator[](std::size_t i) { return slots_[(first_ + i) & mask_]; }
  const T& operator[](std::size_t i) const { return slots_[(first_ + i) & mask_]; }
  void push_back(T value) {
    if (size() == slots_.size()) grow();
    slots_[end_++ & mask_] = std::move(value);
  }
  T pop_front() { return std::exchange(slots_[first_++ & mask_], T{}); }
  /// Takes the i-th out; those before it keep their order.
  T take(std::size_t i) {
    for (; i > 0; --i) std::swap((*this)[i], (*this)[i - 1]);
    return pop_front();
  }
  void clear() {
    while (!empty()) pop_front();
  }

 private:
  void grow() {
    std::vector<T> larger(slots_.empty() ? 64 : slots_.size() * 2);
    const std::size_t count = size();
    for (std::size_t i = 0; i < count; ++i) larger[i] = std::move((*this)[i]);
    slots_ = std::move(larger);
    mask_ = slots_.size() - 1;
    first_ = 0, end_ = count;
  }
  std::vector<T> slots_;
  std::size_t first_ = 0, end_ = 0, mask_ = 0;
};

}  // namespace awaitscope
