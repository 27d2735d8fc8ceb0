#include "core/runtime/log.h"

#include "core/runtime/workers.h"

namespace awaitscope::runtime {

void write_log(const std::string& text, Place at) {
  if (Job* job = this_thread().job) return job->log(text, at);
  Loop& loop = Loop::running();
  loop.emit(Kind::log, loop.site(at), loop.cause(), {.a = loop.recorder().text(text).value});
}

double loop_time() { return static_cast<double>(Loop::running().now().ns) / 1e9; }

}  // namespace awaitscope::runtime
