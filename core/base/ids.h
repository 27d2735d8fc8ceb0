#pragma once
// Run-local numbers of things in a trace.  0 means "none"; for a task it is the loop itself.
#include <compare>
#include <cstdint>
#include <functional>

namespace awaitscope {

template <class Tag>
struct Id {
  std::uint32_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

using TaskId = Id<struct TaskTag>;          ///< 0: the loop
using FrameId = Id<struct FrameTag>;        ///< one call of a coroutine function
using ScopeId = Id<struct ScopeTag>;        ///< a gather, TaskGroup, timeout, cancel scope
using ResourceId = Id<struct ResourceTag>;  ///< a semaphore, lock, queue, service, shared cell
using TimerId = Id<struct TimerTag>;
using JobId = Id<struct JobTag>;          ///< a call that runs on a worker
using RequestId = Id<struct RequestTag>;  ///< a request to a service
using TextId = Id<struct TextTag>;        ///< an interned string of the trace
using SiteId = Id<struct SiteTag>;        ///< an interned source location of the trace

/// The position of an event in its trace, counted from 1; 0: no event.
using Seq = std::uint32_t;

}  // namespace awaitscope

template <class Tag>
struct std::hash<awaitscope::Id<Tag>> {
  std::size_t operator()(awaitscope::Id<Tag> id) const noexcept { return id.value; }
};
