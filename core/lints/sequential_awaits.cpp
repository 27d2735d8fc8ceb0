// sequential-awaits: one task makes requests one after another although none needs another's result.
#include <fmt/format.h>

#include "core/findings/chains.h"

namespace awaitscope::lints {
namespace {

constexpr double saving_share = 0.2, saving_ms = 10;
constexpr std::size_t a_loop = 3;  ///< so many requests from one place are await-in-loop's

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  for (const Chain& chain : independent_chains(run)) {
    if (chain.size() >= a_loop && one_place(chain)) continue;
    const Lengths length = lengths(chain);
    if (!length.saves(run.setting("sequential-awaits.saving_share", saving_share),
                      run.setting("sequential-awaits.saving_ms", saving_ms)))
      continue;
    Finding f = about(run, chain);
    f.sentence = fmt::format("task {} awaits {} one after another{}: {}, {}; started together they take {}",
                             run.name_of(chain.back()->task), named(run, chain), at(f.site), show(length.sum),
                             independence(run, chain), show(length.longest));
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint sequential_awaits() {
  return {"sequential-awaits",
          "one task awaits requests one after another that do not need each other's results",
          "start them together with gather or a TaskGroup and join once",
          "sequential_awaits",
          {{"saving_share", saving_share}, {"saving_ms", saving_ms}},
          check};
}

}  // namespace awaitscope::lints
