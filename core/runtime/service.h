#pragma once
// The other side that scenarios talk to: a simulated service with latency, capacity and failures, all from the run's seed.
#include <functional>
#include <string>

#include "core/runtime/sleep.h"
#include "core/runtime/value.h"

namespace awaitscope::runtime {

struct ServiceError : std::runtime_error {
  explicit ServiceError(const std::string& message, RequestId request = {}) : runtime_error(message), request(request) {}
  RequestId request;  ///< which one it was, 0: not said
};
/// The request itself is wrong: it will be answered like this however often it is made.
struct InvalidRequest : std::invalid_argument {
  using invalid_argument::invalid_argument;
};

/// Uniform between nothing and `most`, from the run's generator: the jitter of a wait.
Duration random_up_to(Duration most);

/// What a service is like.  Built with chained calls, since g++ 12 breaks aggregates in co_await expressions.
class ServiceOptions {
 public:
  explicit ServiceOptions(std::string name) : name_(std::move(name)) {}
  /// How long one request takes.
  ServiceOptions& latency(Duration d) {
    latency_ = d;
    return *this;
  }
  /// Up to this much more, drawn from the run's generator.
  ServiceOptions& jitter(Duration d) {
    jitter_ = d;
    return *this;
  }
  /// Requests it can work on at once; more are refused at once.  0: any number.
  ServiceOptions& capacity(int n) {
    capacity_ = n;
    return *this;
  }
  /// Whether attempt number `n` (from 1, over all requests) fails.
  ServiceOptions& fails(std::function<bool(int n)> script) {
    fails_ = std::move(script);
    return *this;
  }
  /// Requests made from `begin` until `end`, as times of the run, get no answer: the service is dead, and nobody says so.
  ServiceOptions& silent(Duration begin, Duration end) {
    silent_from_ = begin, silent_until_ = end;
    return *this;
  }
  /// Takes requests and never answers one: a dead peer behind a connection that still stands.
  ServiceOptions& silent(bool on = true) { return silent({}, on ? Duration::max() : Duration{}); }
  /// Requests for `what` are wrong in themselves: InvalidRequest.
  ServiceOptions& invalid(std::string what) {
    invalid_ = std::move(what);
    return *this;
  }

 private:
  friend class Service;
  std::string name_;
  Duration latency_ = std::chrono::seconds(1), jitter_{}, silent_from_{}, silent_until_{};
  int capacity_ = 0;
  std::string invalid_;
  std::function<bool(int)> fails_;
};

/// A handle to a service of this run; copy it freely, the run owns the service.
class Service {
 public:
  explicit Service(ServiceOptions options, Place at = Place::current());

  /// One request, which takes the service's latency (or `takes`).  Gives the number of the request, from 1.
  /// Throws ServiceError where the service is full ("refused") or its script says so ("failed"), InvalidRequest where the
  /// request is wrong.
  /// `from`: results of earlier requests that the arguments came from.
  template <class... From>
  Task<Value<int>> get(std::string_view what, const Value<From>&... from) {
    return request(what, Duration{-1}, {from.made...});
  }
  template <class... From>
  Task<Value<int>> get(std::string_view what, Duration takes, const Value<From>&... from) {
    return request(what, takes, {from.made...});
  }
  /// The same service, asked for the `number`-th time (from 1): so a retry can be told from a new request.
  Service attempt(int number) const {
    Service again = *this;
    again.attempt_ = number;
    return again;
  }
  /// Requests it works on now.
  int in_flight() const;
  bool operator==(const Service& other) const { return state_ == other.state_; }

 private:
  friend class Connection;
  struct State;
  Task<Value<int>> request(std::string_view what, Duration takes, std::vector<Seq> inputs);
  static Task<Value<int>> get(State* state, int attempt, std::string what, Duration takes, std::vector<Seq> inputs);
  State* state_;
  int attempt_ = 1;
};

}  // namespace awaitscope::runtime
