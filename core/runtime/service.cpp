#include "core/runtime/service.h"

#include <algorithm>

#include "core/runtime/intervened.h"

namespace awaitscope::runtime {

struct Service::State {
  ServiceOptions options;
  ResourceId id;
  int in_flight = 0;
  int requests = 0;
  Intervened* intervened = nullptr;  ///< puts something around each request
};

namespace {

/// Counts a request in and out, on every path.
class InFlight {
 public:
  InFlight(Loop& loop, int& count, ResourceId service, RequestId request, const Place& at)
      : loop_(loop), count_(count), service_(service), request_(request), at_(at) {
    ++count_;
    level();
  }
  ~InFlight() {
    --count_;
    if (loop_.closed()) return;
    made_ = loop_.emit(Kind::request_end, loop_.site(at_), loop_.cause(),
                       {.a = request_.value, .b = service_.value, .c = static_cast<std::uint8_t>(status)});
    if (made) *made = made_;
    level();
  }
  InFlight(const InFlight&) = delete;
  RequestStatus status = RequestStatus::cancelled;  // until it is known to have come to its end
  Seq* made = nullptr;

 private:
  void level() { loop_.emit(Kind::level, {}, loop_.cause(), {.a = service_.value, .b = static_cast<std::uint32_t>(count_)}); }
  Loop& loop_;
  int& count_;
  ResourceId service_;
  RequestId request_;
  Place at_;
  Seq made_ = 0;
};
}  // namespace

Service::Service(ServiceOptions options, Place at) {
  Loop& loop = Loop::running();
  auto state = std::make_shared<State>(State{std::move(options), loop.next_resource_id()});
  state_ = state.get();
  loop.emit(Kind::resource_created, loop.site(at), loop.cause(),
            {.a = state->id.value,
             .b = static_cast<std::uint32_t>(state->options.capacity_),
             .c = static_cast<std::uint8_t>(ResourceType::service),
             .d = loop.recorder().text(state->options.name_).value});
  if (Intervened* on = loop.intervened(); on && on->concerns(state->options.name_, state->options.capacity_, at))
    state->intervened = on;
  loop.own(std::move(state));
}

Duration random_up_to(Duration most) {
  return Duration{static_cast<std::int64_t>(static_cast<double>(most.count()) * Loop::running().random())};
}

int Service::in_flight() const { return state_->in_flight; }

Task<Value<int>> Service::request(std::string_view what, Duration takes, std::vector<Seq> inputs) {
  auto made = get(state_, attempt_, std::string(what), takes, std::move(inputs));
  return state_->intervened ? state_->intervened->get(attempt_, std::move(made)) : std::move(made);
}

Task<Value<int>> Service::get(State* state, int attempt, std::string what, Duration takes, std::vector<Seq> inputs) {
  const Place at = co_await called_at();
  Loop& loop = Loop::running();
  const RequestId request = loop.next_request_id();
  const int number = ++state->requests;
  loop.emit(Kind::request_begin, loop.site(at), loop.cause(),
            {.a = request.value,
             .b = state->id.value,
             .c = static_cast<std::uint8_t>(std::clamp(attempt, 1, 255)),
             .d = loop.recorder().text(what).value});
  for (Seq input : inputs)
    if (input) loop.emit(Kind::request_input, loop.site(at), loop.cause(), {.a = request.value, .b = input});
  const auto refuse = [&](RequestStatus status) {
    loop.emit(Kind::request_end, loop.site(at), loop.cause(),
              {.a = request.value, .b = state->id.value, .c = static_cast<std::uint8_t>(status)});
  };
  if (!what.empty() && what == state->options.invalid_) {
    refuse(RequestStatus::invalid);
    throw InvalidRequest("there is no " + what);
  }
  const int capacity = state->options.capacity_;
  if (capacity > 0 && state->in_flight >= capacity) {
    refuse(RequestStatus::refused);
    throw ServiceError(state->options.name_ + " refused " + what, request);
  }
  Value<int> out;
  out.value = number;
  {
    InFlight counted(loop, state->in_flight, state->id, request, at);
    Duration length = takes.count() < 0 ? state->options.latency_ : takes;
    if (state->options.jitter_.count() > 0) length += random_up_to(state->options.jitter_);
    const Duration since{loop.now().ns};
    if (since >= state->options.silent_from_ && since < state->options.silent_until_) {
      const Ref<FutureBase> answer(new FutureState<void>);
      answer->wait = Wait::request;
      answer->object = request.value;
      co_await Waiting(answer, at);
    } else {
      co_await sleep(length, at).as(Wait::request, request.value);
    }
    if (loop.must_fail(request) || (state->options.fails_ && state->options.fails_(number))) {
      counted.status = RequestStatus::failed;
      throw ServiceError(state->options.name_ + " failed " + what, request);
    }
    counted.status = RequestStatus::ok;
    counted.made = &out.made;
  }
  co_return out;
}

}  // namespace awaitscope::runtime
