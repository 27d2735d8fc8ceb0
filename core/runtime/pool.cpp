#include "core/runtime/pool.h"

#include "core/runtime/intervened.h"
#include "core/runtime/semaphore.h"
#include "core/runtime/timeout.h"

namespace awaitscope::runtime {

namespace detail {
namespace {
void tell(Resource& resource, Kind kind, const Place& at) {
  Loop& loop = resource.loop();
  loop.emit(kind, loop.site(at), loop.cause(), {.a = resource.id().value});
}
}  // namespace

struct ConnectionState {
  ConnectionState(PoolRef pool, const std::string& name, const Place& at)
      : pool(std::move(pool)), name(name), resource(ResourceType::connection, 1, 1, name, at) {}
  PoolRef pool;  ///< null while it lies there: a pool that nobody holds may go
  std::string name;
  Resource resource;  ///< value: 1 while it carries nothing
  int carries = 0;    ///< requests at once; more than one is an error of the program
  Seq opened = 0;     ///< the event of the handshake's end, 0: it took no time
};

struct PoolState {
  /// The permits of a pool; as a semaphore's, but the trace knows what they are.
  struct Slots : Semaphore {
    Slots(int limit, const std::string& name, const Place& at) : Semaphore(limit, std::nullopt, name, at, ResourceType::pool) {}
    using Semaphore::resource;
  };
  PoolState(Service peer, std::string name, int limit, Duration connect, Duration timeout, const Place& at)
      : peer(peer), name(std::move(name)), limit(limit), connect(connect), timeout(timeout), slots(limit, this->name, at) {}
  ~PoolState() {
    const Loop* loop = Loop::running_or_null();
    if (!loop || loop != &slots.resource().loop() || loop->closed()) return;
    for (const ConnectionRef& connection : idle) tell(connection->resource, Kind::resource_closed, Place{});
    tell(slots.resource(), Kind::resource_closed, Place{});  // no line says so
  }

  Service peer;
  std::string name;
  int limit;
  Duration connect, timeout;
  Slots slots;
  std::vector<ConnectionRef> idle;
  int opened = 0;
};

namespace {

/// A request on a connection, from its first byte to its end.
class Carried {
 public:
  Carried(ConnectionState& connection, const Place& at) : connection_(connection), at_(at) {
    ++connection_.carries;
    connection_.resource.value = 0;
    connection_.resource.emit(Kind::acquired, at_);
  }
  ~Carried() {
    connection_.resource.value = --connection_.carries == 0;
    if (!connection_.resource.loop().closed()) connection_.resource.emit(Kind::released, at_);
  }
  Carried(const Carried&) = delete;
  bool alone() const { return connection_.carries == 1; }

 private:
  ConnectionState& connection_;
  Place at_;
};

/// The handshake as the trace sees it: a request that ends in one way or another.
class Handshake {
 public:
  Handshake(Loop& loop, ResourceId connection, const std::vector<Seq>& inputs, const Place& at)
      : loop_(loop), connection_(connection), at_(at), id_(loop.next_request_id()) {
    loop.emit(Kind::request_begin, loop.site(at), loop.cause(),
              {.a = id_.value, .b = connection_.value, .c = 1, .d = loop.recorder().text("connect").value});
    for (const Seq input : inputs)
      if (input) loop.emit(Kind::request_input, loop.site(at), loop.cause(), {.a = id_.value, .b = input});
  }
  std::uint32_t id() const { return id_.value; }
  Seq end(RequestStatus status) {
    if (loop_.closed()) return 0;
    return loop_.emit(Kind::request_end, loop_.site(at_), loop_.cause(),
                      {.a = id_.value, .b = connection_.value, .c = static_cast<std::uint8_t>(status)});
  }

