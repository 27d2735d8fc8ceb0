#pragma once
// `async with lock:` and `async with semaphore:` as a permit that gives itself back at the end of its block.
#include "core/runtime/task.h"

namespace awaitscope::runtime {

/// Move-only.  Where the run is over, the primitive may be gone before its holder, and nothing is given back.
template <class Primitive>
class [[nodiscard]] Permit {
 public:
  Permit(Primitive* primitive, Place at) : primitive_(primitive), at_(at) {}
  Permit(Permit&& other) noexcept : primitive_(std::exchange(other.primitive_, nullptr)), at_(other.at_) {}
  Permit& operator=(Permit&&) = delete;
  ~Permit() {
    const Loop* loop = primitive_ ? Loop::running_or_null() : nullptr;
    if (loop && !loop->closed()) primitive_->give_back(at_);
  }

 private:
  Primitive* primitive_;
  Place at_;
};

/// What hold() returns: waits as acquire() does.
template <class Primitive>
class [[nodiscard]] Hold {
 public:
  Hold(Primitive& primitive, Place at) : acquire_(primitive, at), primitive_(&primitive), at_(at) {}
  bool await_ready() { return acquire_.await_ready(); }
  void await_suspend(std::coroutine_handle<> frame) { acquire_.await_suspend(frame); }
  Permit<Primitive> await_resume() {
    acquire_.await_resume();
    return {primitive_, at_};
  }

 private:
  typename Primitive::Acquire acquire_;
  Primitive* primitive_;
  Place at_;
};

}  // namespace awaitscope::runtime
