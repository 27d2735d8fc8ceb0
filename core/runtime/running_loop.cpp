#include "core/runtime/running_loop.h"

namespace awaitscope::runtime {

RunningLoop get_running_loop() { return RunningLoop(Loop::running()); }

void RunningLoop::refuse(const Place& at) {
  Loop& loop = Loop::running();
  const std::string message = "This event loop is already running";
  loop.diagnose({.what = Diagnosis::nested_run, .text = message, .site = loop.site(at)});
  throw RuntimeError(message, at);
}

namespace detail {

void wait_on_the_loops_thread(std::string_view function, const Place& at) {
  Loop::running().block_for_ever("result() of " + std::string(function), at);
}

void call_soon_threadsafe(const Ref<Counted>& call, void (*run)(Loop&, Handle&)) {
  Loop& loop = Loop::running();
  loop.call_soon({.run = run, .object = call, .argument = {}, .call = nullptr, .cause = loop.cause(), .by = {}});
}

}  // namespace detail
}  // namespace awaitscope::runtime
