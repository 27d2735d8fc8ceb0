#include "core/findings/chains.h"

#include <unordered_set>

#include <fmt/format.h>

#include "core/findings/requests.h"

namespace awaitscope {
namespace {

constexpr std::size_t most_seen = 256;      ///< values that are followed back
constexpr std::size_t most_evidence = 100;  ///< of one finding

bool belongs(const Request& request, const Chain& chain) {
  return std::binary_search(chain.begin(), chain.end(), &request,
                            [](const Request* a, const Request* b) { return a->begun < b->begun; });
}

/// Whether data of `request` came from what `run` has made: by its inputs, and by the inputs of those.
bool needs(const Requests& requests, const Request& request, const Chain& run) {
  const Seq first = run.front()->ended;
  std::vector<Seq> to_see = request.inputs;
  std::vector<Seq> seen;
  while (!to_see.empty()) {
    const Seq value = to_see.back();
    to_see.pop_back();
    // What is older than the run's first result cannot come from it.
    if (value < first || std::find(seen.begin(), seen.end(), value) != seen.end()) continue;
    seen.push_back(value);
    const Request* made = requests.ended_by(value);
    // A value of another origin, made since: it may well come from the run, and this rule does not guess.
    if (!made || seen.size() > most_seen || belongs(*made, run)) return true;
    to_see.insert(to_see.end(), made->inputs.begin(), made->inputs.end());
  }
  return false;
}

/// Whether the task waited for anything but requests from one event to another: then its order has other reasons.
bool waited_between(const Lane& lane, Seq from, Seq to) {
  auto span =
      std::lower_bound(lane.spans.begin(), lane.spans.end(), from, [](const Span& s, Seq seq) { return s.first < seq; });
  for (; span != lane.spans.end() && span->first < to; ++span)
    if (span->phase == Phase::waiting && span->wait != Wait::request && span->wait != Wait::yield) return true;
  return false;
}

/// Only our own runtime records which values an argument came from.
bool knows_inputs(const Run& run) { return run.trace.info.runtime.starts_with("awaitscope"); }

std::string what(const Run& run, const Request& request) {
  return request.what ? plain(run.trace.text(request.what.value)) : "a request to " + run.name_of(request.service);
}

}  // namespace

bool one_place(const Chain& chain) {
  return chain.front()->site && std::all_of(chain.begin(), chain.end(), [&](const Request* request) {
           return request->site == chain.front()->site && request->service == chain.front()->service;
         });
}

bool Lengths::saves(double share, double ms) const {
  const double saving = static_cast<double>((sum - longest).count());
  return saving >= ms * 1e6 && saving >= share * static_cast<double>(sum.count());
}

Lengths lengths(const Chain& chain) {
  Lengths out;
  for (const Request* request : chain) {
    out.sum += request->end - request->begin;
    out.longest = std::max(out.longest, request->end - request->begin);
  }
  return out;
}

std::string named(const Run& run, const Chain& chain) {
  std::vector<std::string> names;
  std::unordered_set<std::uint64_t> known;
  for (const Request* request : chain)
    if (known.insert(std::uint64_t{request->what.value} << 32 | (request->what ? 0 : request->service.value)).second)
      names.push_back(what(run, *request));
  return names.size() == chain.size() ? listed(names) : fmt::format("{} ({})", counted(chain.size(), "request"), listed(names));
}

std::string independence(const Run& run, const Chain& chain) {
  if (!knows_inputs(run)) return "although nothing shows that one needs another's result";
  return chain.size() == 2 ? "although neither needs the other's result" : "although none needs another's result";
}

Finding about(const Run& run, const Chain& chain) {
  const Request& last = *chain.back();
  Finding f;
  f.confidence = sureness(run, last.ended);
  if (f.confidence == Confidence::proven && !knows_inputs(run)) f.confidence = Confidence::likely;
  f.site = run.trace.site(chain.front()->site);
  f.begin = chain.front()->begin;
  f.end = last.end;
  f.tasks = {last.task};
  f.evidence.push_back(chain[1]->begun);  // the moment at which the first mistake is made
  for (const Request* request : chain) {
    if (std::find(f.resources.begin(), f.resources.end(), request->service) == f.resources.end())
      f.resources.push_back(request->service);
    if (f.evidence.size() >= most_evidence) continue;
    if (request != chain[1]) f.evidence.push_back(request->begun);
    if (request->ended) f.evidence.push_back(request->ended);
  }
  return f;
}

IndependentChains::IndependentChains(const Run& run) {
  const History& h = run.history;
  const Requests& requests = run.once<Requests>();
  std::vector<Chain> by_task(h.lanes.size());
  for (const Request& request : h.requests) {
    if (request.task && request.task.value <= by_task.size()) by_task[request.task.value - 1].push_back(&request);
  }
  for (std::size_t i = 0; i < by_task.size(); ++i) {
    Chain chain;
    const auto close = [&] {
      if (chain.size() > 1) all.push_back(chain);
      chain.clear();
    };
    for (const Request* request : by_task[i]) {
      // A retry must come after what failed; a request that failed or is still under way gives nothing to go on with.
      if (request->attempt > 1) continue;
      if (!chain.empty()) {
        const Request& before = *chain.back();
        const bool after = before.ended != 0 && before.ended < request->begun && before.status == RequestStatus::ok;
        if (!after || waited_between(h.lanes[i], before.ended, request->begun) || needs(requests, *request, chain)) close();
      }
      if (request->ended == 0 || request->status == RequestStatus::ok) chain.push_back(request);
    }
    close();
  }
}

}  // namespace awaitscope
