#pragma once
// One change that the runtime makes to a program, from outside: what a finding says is missing, put in to see what it would do.
#include <cstdint>
#include <string>

#include "core/base/time.h"

namespace awaitscope::runtime {

struct Intervention {
  enum class What : std::uint8_t {
    to_worker,            ///< block_for and compute_for at the place run on a worker, and the step that calls them waits
    limit,                ///< no more than `count` requests to the service `of` at once; 0: as many as it takes
    deadline,             ///< every request to the service `of` ends with a TimeoutError after `length`
    overall_deadline,     ///< a task is in a timeout of `length` from its first request to the service `of` to its end
    shield,               ///< a cancel that finds the task `of` cleaning up after another one waits until that is done
    share_client,         ///< clients that are made at the place for one service share the first one's connections
    ask_again,            ///< the task `of` is asked anew where it drops a cancel, and stops at its next await
    bound_queue,          ///< a queue `of` without a limit takes `count` items
    backoff,              ///< a retry at the service `of` waits before: `length`, twice that, ..., half of it drawn at random
    more_workers,         ///< every pool of workers has `count` at least
    no_interpreter_lock,  ///< workers compute side by side
  };
  What what = What::to_worker;
  std::string of{};        ///< the name of a service, queue or task; "": of any
  std::string file{};      ///< the place, as traces tell it
  std::uint32_t line = 0;  ///< 0: any place
  std::size_t count = 0;
  Duration length{};
  bool operator==(const Intervention&) const = default;
};

/// "at most 5 requests to api at once": for the head of a trace and for readers.  `of` stands in it as it is.
std::string to_text(const Intervention& intervention);

}  // namespace awaitscope::runtime
