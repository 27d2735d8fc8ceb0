#pragma once
// trio's memory channels: items handed from senders to receivers, with a bounded buffer between (rule O11).
#include <deque>
#include <list>
#include <memory>

#include "core/runtime/trio/sync.h"

namespace awaitscope::trio {

/// This end was closed by its own side.
struct ClosedResourceError : std::runtime_error {
  ClosedResourceError() : runtime_error("ClosedResourceError") {}
};
/// The other end is closed, so that nobody will ever receive.
struct BrokenResourceError : std::runtime_error {
  BrokenResourceError() : runtime_error("BrokenResourceError") {}
};
/// Every sender is closed and nothing is left.
struct EndOfChannel : std::runtime_error {
  EndOfChannel() : runtime_error("EndOfChannel") {}
};

namespace detail {
/// One who waits at a channel, and with what it is woken.
template <class T>
class Hand : public Blocked {
 public:
  Hand(Wait wait, std::uint32_t object, const void* end, Place at) : Blocked(wait, object, at), end(end) {}
  bool pending() const { return !turn_->done(); }
  void wake() { turn_->set_finished(); }
  void fail(std::exception_ptr error) { turn_->set_error(std::move(error)); }
  std::optional<T> item;
  const void* end;  ///< the channel through which it waits
};

template <class T>
struct Channel {
  Channel(std::size_t size, std::string_view name, const Place& at)
      : resource(ResourceType::queue, static_cast<std::uint32_t>(size), 0, name, at), size(size) {}

  Hand<T>* first(std::list<Hand<T>*>& line) {
    for (Hand<T>* hand : line)
      if (hand->pending()) return hand;
    return nullptr;
  }
  template <class Error>
  static void fail_all(std::list<Hand<T>*>& line, const void* end) {
    for (Hand<T>* hand : line)
      if (hand->pending() && (!end || hand->end == end)) hand->fail(std::make_exception_ptr(Error()));
  }

  runtime::Resource resource;  // value: items in the buffer
  std::size_t size;
  std::deque<T> items;
  std::list<Hand<T>*> senders, receivers;
  int open_senders = 0, open_receivers = 0;
};

/// Stands in a line while it waits.
template <class T>
class [[nodiscard]] InLine : public Hand<T> {
 public:
  InLine(std::shared_ptr<Channel<T>> channel, Wait wait, const void* end, Place at)
      : Hand<T>(wait, channel->resource.id().value, end, at), channel_(std::move(channel)) {}
  InLine(const InLine&) = default;
  ~InLine() { leave(); }
  void await_suspend(std::coroutine_handle<> frame) {
    auto& line = lines();
    place_ = line.insert(line.end(), this);
    in_line_ = true;
    ++channel_->resource.waiters;
    channel_->resource.emit(Kind::acquire_begin, this->at_);
    Blocked::await_suspend(frame);
  }
  std::optional<T> await_resume() {
    leave();
    try {
      Blocked::await_resume();
    } catch (...) {
      channel_->resource.emit(Kind::acquire_abandoned, this->at_);
      throw;
    }
    channel_->resource.emit(Kind::acquired, this->at_);
    return std::move(this->item);
  }

 private:
  std::list<Hand<T>*>& lines() { return this->wait_ == Wait::queue_put ? channel_->senders : channel_->receivers; }
  void leave() {
    if (!std::exchange(in_line_, false)) return;
    lines().erase(place_);
    --channel_->resource.waiters;
  }
  std::shared_ptr<Channel<T>> channel_;
  typename std::list<Hand<T>*>::iterator place_;
  bool in_line_ = false;
};
}  // namespace detail

/// The end that sends.  A handle; clone() makes another end of the same channel.
template <class T>
class MemorySendChannel {
 public:
  /// Sends without waiting; WouldBlock where the buffer is full and nobody receives, ClosedResourceError on a closed end,
  /// BrokenResourceError when all receivers are closed.
  void send_nowait(T item, Place at = Place::current()) const;
  /// The same, but waits for room.  Always a checkpoint.
  Task<void> send(T item, Place at = Place::current()) const { return send_through(end_, std::move(item), at); }
  /// When the last sender is closed, the receivers' loops end.
  void close(Place at = Place::current()) const;
  Task<void> aclose(Place at = Place::current()) const { return aclose_end(*this, at); }
  MemorySendChannel clone() const;

