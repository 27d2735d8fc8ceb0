#pragma once
// The bridge between the loop's thread and whoever draws: chunks travel by pointer through moodycamel::ConcurrentQueue and
// come back empty.
#include <memory>

#include "core/trace/trace.h"

namespace awaitscope {

/// One producer (the loop's thread, through the Sink interface) and one consumer (`drain`).
class QueueSink final : public Sink {
 public:
  /// `bound`: how many full chunks may wait; 0: as many as there are (lossless, for virtual time).
  explicit QueueSink(std::size_t bound = 0);
  ~QueueSink() override;

  std::unique_ptr<Chunk> exchange(std::unique_ptr<Chunk> full) override;
  /// Appends to `trace` what has arrived, at most `most` chunks, and returns how many events that was.  Never blocks.
  std::size_t drain(Trace& trace, std::size_t most = ~std::size_t{0});

 private:
  struct Queues;
  std::unique_ptr<Queues> queues_;
};

}  // namespace awaitscope
