#pragma once
// A value that remembers where it came from, so that what is done with it is known to depend on that.
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// The result of a request, or what was read from a Cell, with the event that made it.
template <class T>
struct Value {
  T value{};
  Seq made = 0;
  operator const T&() const { return value; }
};

/// What is computed from it still comes from there.
template <class T>
Value<T> operator+(const Value<T>& a, const T& b) {
  return {a.value + b, a.made};
}
template <class T>
Value<T> operator-(const Value<T>& a, const T& b) {
  return {a.value - b, a.made};
}

}  // namespace awaitscope::runtime