  struct End {
    std::shared_ptr<detail::Channel<T>> channel;
    bool closed = false;
  };
  explicit MemorySendChannel(std::shared_ptr<End> end) : end_(std::move(end)) { ++end_->channel->open_senders; }
  MemorySendChannel(const MemorySendChannel& other) : end_(other.end_) {}

 private:
  static void hand_over(End& end, T& item, const Place& at);
  static Task<void> send_through(std::shared_ptr<End> end, T item, Place at);
  static Task<void> aclose_end(MemorySendChannel channel, Place at) {
    channel.close(at);
    co_await checkpoint(at);
  }
  std::shared_ptr<End> end_;
};

/// The end that receives.
template <class T>
class MemoryReceiveChannel {
 public:
  /// The next item without waiting; WouldBlock where there is none, EndOfChannel where none will come.
  T receive_nowait(Place at = Place::current()) const { return take(*end_, at); }
  /// The same, but waits.  Always a checkpoint.
  Task<T> receive(Place at = Place::current()) const { return receive_through(end_, at); }
  /// The next item, none at the end of the channel: `async for item in channel`.
  Task<std::optional<T>> next(Place at = Place::current()) const { return next_through(end_, at); }
  void close(Place at = Place::current()) const;
  Task<void> aclose(Place at = Place::current()) const { return aclose_end(*this, at); }
  MemoryReceiveChannel clone() const;

  struct End {
    std::shared_ptr<detail::Channel<T>> channel;
    bool closed = false;
  };
  explicit MemoryReceiveChannel(std::shared_ptr<End> end) : end_(std::move(end)) { ++end_->channel->open_receivers; }
  MemoryReceiveChannel(const MemoryReceiveChannel& other) : end_(other.end_) {}

