#pragma once
// Something that stays open until somebody closes it: a connection, a client, a file.
#include "core/runtime/sleep.h"

namespace awaitscope::runtime {

/// Opened when it is made, closed by aclose() and by nothing else: losing every handle leaves it open, as a forgotten client
/// in Python is.  A handle; the run owns the connection.
class Stream {
 public:
  /// `closing`: how long aclose() takes.
  explicit Stream(std::string_view name, Duration closing = {}, Place at = Place::current());

  /// Says goodbye, which takes a while, and closes.  Interrupted, it stays open.  Closing twice is harmless.
  Task<void> aclose() const;
  bool is_open() const;

 private:
  struct State;
  static Task<void> aclose(State* state);
  State* state_;
};

}  // namespace awaitscope::runtime
