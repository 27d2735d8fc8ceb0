#include "core/runtime/to_thread.h"

namespace awaitscope::runtime::detail {

void submit(const Ref<Job>& job, FutureBase& result, std::string_view name, Place at, Workers* pool) {
  Loop& loop = Loop::running();
  job->id = loop.next_job_id();
  result.wait = Wait::job;
  result.object = job->id.value;
  job->cause =
      loop.emit(Kind::job_submitted, loop.site(at), loop.cause(), {.a = job->id.value, .b = loop.recorder().text(name).value});
  // First in line, so that a call that nobody waits for any more is dropped before its awaiter goes on.
  result.add_done_callback({[](Counted& self, FutureBase& ended) {
                              auto& call = static_cast<Job&>(self);
                              if (ended.cancelled()) call.pool->unwanted(call);
                            },
                            job});
  job->pool = pool ? pool : &loop.workers();
  job->pool->submit(job);
}

}  // namespace awaitscope::runtime::detail
