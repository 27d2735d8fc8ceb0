#include "core/findings/asked.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope {

const Cancellation* request_of(const History& history, Seq seq) {
  const auto found = std::lower_bound(history.cancellations.begin(), history.cancellations.end(), seq,
                                      [](const Cancellation& c, Seq s) { return c.requested < s; });
  return found != history.cancellations.end() && found->requested == seq ? &*found : nullptr;
}

const Cancellation& root_of(const History& history, const Cancellation& request) {
  const Cancellation* root = &request;
  while (root->parent != 0 && root->parent < root->requested) {
    const Cancellation* parent = request_of(history, root->parent);
    if (!parent) break;
    root = parent;
  }
  return *root;
}

std::string who_asked(const Run& run, const Cancellation& request) {
  const Cancellation& root = root_of(run.history, request);
  std::string out;
  if (const ScopeModel* scope = run.history.model.scope(root.scope); scope && scope->entered) {
    out = fmt::format("the {}{}", name(scope->type), at(run.trace.site(scope->site)));
  } else {
    out = root.by ? fmt::format("{}{}", run.name_of(root.by), at(run.trace.site(root.asked_at)))
                  : fmt::format("the loop ({})", name(root.why));
  }
  if (&root != &request && root.target != request.target) out += fmt::format(" of {}", run.name_of(root.target));
  return out;
}

}  // namespace awaitscope