 private:
  static T take(End& end, const Place& at);
  static Task<T> receive_through(std::shared_ptr<End> end, Place at);
  static Task<std::optional<T>> next_through(std::shared_ptr<End> end, Place at);
  static Task<void> aclose_end(MemoryReceiveChannel channel, Place at) {
    channel.close(at);
    co_await checkpoint(at);
  }
  std::shared_ptr<End> end_;
};

/// `auto [send, receive] = trio::open_memory_channel<int>(0);`  `max_buffer_size` items may wait between the ends; with none
/// a sender waits until its item is taken.
template <class T>
std::pair<MemorySendChannel<T>, MemoryReceiveChannel<T>> open_memory_channel(std::size_t max_buffer_size,
                                                                             std::string_view name = "channel",
                                                                             Place at = Place::current()) {
  auto channel = std::make_shared<detail::Channel<T>>(max_buffer_size, name, at);
  using Send = typename MemorySendChannel<T>::End;
  using Receive = typename MemoryReceiveChannel<T>::End;
  return {MemorySendChannel<T>(std::make_shared<Send>(Send{channel})),
          MemoryReceiveChannel<T>(std::make_shared<Receive>(Receive{channel}))};
}

// ------------------------------------------------------------------------------------------------ templates

template <class T>
void MemorySendChannel<T>::hand_over(End& end, T& item, const Place& at) {
  auto& channel = *end.channel;
  if (end.closed) throw ClosedResourceError();
  if (channel.open_receivers == 0) throw BrokenResourceError();
  auto* receiver = channel.first(channel.receivers);
  if (!receiver && channel.items.size() >= channel.size) throw WouldBlock();
  if (!receiver) channel.items.push_back(std::move(item));
  channel.resource.value = static_cast<std::uint32_t>(channel.items.size());
  runtime::Loop::Because because(channel.resource.loop(), channel.resource.emit(Kind::level, at));
  if (!receiver) return;
  receiver->item.emplace(std::move(item));
  receiver->wake();
}

template <class T>
void MemorySendChannel<T>::send_nowait(T item, Place at) const {
  hand_over(*end_, item, at);
}

template <class T>
Task<void> MemorySendChannel<T>::send_through(std::shared_ptr<End> end, T item, Place at) {
  co_await checkpoint_if_cancelled(at);
  bool sent = true;
  try {
    hand_over(*end, item, at);
  } catch (const WouldBlock&) { sent = false; }
  if (sent) {
    co_await cancel_shielded_checkpoint(at);
    co_return;
  }
  detail::InLine<T> waiting(end->channel, Wait::queue_put, end.get(), at);
  waiting.item.emplace(std::move(item));
  co_await std::move(waiting);
}

template <class T>
void MemorySendChannel<T>::close(Place at) const {
  if (std::exchange(end_->closed, true)) return;
  auto& channel = *end_->channel;
  runtime::Loop::Because because(channel.resource.loop(), channel.resource.emit(Kind::level, at));
  channel.template fail_all<ClosedResourceError>(channel.senders, end_.get());
  if (--channel.open_senders > 0) return;
  channel.resource.emit(Kind::resource_closed, at);
  channel.template fail_all<EndOfChannel>(channel.receivers, nullptr);
}

template <class T>
MemorySendChannel<T> MemorySendChannel<T>::clone() const {
  if (end_->closed) throw ClosedResourceError();
  return MemorySendChannel(std::make_shared<End>(End{end_->channel}));
}

template <class T>
T MemoryReceiveChannel<T>::take(End& end, const Place& at) {
  auto& channel = *end.channel;
  if (end.closed) throw ClosedResourceError();
  auto* sender = channel.first(channel.senders);
  if (sender) channel.items.push_back(std::move(*sender->item));
  if (channel.items.empty() && channel.open_senders == 0) throw EndOfChannel();
  if (channel.items.empty()) throw WouldBlock();
  T item = std::move(channel.items.front());
  channel.items.pop_front();
  channel.resource.value = static_cast<std::uint32_t>(channel.items.size());
  runtime::Loop::Because because(channel.resource.loop(), channel.resource.emit(Kind::acquired, at));
  if (sender) sender->wake();
  return item;
}

template <class T>
Task<T> MemoryReceiveChannel<T>::receive_through(std::shared_ptr<End> end, Place at) {
  co_await checkpoint_if_cancelled(at);
  std::optional<T> item;
  try {
    item.emplace(take(*end, at));
  } catch (const WouldBlock&) {}
  if (item) {
    co_await cancel_shielded_checkpoint(at);
    co_return std::move(*item);
  }
  detail::InLine<T> waiting(end->channel, Wait::queue_get, end.get(), at);
  item = co_await std::move(waiting);
  co_return std::move(*item);
}

template <class T>
Task<std::optional<T>> MemoryReceiveChannel<T>::next_through(std::shared_ptr<End> end, Place at) {
  std::optional<T> item;
  try {
    item.emplace(co_await receive_through(end, at));
  } catch (const EndOfChannel&) {}
  co_return item;
}

template <class T>
void MemoryReceiveChannel<T>::close(Place at) const {
  if (std::exchange(end_->closed, true)) return;
  auto& channel = *end_->channel;
  runtime::Loop::Because because(channel.resource.loop(), channel.resource.emit(Kind::level, at));
  channel.template fail_all<ClosedResourceError>(channel.receivers, end_.get());
  if (--channel.open_receivers > 0) return;
  channel.items.clear();
  channel.resource.value = 0;
  channel.resource.emit(Kind::resource_closed, at);
  channel.template fail_all<BrokenResourceError>(channel.senders, nullptr);
}

template <class T>
MemoryReceiveChannel<T> MemoryReceiveChannel<T>::clone() const {
  if (end_->closed) throw ClosedResourceError();
  return MemoryReceiveChannel(std::make_shared<End>(End{end_->channel}));
}

}  // namespace awaitscope::trio
