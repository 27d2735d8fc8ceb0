#include "app/desk/runner.h"

#include "core/policies/policies.h"

namespace awaitscope::desk {
namespace {

/// In live mode the queue holds this many chunks of 1024 events; what a slow viewer leaves behind is counted as lost.
constexpr std::size_t live_bound = 1024;

std::string plain(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

TraceInfo info_of(const Program& program) {
  TraceInfo info;
  info.scenario = program.scenario->name;
  info.variant = program.variant;
  for (const Parameter& p : program.scenario->parameters)
    info.parameters.emplace_back(p.name, plain(program.settings.number(p.name)));
  info.schedule = program.schedule;
  info.clock = program.live ? "steady" : "virtual";
  return info;
}

/// Passes chunks on to the queue and says so.
class Runner::Notifier final : public Sink {
 public:
  explicit Notifier(Runner& runner) : runner_(runner) {}
  std::unique_ptr<Chunk> exchange(std::unique_ptr<Chunk> full) override {
    const bool something = full != nullptr;
    auto next = runner_.queue_.exchange(std::move(full));
    if (something && runner_.arrived_) runner_.arrived_();
    return next;
  }

 private:
  Runner& runner_;
};

Runner::Runner(Program program, std::function<void()> arrived, const Hold& hold)
    : program_(std::move(program)), arrived_(std::move(arrived)), queue_(program_.live ? live_bound : 0) {
  if (hold.closed) gate_.pause();
  if (hold.at) gate_.hold_at(hold.at);
  gate_.stood = arrived_;
  thread_ = std::thread([this] {
    Notifier notifier(*this);
    const auto variant = find_variant(*program_.scenario, program_.variant);
    runtime::RunOptions options;
    const auto policy = make_policy(program_.schedule);
    if (policy) options.policy = policy->get();
    options.sink = &notifier;
    options.steady = program_.live;
    options.schedule = program_.schedule;
    options.gate = &gate_;
    if (program_.scenario->prepare) program_.scenario->prepare(program_.settings, options);
    result_ = runtime::run([&] { return (*variant)->main(program_.settings); }, options);
    result_.error = nullptr;  // its text is in the trace; the exception's memory belongs to this thread
    ended_.store(true, std::memory_order_release);
    ended_.notify_all();
    if (arrived_) arrived_();
  });
}

Runner::~Runner() {
  gate_.stop();
  thread_.join();
}

bool Runner::pump(Trace& trace) {
  const bool ended = ended_.load(std::memory_order_acquire);
  const std::uint64_t stand = gate_.standing() ? gate_.stands() : 0;
  const bool any = queue_.drain(trace) > 0;
  pumped_stand_ = stand;       // what it handed over before it stood was in the queue
  if (ended) drained_ = true;  // what it handed over before it ended was in the queue
  return any;
}

Result<Trace> record(const Program& program, const Watch& watch) {
  Trace trace;
  trace.info = info_of(program);
  Runner runner(program);
  while (!runner.finished()) {
    if (watch.interrupted && watch.interrupted->load()) runner.gate().stop();
    if (!runner.pump(trace)) {
      std::this_thread::sleep_for(std::chrono::microseconds(program.live ? 5000 : 200));
    } else if (watch.arrived) {
      if (const Status taken = watch.arrived(trace); !taken) return Error{taken.error()};
    }
  }
  return trace;
}

}  // namespace awaitscope::desk