 private:
  Loop& loop_;
  ResourceId connection_;
  Place at_;
  RequestId id_;
};

/// A slot of the pool, after a wait in line.
Task<void> wait_in_line(PoolRef pool) {
  const Place at = co_await called_at();
  if (pool->timeout.count() <= 0 || !pool->slots.locked()) {
    co_await pool->slots.acquire(at);
    co_return;
  }
  Timeout limit(after(pool->timeout), ScopeType::timeout, at);
  std::exception_ptr error;
  try {
    co_await pool->slots.acquire(at);
  } catch (...) { error = std::current_exception(); }
  try {
    limit.leave(std::exchange(error, {}));
  } catch (const TimeoutError&) { throw PoolTimeout(pool->name + ": no connection in " + show(pool->timeout)); }
}

Task<ConnectionRef> open(PoolRef pool, std::vector<Seq> inputs) {
  const Place at = co_await called_at();
  auto connection = std::make_shared<ConnectionState>(pool, pool->name + "-" + std::to_string(++pool->opened), at);
  Loop& loop = connection->resource.loop();
  if (pool->connect.count() > 0) {
    Handshake handshake(loop, connection->resource.id(), inputs, at);
    try {
      co_await sleep(pool->connect, at).as(Wait::request, handshake.id());
    } catch (...) {
      handshake.end(RequestStatus::cancelled);
      throw;
    }
    if (loop.failed_by_hand({handshake.id()})) {
      handshake.end(RequestStatus::failed);
      throw ServiceError(pool->name + " failed to connect", {handshake.id()});
    }
    connection->opened = handshake.end(RequestStatus::ok);
  }
  tell(connection->resource, Kind::resource_opened, at);
  co_return connection;
}

}  // namespace
}  // namespace detail

using namespace detail;

// ------------------------------------------------------------------------------------------------ Connection, Lease

const std::string& Connection::name() const { return state_->name; }

Task<Value<int>> Connection::request(ConnectionRef state, std::string what, Duration takes, std::vector<Seq> inputs) {
  const Place at = co_await called_at();
  Carried carried(*state, at);
  if (!carried.alone()) throw InterfaceError("cannot perform operation: another operation is in progress");
  if (!state->pool) misuse<ValueError>("connection " + state->name + " has been given back", at);
  inputs.push_back(state->opened);  // without the connection there is no request
  auto request = state->pool->peer.request(what, takes, std::move(inputs));
  co_return co_await std::move(request).at(at);
}

Lease::~Lease() {
  const Loop* loop = connection_ ? Loop::running_or_null() : nullptr;
  if (!loop || loop->closed() || !connection_->state_->pool) return;
  Pool(connection_->state_->pool).release(*connection_, at_);
}

// ------------------------------------------------------------------------------------------------ Pool, Client

Pool::Pool(Service peer, PoolOptions options, Place at) {
  if (options.limit_ < 1) misuse<ValueError>("a pool needs room for a connection", at);
  Intervened* on = Loop::running().intervened();
  if (on && (state_ = on->shared(at, peer))) return;
  state_ = std::make_shared<PoolState>(peer, std::move(options.name_), options.limit_, options.connect_, options.timeout_, at);
  if (on) on->share(at, peer, state_);
}

Task<Connection> Pool::acquire(PoolRef pool, std::vector<Seq> inputs) {
  const Place at = co_await called_at();
  co_await wait_in_line(pool).at(at);
  if (!pool->idle.empty()) {
    ConnectionRef last = std::move(pool->idle.back());
    pool->idle.pop_back();
    last->pool = pool;
    co_return Connection(std::move(last));
  }
  try {
    auto opening = open(pool, std::move(inputs));
    ConnectionRef opened = co_await std::move(opening).at(at);
    co_return Connection(std::move(opened));
  } catch (...) {
    if (!pool->slots.resource().loop().closed()) pool->slots.release(at);
    throw;
  }
}

Task<Lease> Pool::hold(PoolRef pool, std::vector<Seq> inputs) {
  const Place at = co_await called_at();
  auto acquiring = acquire(pool, std::move(inputs));
  Connection connection = co_await std::move(acquiring).at(at);
  co_return Lease(std::move(connection), at);
}

void Pool::release(const Connection& connection, Place at) {
  if (connection.state_->pool != state_)
    misuse<ValueError>("connection " + connection.name() + " is not lent by this pool", at);
  connection.state_->pool.reset();
  state_->idle.push_back(connection.state_);
  state_->slots.release(at);
}

int Pool::lent() const { return state_->limit - state_->slots.permits_left(); }
int Pool::idle() const { return static_cast<int>(state_->idle.size()); }

Task<Value<int>> Client::get(Pool pool, std::string whole, std::string url, std::vector<Seq> inputs) {
  const Place at = co_await called_at();
  if (!whole.starts_with("http://") && !whole.starts_with("https://"))
    misuse<UnsupportedProtocol>("Request URL is missing an 'http://' or 'https://' protocol.", at);
  auto holding = Pool::hold(pool.state_, inputs);
  Lease connection = co_await std::move(holding).at(at);
  auto request = Connection::request(connection->state_, url, Duration{-1}, std::move(inputs));
  co_return co_await std::move(request).at(at);
}

}  // namespace awaitscope::runtime
