#pragma once
// The outcomes that gather_settled gives, which stand beside the results instead of being thrown: return_exceptions=True.
//
// A trace tells what the program asks of them, since an error that travels as a value is easily dropped or taken for one.
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/ids.h"
#include "core/runtime/errors.h"
#include "core/trace/event.h"

namespace awaitscope::runtime {

/// Records what is done with the outcome of a task, or with the response to a request.
void record_use(OutcomeUse use, TaskId of, RequestId request, const Place& at);

/// An error that is kept as a value, and whether anybody has looked at it.  Converts to the std::exception_ptr that it is.
class KeptError {
 public:
  KeptError() = default;
  KeptError(std::exception_ptr error, TaskId of);
  explicit operator bool() const { return kept_ != nullptr; }
  /// Looks at it.
  operator std::exception_ptr() const;

  // --- the questions of a Settled
  bool ok() const;
  bool is_exception(TaskId of, const Place& at) const;
  bool cancelled(const Place& at) const;
  /// A filter leaves it out.
  void leave_out(const Place& at) const;

 private:
  struct Kept;
  void asked(OutcomeUse use, const Place& at) const;
  std::shared_ptr<Kept> kept_;  ///< copies are one and the same; none for a result
};

/// What one awaitable of gather_settled came to.
template <class T>
struct Settled {
  std::conditional_t<std::is_void_v<T>, std::monostate, std::optional<T>> value;
  KeptError error;
  TaskId of{};  ///< whose outcome it is, where a task's

  bool ok() const { return error.ok(); }
  /// Python's isinstance(r, Exception): false for a result, and false for a CancelledError, which is no Exception there.
  bool is_exception(Place at = Place::current()) const { return error.is_exception(of, at); }
  /// isinstance(r, CancelledError).
  bool cancelled(Place at = Place::current()) const { return error.cancelled(at); }
};

/// [r for r in results if not isinstance(r, Exception)]: leaves errors out.  A cancelled one stays, as there.
template <class T>
std::vector<Settled<T>> without_exceptions(const std::vector<Settled<T>>& results, Place at = Place::current()) {
  std::vector<Settled<T>> out;
  for (const Settled<T>& one : results) {
    if (one.is_exception(at)) one.error.leave_out(at);
    else out.push_back(one);
  }
  return out;
}

}  // namespace awaitscope::runtime
