// never-awaited: a coroutine was made by a call, and nobody ran it.
#include <fmt/format.h>

#include "core/findings/diagnosed.h"

namespace awaitscope::lints {
namespace {

std::vector<Finding> check(const Run& run) {
  return from_diagnosed(run, Diagnosis::never_awaited, Severity::error,
                        [](const Run& r, const Event& e, const std::string& text) {
                          return fmt::format("coroutine {} was called{} but never awaited: not one line of it has run",
                                             text.empty() ? "?" : text, at(r.trace.site(e.where())));
                        });
}

}  // namespace

Lint never_awaited() {
  return {"never-awaited",
          "a coroutine is called but never awaited",
          "co_await it, or hand it to create_task or gather",
          "",
          {},
          check};
}

}  // namespace awaitscope::lints
