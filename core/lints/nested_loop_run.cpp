// nested-loop-run: a program tried to run an event loop on a thread whose loop was running.
#include <fmt/format.h>

#include "core/findings/diagnosed.h"

namespace awaitscope::lints {
namespace {

std::vector<Finding> check(const Run& run) {
  return from_diagnosed(run, Diagnosis::nested_run, Severity::error, [](const Run& r, const Event& e, const std::string& text) {
    return fmt::format("{} tried to run an event loop{} inside the one that runs it: refused at once{}", task_named(r, e.who()),
                       at(r.trace.site(e.where())), text.empty() ? "" : " (" + text + ")");
  });
}

}  // namespace

Lint nested_loop_run() {
  return {"nested-loop-run",
          "an event loop is run on a thread whose loop is running",
          "await the coroutine; keep one asyncio.run, at the entry of the process",
          "nested_loop",
          {},
          check};
}

}  // namespace awaitscope::lints
