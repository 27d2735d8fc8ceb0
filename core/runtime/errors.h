#pragma once
// The errors of asyncio, under their names.
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/runtime/frame_pool.h"

namespace awaitscope::runtime {

class TaskBase;

/// Lives inside a CancelledError that answers a request.  C++ cannot observe a catch block; this can: when the last copy of
/// the error goes before its task ended cancelled and before the request was taken back, the request was swallowed.
class CancelToken {
 public:
  CancelToken(TaskBase& task, std::uint32_t delivered);
  ~CancelToken();
  CancelToken(const CancelToken&) = delete;
  CancelToken& operator=(const CancelToken&) = delete;
  /// From now on its end means nothing.
  void settle() noexcept { settled_ = true; }
  std::uint32_t delivered() const noexcept { return delivered_; }

 private:
  Ref<TaskBase> task_;
  std::uint32_t delivered_;  ///< the event of the delivery
  bool settled_ = false;
};

/// Thrown at a suspension point of a task that was asked to stop.  No std::exception, so that handlers for ordinary errors
/// let it pass, as in Python (rule C17).
class CancelledError {
 public:
  explicit CancelledError(std::string message = {}, std::shared_ptr<CancelToken> token = {})
      : message_(std::move(message)), token_(std::move(token)) {}
  /// What cancel(message) said; empty where nobody said anything.
  const std::string& message() const noexcept { return message_; }

 private:
  std::string message_;
  std::shared_ptr<CancelToken> token_;
};

struct TimeoutError : std::runtime_error {
  TimeoutError() : runtime_error("TimeoutError") {}
};
struct InvalidStateError : std::logic_error {
  using logic_error::logic_error;
};
/// Python's RuntimeError: the runtime was used against its rules.
struct RuntimeError : std::runtime_error {
  using runtime_error::runtime_error;
};
struct ValueError : std::invalid_argument {
  using invalid_argument::invalid_argument;
};

/// The errors of a TaskGroup's members, in the order in which they ended (rule G5).
class ExceptionGroup : public std::runtime_error {
 public:
  ExceptionGroup(const std::string& message, std::vector<std::exception_ptr> errors);
  const std::vector<std::exception_ptr>& errors() const noexcept { return errors_; }

 private:
  std::vector<std::exception_ptr> errors_;
};

/// "TimeoutError", "ServiceError: refused", "CancelledError", "ExceptionGroup[a, b]": one line, for traces and logs.
std::string describe(const std::exception_ptr& error);
bool is_cancelled_error(const std::exception_ptr& error);

}  // namespace awaitscope::runtime
