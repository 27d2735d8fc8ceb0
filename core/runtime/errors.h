#pragma once
// The errors of asyncio, under their names.
#include <exception>
#include <memory>
#include <optional>
#include <source_location>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "core/runtime/frame_pool.h"

namespace awaitscope::runtime {

/// Where in the program a call stands.  Functions that await or can be misused take it last, defaulted, so that it names
/// their caller.
using Place = std::source_location;

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
  /// What cancel(message) said; empty where nobody said anything (rule C9).
  const std::string& message() const noexcept { return message_; }

 private:
  std::string message_;
  std::shared_ptr<CancelToken> token_;
};

/// Thrown at the yield of an async generator that is closed (rule Y3); not for catching, hence no std::exception either.
struct GeneratorExit {};

struct TimeoutError : std::runtime_error {
  TimeoutError() : runtime_error("TimeoutError") {}
};

/// An error in the use of the runtime, and the call that made it.
template <class Base>
class Misuse : public Base {
 public:
  Misuse(const std::string& message, Place at) : Base(message), place_(at) {}
  const Place& place() const noexcept { return place_; }

 private:
  Place place_;
};
/// Python's RuntimeError: a step was asked for in a state that does not allow it.
struct RuntimeError : Misuse<std::runtime_error> {
  explicit RuntimeError(const std::string& message, Place at = Place::current()) : Misuse(message, at) {}
};
struct ValueError : Misuse<std::invalid_argument> {
  explicit ValueError(const std::string& message, Place at = Place::current()) : Misuse(message, at) {}
};
/// A future that is done was set again, or one that is pending was read (rule F2).
struct InvalidStateError : Misuse<std::logic_error> {
  explicit InvalidStateError(const std::string& message, Place at = Place::current()) : Misuse(message, at) {}
};
/// A barrier was aborted or reset (rule P13).
struct BrokenBarrierError : RuntimeError {
  using RuntimeError::RuntimeError;
};

/// Records a misuse in the trace, where a loop runs, with the place of the call.
void record_misuse(const std::string& message, const Place& at);
/// Records it and throws it as `Error`.
template <class Error>
[[noreturn]] void misuse(const std::string& message, const Place& at) {
  record_misuse(message, at);
  throw Error(message, at);
}

/// Several errors as one: of a TaskGroup's members, in the order in which they ended (rule G5).
class ExceptionGroup : public std::runtime_error {
 public:
  ExceptionGroup(const std::string& message, std::vector<std::exception_ptr> errors);
  const std::string& message() const noexcept { return message_; }
  const std::vector<std::exception_ptr>& errors() const noexcept { return errors_; }

  /// Python's split: the members that are an `Error`, and the rest, both in their nesting; none where there are none.
  template <class Error>
  std::pair<std::optional<ExceptionGroup>, std::optional<ExceptionGroup>> split() const;
  /// The members that are an `Error`: what `except* Error` handles.
  template <class Error>
  std::optional<ExceptionGroup> subgroup() const {
    return split<Error>().first;
  }

 private:
  std::string message_;
  std::vector<std::exception_ptr> errors_;
};

/// "TimeoutError", "ServiceError: refused", "CancelledError: bye", "ExceptionGroup[a, b]": one line, for traces and logs.
std::string describe(const std::exception_ptr& error);
bool is_cancelled_error(const std::exception_ptr& error);

// ------------------------------------------------------------------------------------------------ templates

template <class Error>
std::pair<std::optional<ExceptionGroup>, std::optional<ExceptionGroup>> ExceptionGroup::split() const {
  if constexpr (std::is_base_of_v<Error, ExceptionGroup>) return {*this, std::nullopt};  // the group itself is one
  std::vector<std::exception_ptr> matching, rest;
  for (const auto& error : errors_) {
    try {
      std::rethrow_exception(error);
    } catch (const Error&) { matching.push_back(error); } catch (const ExceptionGroup& nested) {
      auto [inside, outside] = nested.split<Error>();
      if (inside) matching.push_back(std::make_exception_ptr(*std::move(inside)));
      if (outside) rest.push_back(std::make_exception_ptr(*std::move(outside)));
    } catch (...) { rest.push_back(error); }
  }
  std::pair<std::optional<ExceptionGroup>, std::optional<ExceptionGroup>> out;
  if (!matching.empty()) out.first.emplace(message_, std::move(matching));
  if (!rest.empty()) out.second.emplace(message_, std::move(rest));
  return out;
}

}  // namespace awaitscope::runtime
