#pragma once
// The value of an operation that can fail for reasons outside the program: a file, a user's input.
#include <string>
#include <utility>
#include <variant>

namespace awaitscope {

/// What is wrong, where, and what would be accepted: one line, without a final newline.
struct Error {
  std::string what;
};

/// A value or an Error.  Take the value only after asking.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return held_.index() == 0; }
  T& operator*() { return std::get<0>(held_); }
  const T& operator*() const { return std::get<0>(held_); }
  T* operator->() { return &std::get<0>(held_); }
  const T* operator->() const { return &std::get<0>(held_); }
  const std::string& error() const { return std::get<1>(held_).what; }

 private:
  std::variant<T, Error> held_;
};

struct Done {};
using Status = Result<Done>;

}  // namespace awaitscope
