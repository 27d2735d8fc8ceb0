#pragma once
// What a circuit breaker remembers: its state, since when, and the failures in a row.  When to change is the program's code.
#include <string>

#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// A breaker's memory, recorded at every call of its functions.  A handle; its copies are the same breaker, the run owns it.
class Circuit {
 public:
  /// Closed: calls pass; open: they are turned away; half open: a call may find out whether the other side is back.
  enum class State : std::uint8_t { closed, half_open, open };

  explicit Circuit(std::string name, Place at = Place::current());
  bool closed() const { return state() == State::closed; }
  bool open() const { return state() == State::open; }
  State state() const;
  /// How long it has been in its state.
  Duration age() const;
  /// Half open, from now on.
  void try_again(Place at = Place::current());

  /// A call goes through; while half open that is a probe.
  void enter(Place at = Place::current());
  /// It was answered: closed, and what failed before is forgotten.
  void succeeded(Place at = Place::current());
  /// It was not: open, if it was a probe or made `most` failures in a row.
  void failed(int most, Place at = Place::current());

 private:
  struct Memory;
  void become(State state);
  void record(const Place& at);
  Memory* memory_;
};

}  // namespace awaitscope::runtime
