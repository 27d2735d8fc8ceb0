#include "core/runtime/circuit.h"

namespace awaitscope::runtime {

struct Circuit::Memory {
  ResourceId id;
  State state = State::closed;
  Instant since;
  int failures = 0;  ///< in a row
  int probes = 0;    ///< calls let through since it is half open
};

Circuit::Circuit(std::string name, Place at) {
  Loop& loop = Loop::running();
  auto memory = std::make_shared<Memory>(Memory{.id = loop.next_resource_id(), .since = loop.now()});
  memory_ = memory.get();
  loop.emit(
      Kind::resource_created, loop.site(at), loop.cause(),
      {.a = memory->id.value, .c = static_cast<std::uint8_t>(ResourceType::breaker), .d = loop.recorder().text(name).value});
  loop.own(std::move(memory));
  record(at);
}

Circuit::State Circuit::state() const { return memory_->state; }
Duration Circuit::age() const { return Loop::running().now() - memory_->since; }

void Circuit::record(const Place& at) {
  Loop& loop = Loop::running();
  loop.emit(Kind::level, loop.site(at), loop.cause(),
            {.a = memory_->id.value,
             .b = static_cast<std::uint32_t>(memory_->state),
             .d = static_cast<std::uint32_t>(memory_->probes)});
}

void Circuit::become(State state) {
  if (state != memory_->state || state == State::open) memory_->since = Loop::running().now();
  memory_->state = state;
  memory_->probes = 0;
}

void Circuit::try_again(Place at) {
  become(State::half_open);
  record(at);
}

void Circuit::enter(Place at) {
  if (memory_->state == State::half_open) ++memory_->probes;
  record(at);
}

void Circuit::succeeded(Place at) {
  memory_->failures = 0;
  become(State::closed);
  record(at);
}

void Circuit::failed(int most, Place at) {
  ++memory_->failures;
  if (memory_->state == State::half_open || memory_->failures >= most) become(State::open);
  record(at);
}

}  // namespace awaitscope::runtime
