#pragma once
// A client whose calls block: requests, urllib, a database driver without async.
#include <string>

#include "core/runtime/sleep.h"

namespace awaitscope::runtime {

/// A synchronous connection to somebody who answers after `latency`.  The thread that asks stands still until the answer is
/// there: in a step that is the loop's own thread, in a function that to_thread runs the worker's.
class BlockingClient {
 public:
  /// `call` is the library's name for it: "requests.get".
  BlockingClient(std::string call, Duration latency) : call_(std::move(call)), latency_(latency) {}
  /// Asks and stands until the answer is there.
  void get(Place at = Place::current()) { block_for(latency_, call_, at); }

 private:
  std::string call_;
  Duration latency_;
};

}  // namespace awaitscope::runtime
