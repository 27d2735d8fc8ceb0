#pragma once
// What kind of thing the object of a wait is.
#include "core/trace/event.h"

namespace awaitscope {

/// Whose number a wait's object is.
enum class Awaited : std::uint8_t { none, task, resource, scope, job, request };

constexpr Awaited awaited(Wait wait) {
  switch (wait) {
    case Wait::task: return Awaited::task;
    case Wait::semaphore:
    case Wait::lock:
    case Wait::event:
    case Wait::condition:
    case Wait::barrier:
    case Wait::queue_get:
    case Wait::queue_put:
    case Wait::queue_join: return Awaited::resource;
    case Wait::gather:
    case Wait::group:
    case Wait::scope: return Awaited::scope;
    case Wait::job: return Awaited::job;
    case Wait::request: return Awaited::request;
    case Wait::none:
    case Wait::yield:
    case Wait::sleep:
    case Wait::future:
    case Wait::other: break;
  }
  return Awaited::none;
}

}  // namespace awaitscope
