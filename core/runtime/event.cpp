#include "core/runtime/event.h"

namespace awaitscope::runtime {

Event::Event(std::string_view name, Place at) : resource_(ResourceType::event, 0, 0, name, at) {
  resource_.offer({this, [](void* self) { return static_cast<Event*>(self)->is_set() ? "it is set already" : nullptr; },
                   [](void* self) { static_cast<Event*>(self)->set(Place{}); }, Hand::What::set});
}

void Event::set(Place at) {
  if (is_set()) return;
  resource_.value = 1;
  const Seq set = resource_.emit(Kind::level, at);
  Loop::Because because(resource_.loop(), set);
  line_.wake_all();
}

void Event::clear(Place at) {
  if (!is_set()) return;
  resource_.value = 0;
  resource_.emit(Kind::level, at);
}

bool Event::Waiter::await_ready() {
  if (!event_.is_set()) return false;
  event_.resource_.emit(Kind::acquired, at_);
  return true;
}

void Event::Waiter::await_resume() {
  if (!turn_.was_parked()) return;
  try {
    turn_.resume();
  } catch (...) {
    event_.resource_.emit(Kind::acquire_abandoned, at_);
    throw;
  }
  event_.resource_.emit(Kind::acquired, at_);
}

}  // namespace awaitscope::runtime
