// await-in-loop: a loop awaits one request after another although none needs another's result.
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/chains.h"

namespace awaitscope::lints {
namespace {

constexpr double at_least = 3, saving_share = 0.2, saving_ms = 10;

/// The awaits that a request of a task stands in, outermost first: the frame and the place of its call.
using Awaits = std::vector<std::pair<std::uint32_t, SiteId>>;

/// The awaits of the first two requests of each chain, by their request_begin.
std::unordered_map<Seq, Awaits> awaits_of(const Run& run, const std::vector<Chain>& chains) {
  std::unordered_map<Seq, Awaits> out;
  std::unordered_map<std::uint32_t, Awaits> open;  // by task
  for (const Chain& chain : chains) {
    open[chain.front()->task.value];
    for (const Request* request : {chain[0], chain[1]}) out[request->begun];
  }
  if (out.empty()) return out;
  for (const Event& e : run.events({Kind::coro_begin, Kind::coro_end, Kind::request_begin})) {
    const auto mine = open.find(e.task);
    if (mine == open.end()) continue;
    Awaits& awaits = mine->second;
    if (e.kind == Kind::coro_begin) {
      awaits.emplace_back(e.a, e.where());
    } else if (e.kind == Kind::coro_end) {
      if (!awaits.empty() && awaits.back().first == e.a) awaits.pop_back();
    } else if (const auto wanted = out.find(e.seq); wanted != out.end()) {
      wanted->second = awaits;
    }
  }
  return out;
}

/// The await that the loop repeats: the outermost call that differs from request to request.
SiteId repeated(const Chain& chain, const std::unordered_map<Seq, Awaits>& awaits) {
  const Awaits& first = awaits.at(chain[0]->begun);
  const Awaits& second = awaits.at(chain[1]->begun);
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i)
    if (first[i].first != second[i].first) return first[i].second ? first[i].second : chain.front()->site;
  return chain.front()->site;
}

std::vector<Finding> check(const Run& run) {
  std::vector<Chain> loops;
  for (const Chain& chain : independent_chains(run))
    if (static_cast<double>(chain.size()) >= run.setting("await-in-loop.at_least", at_least) && one_place(chain) &&
        lengths(chain).saves(run.setting("await-in-loop.saving_share", saving_share),
                             run.setting("await-in-loop.saving_ms", saving_ms)))
      loops.push_back(chain);
  const auto awaits = awaits_of(run, loops);
  std::vector<Finding> out;
  for (const Chain& chain : loops) {
    const Lengths length = lengths(chain);
    Finding f = about(run, chain);
    f.site = run.trace.site(repeated(chain, awaits));
    f.sentence = fmt::format(
        "task {} awaits {} in a loop{}, each when the one before has ended: {}, {}; started together they "
        "take {}",
        run.name_of(chain.back()->task), named(run, chain), at(f.site), show(length.sum), independence(run, chain),
        show(length.longest));
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint await_in_loop() {
  return {"await-in-loop",
          "a loop awaits one request after another that do not need each other's results",
          "start them all in a TaskGroup or with gather, and join once",
          "serial_await_loop",
          {{"at_least", at_least}, {"saving_share", saving_share}, {"saving_ms", saving_ms}},
          check};
}

}  // namespace awaitscope::lints
