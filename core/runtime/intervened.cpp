#include "core/runtime/intervened.h"

#include <algorithm>

#include "core/runtime/to_thread.h"
#include "core/runtime/wait_for.h"

namespace awaitscope::runtime {
namespace {

/// One that drops a cancel so often will drop the next one too, and a run must end.
constexpr int most_times = 10;
/// No wait before a retry is longer than the first by more than this power of two.
constexpr int most_doublings = 10;

/// The call that a step stands in.
class BlockedCall final : public Job {
 public:
  BlockedCall(Duration length, bool cpu) : length_(length), cpu_(cpu) {}
  void call() noexcept override { cpu_ ? compute(length_) : occupy(length_); }
  void deliver() override {
    if (!result->done()) result->set_finished();
  }
  Ref<FutureBase> result{new FutureState<void>};

 private:
  Duration length_;
  bool cpu_;
};

/// A request that was not made after all is no coroutine that somebody forgot.
class Unmade {
 public:
  explicit Unmade(Task<Value<int>>& request) : request_(request) {}
  ~Unmade() { request_.close(); }
  Unmade(const Unmade&) = delete;

 private:
  Task<Value<int>>& request_;
};

}  // namespace

Intervened::Intervened(Loop& loop, Intervention change) : loop_(loop), change_(std::move(change)) {
  if (is(What::to_worker)) threads_ = std::make_unique<StepThreads>(loop);
}

bool Intervened::here(const Place& at) const {
  return change_.line == 0 || (change_.line == at.line() && change_.file == at.file_name());
}

bool Intervened::to_worker(Duration length, std::string_view what, bool cpu, const Place& at) {
  TaskBase* task = loop_.current_task();
  // An error on its way through a destructor must not meet a second one.
  if (!threads_ || !task || !here(at) || loop_.closed() || std::uncaught_exceptions() > 0 || !threads_->may_stand())
    return false;
  const Ref<BlockedCall> call(new BlockedCall(length, cpu));
  detail::submit(Ref<Job>(call.get()), *call->result, what, at, nullptr);
  Waiting waiting(call->result, at);
  waiting.await_suspend({});
  threads_->stand(*task);
  waiting.await_resume();
  return true;
}

bool Intervened::concerns(const std::string& service, int capacity, const Place& at) {
  using enum Intervention::What;
  if (!named(service) || !(is(limit) || is(deadline) || is(overall_deadline) || is(backoff))) return false;
  if (!is(limit)) return true;
  const int most = change_.count ? static_cast<int>(change_.count) : capacity;
  if (most > 0 && !limiter_) limiter_.emplace(most, "limiter", at);
  return most > 0;
}

Task<Value<int>> Intervened::get(int attempt, Task<Value<int>> request) {
  const Place at = co_await called_at();
  const Unmade unmade(request);
  if (is(What::limit)) {
    auto permit = co_await limiter_->hold(at);
    co_return co_await std::move(request).at(at);
  }
  if (is(What::deadline)) {
    auto limited = wait_for(std::move(request).at(at), change_.length, at);
    co_return co_await std::move(limited).at(at);
  }
  const std::uint32_t task = loop_.current_id().value;
  if (is(What::overall_deadline) && !deadlines_.contains(task))
    deadlines_.emplace(task, Timeout(detail::after(change_.length), ScopeType::timeout, at));
  if (is(What::backoff) && attempt > 1) {
    const Duration half = change_.length * (1 << std::min(attempt - 2, most_doublings)) / 2;
    co_await sleep(half + random_up_to(half), at);
  }
  co_return co_await std::move(request).at(at);
}

std::exception_ptr Intervened::leave(const TaskBase& task, std::exception_ptr error) {
  const auto deadline = deadlines_.find(task.id().value);
  if (deadline == deadlines_.end()) return error;
  Timeout timeout = deadline->second;
  deadlines_.erase(deadline);
  try {
    timeout.leave(error);
  } catch (...) { return std::current_exception(); }
  return error;
}

bool Intervened::ask_again(const TaskBase& task, Seq delivered) {
  if (!is(What::ask_again) || !named(task.name())) return false;
  Again& again = again_[task.id().value];
  if (again.times == most_times) return false;
  ++again.times;
  again.pending = delivered;
  return true;
}

Seq Intervened::pending(const TaskBase& task) {
  const auto found = again_.find(task.id().value);
  return found == again_.end() ? 0 : std::exchange(found->second.pending, 0);
}

std::shared_ptr<detail::PoolState> Intervened::shared(const Place& at, const Service& peer) const {
  const auto found = std::find_if(shared_.begin(), shared_.end(), [&](const Shared& one) {
    return one.at.line() == at.line() && std::string_view(one.at.file_name()) == at.file_name() && one.peer == peer;
  });
  return found == shared_.end() ? nullptr : found->pool;
}

void Intervened::share(const Place& at, const Service& peer, const std::shared_ptr<detail::PoolState>& pool) {
  if (is(What::share_client) && here(at)) shared_.push_back({at, peer, pool});
}

std::size_t Intervened::queue_limit(std::string_view queue, std::size_t maxsize) const {
  return is(What::bound_queue) && maxsize == 0 && named(queue) ? change_.count : maxsize;
}

}  // namespace awaitscope::runtime
