#include "core/trace/queue_sink.h"

// Debian has it in concurrentqueue/, other packages put it in moodycamel/ or at the top.
#if __has_include(<concurrentqueue/concurrentqueue.h>)
#include <concurrentqueue/concurrentqueue.h>
#elif __has_include(<moodycamel/concurrentqueue.h>)
#include <moodycamel/concurrentqueue.h>
#else
#include <concurrentqueue.h>
#endif

namespace awaitscope {

// The queues own the chunks inside them; a moodycamel queue destroys what is left in it.
struct QueueSink::Queues {
  using Queue = moodycamel::ConcurrentQueue<std::unique_ptr<Chunk>>;
  Queue full, empty;
  moodycamel::ProducerToken producer{full};
  moodycamel::ConsumerToken consumer{full};
  moodycamel::ProducerToken giver{empty};
  std::size_t bound = 0;
  std::size_t made = 0;  ///< chunks in circulation; the producer's alone
};

QueueSink::QueueSink(std::size_t bound) : queues_(std::make_unique<Queues>()) { queues_->bound = bound; }
QueueSink::~QueueSink() = default;

std::unique_ptr<Chunk> QueueSink::exchange(std::unique_ptr<Chunk> full) {
  if (full) queues_->full.enqueue(queues_->producer, std::move(full));
  std::unique_ptr<Chunk> next;
  if (queues_->empty.try_dequeue(next)) return next;
  if (queues_->bound && queues_->made > queues_->bound) return nullptr;
  ++queues_->made;
  return std::make_unique_for_overwrite<Chunk>();
}

std::size_t QueueSink::drain(Trace& trace, std::size_t most) {
  std::size_t events = 0;
  std::unique_ptr<Chunk> chunk;
  while (most-- > 0 && queues_->full.try_dequeue(queues_->consumer, chunk)) {
    trace.append(*chunk);
    events += chunk->count;
    queues_->empty.enqueue(queues_->giver, std::move(chunk));
  }
  return events;
}

}  // namespace awaitscope
