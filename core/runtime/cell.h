#pragma once
// A variable that tasks share and that tells who reads and who writes it.
//
// asyncio has no such thing: where a program has `counter += 1`, a scenario has a Cell, so that the trace knows what a write
// rests on.  Reading and writing never suspend.
#include "core/runtime/parking_lot.h"
#include "core/runtime/value.h"

namespace awaitscope::runtime {

/// What a cell does whatever it holds.
class CellBase {
 public:
  CellBase(const CellBase&) = delete;
  CellBase& operator=(const CellBase&) = delete;

 protected:
  CellBase(std::string_view name, const Place& at) : resource_(ResourceType::cell, 0, 0, name, at) {}
  ~CellBase() = default;
  Seq was_read(const Place& at) { return resource_.emit(Kind::cell_read, at); }
  /// `from`: the event that the new value came from, 0 where that is unknown.
  void was_written(Seq from, const Place& at);

 private:
  Resource resource_;  // value: the version, which is the number of writes so far
};

template <class T>
class Cell : public CellBase {
 public:
  /// `name` is how traces call it.
  explicit Cell(T value = {}, std::string_view name = "cell", Place at = Place::current())
      : CellBase(name, at), value_(std::move(value)) {}

  /// Its value now; the result remembers this reading, through + and - too.
  Value<T> read(Place at = Place::current()) { return {value_, was_read(at)}; }
  /// Replaces it by a value that came from elsewhere: from a reading, or from a request.
  void write(const Value<T>& value, Place at = Place::current()) {
    value_ = value.value;
    was_written(value.made, at);
  }
  void write(T value, Place at = Place::current()) {
    value_ = std::move(value);
    was_written(0, at);
  }

 private:
  T value_;
};

}  // namespace awaitscope::runtime
