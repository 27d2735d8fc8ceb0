// never-awaited: a coroutine was made by a call, and nobody ran it.
#include <fmt/format.h>

#include "core/findings/diagnosed.h"
#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

/// The event after which it was called; 0 where the trace does not say.
Seq called_after(const Run& run, Seq diagnosed) {
  if (diagnosed < 2) return 0;
  const Event dropped = run.trace[diagnosed - 1];
  return dropped.kind == Kind::coro_unstarted && dropped.cause < dropped.seq ? dropped.cause : 0;
}

std::vector<Finding> check(const Run& run) {
  auto out =
      from_diagnosed(run, Diagnosis::never_awaited, Severity::error, [](const Run& r, const Event& e, const std::string& text) {
        const Seq call = called_after(r, e.seq);
        const std::string when = call && r.trace[call].at() < e.at()
                                     ? fmt::format(", and thrown away {} later", show(e.at() - r.trace[call].at()))
                                     : "";
        const Site& site = r.trace.site(e.where());
        return fmt::format("coroutine {}{} was called but never awaited{}: not one line of it has run",
                           text.empty() ? "?" : text, site.line ? fmt::format(" ({})", show(site)) : "", when);
      });
  for (Finding& f : out)
    if (const Seq call = called_after(run, f.evidence.front())) {
      f.begin = run.trace[call].at();
      f.evidence.push_back(call);
    }
  return out;
}

}  // namespace

Lint never_awaited() {
  return {"never-awaited",
          "a coroutine is called but never awaited",
          "co_await it, or hand it to create_task or gather",
          "forgotten_await",
          {},
          check};
}

}  // namespace awaitscope::lints
