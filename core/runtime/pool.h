#pragma once
// Connections to a service, and the pool that lends them.  Opening one takes time, so they are kept and used again; there
// are only so many, so whoever comes when all are lent waits in line, first come first served.
//
// In a trace the pool is a resource with a number of permits left.  Each connection is a resource of its own: opened once
// (its handshake is a request named "connect"), closed once, and acquired and released around each request that it carries.
#include "core/runtime/service.h"

namespace awaitscope::runtime {

/// No connection became free in time.
struct PoolTimeout : std::runtime_error {
  using runtime_error::runtime_error;
};
/// A second request was put on a connection before the first had its answer: what database drivers raise.
struct InterfaceError : std::runtime_error {
  using runtime_error::runtime_error;
};
/// A URL without a protocol, and no base URL to complete it.
struct UnsupportedProtocol : ValueError {
  using ValueError::ValueError;
};

/// What a pool is like; chained as ServiceOptions are.
class PoolOptions {
 public:
  explicit PoolOptions(std::string name) : name_(std::move(name)) {}
  /// Connections at once.
  PoolOptions& limit(int n) {
    limit_ = n;
    return *this;
  }
  /// How long it takes to open one.  0: no time at all.
  PoolOptions& connect(Duration d) {
    connect_ = d;
    return *this;
  }
  /// How long acquire() waits in line.  0: for ever.
  PoolOptions& timeout(Duration d) {
    timeout_ = d;
    return *this;
  }

 private:
  friend class Pool;
  std::string name_;
  int limit_ = 10;
  Duration connect_{}, timeout_{};
};

namespace detail {
struct PoolState;
struct ConnectionState;
using PoolRef = std::shared_ptr<PoolState>;
using ConnectionRef = std::shared_ptr<ConnectionState>;
}  // namespace detail

/// One connection, lent by a pool.  A handle: dropping it gives nothing back.
class Connection {
 public:
  explicit Connection(detail::ConnectionRef state) : state_(std::move(state)) {}
  /// One request over it, of the service's latency (or `takes`).  InterfaceError, at once, while it carries another one.
  /// `from`: results of earlier requests that the arguments came from.
  template <class... From>
  Task<Value<int>> request(std::string_view what, const Value<From>&... from) {
    return request(state_, std::string(what), Duration{-1}, {from.made...});
  }
  template <class... From>
  Task<Value<int>> request(std::string_view what, Duration takes, const Value<From>&... from) {
    return request(state_, std::string(what), takes, {from.made...});
  }
  /// What the trace calls it: "pool-1" is the first that the pool opened.
  const std::string& name() const;

 private:
  friend class Client;
  friend class Lease;
  friend class Pool;
  static Task<Value<int>> request(detail::ConnectionRef state, std::string what, Duration takes, std::vector<Seq> inputs);
  detail::ConnectionRef state_;
};

/// A connection for a block: it goes back at the block's end, whatever ends it.  Move-only.
class [[nodiscard]] Lease {
 public:
  Lease(Connection connection, Place at) : connection_(std::move(connection)), at_(at) {}
  Lease(Lease&& other) noexcept : connection_(std::exchange(other.connection_, std::nullopt)), at_(other.at_) {}
  Lease& operator=(Lease&&) = delete;
  ~Lease();
  Connection* operator->() { return &*connection_; }

 private:
  std::optional<Connection> connection_;
  Place at_;
};

/// A pool.  A handle, its copies are the same pool; when the last one goes, the pool closes what lies idle.
class Pool {
 public:
  /// ValueError for a limit below 1.
  Pool(Service peer, PoolOptions options, Place at = Place::current());

  /// Lends the connection that was given back last, or opens one.  Waits in line while all are lent: PoolTimeout where that
  /// takes longer than the pool's timeout.  Who is cancelled meanwhile, or while it connects, leaves nothing behind.
  Task<Connection> acquire() { return acquire(state_, {}); }
  /// Takes a connection back; whoever waits first gets it.  ValueError for one that is not lent.
  void release(const Connection& connection, Place at = Place::current());
  /// `auto connection = co_await pool.hold();` is `async with pool.acquire() as connection:`.
  Task<Lease> hold() { return hold(state_, {}); }

  /// Connections that are lent, or being opened for somebody.
  int lent() const;
  /// Connections that are open and wait for use.
  int idle() const;

 private:
  friend class Client;
  friend class Lease;
  explicit Pool(detail::PoolRef state) : state_(std::move(state)) {}
  static Task<Connection> acquire(detail::PoolRef pool, std::vector<Seq> inputs);
  static Task<Lease> hold(detail::PoolRef pool, std::vector<Seq> inputs);
  detail::PoolRef state_;
};

/// An HTTP client: a pool of connections to one service, and requests that each borrow one.  A handle, as a pool is.
class Client {
 public:
  /// `base_url` completes what get() is told.
  Client(Service peer, PoolOptions options, std::string base_url = {}, Place at = Place::current())
      : pool_(peer, std::move(options), at), base_url_(std::move(base_url)) {}

  /// GET.  UnsupportedProtocol where neither `url` nor the base URL names a protocol: nothing is sent then.
  template <class... From>
  Task<Value<int>> get(std::string_view url, const Value<From>&... from) {
    return get(pool_, base_url_ + std::string(url), std::string(url), {from.made...});
  }
  const Pool& pool() const { return pool_; }

 private:
  static Task<Value<int>> get(Pool pool, std::string whole, std::string url, std::vector<Seq> inputs);
  Pool pool_;
  std::string base_url_;
};

}  // namespace awaitscope::runtime
