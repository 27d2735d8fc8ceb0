// waterfall: a long chain of requests, each of which needs the answer of the one before.
#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double depth = 10;
constexpr std::size_t most_cells = 8, most_evidence = 100;

/// How deep each request stands: 1 where it needs no other's answer.
class Depths {
 public:
  explicit Depths(const Run& run) : run_(run), requests_(run.history.requests), deep_(requests_.size()) {
    ends_.resize(run.trace.size() + 1);
    for (std::size_t i = 0; i < requests_.size(); ++i)
      if (requests_[i].ended && requests_[i].ended < ends_.size())
        ends_[requests_[i].ended] = static_cast<std::uint32_t>(i + 1);
    for (const Event& e : run.events({Kind::cell_write})) writes_[(std::uint64_t{e.a} << 32) | e.b] = e.d;
    for (std::size_t i = 0; i < requests_.size(); ++i) measure(i);
  }
  std::size_t of(std::size_t i) const { return deep_[i].depth; }
  /// No other request goes on from it.
  bool last(std::size_t i) const { return !deep_[i].led_on; }
  /// From the first to this one, handshakes left out.
  std::vector<const Request*> chain(std::size_t i) const {
    std::vector<const Request*> out;
    for (std::size_t next = i + 1; next; next = deep_[next - 1].after)
      if (!handshake(requests_[next - 1])) out.push_back(&requests_[next - 1]);
    std::reverse(out.begin(), out.end());
    return out;
  }

 private:
  struct Deep {
    std::size_t depth = 0, after = 0;  ///< after: the index + 1 of the request that it needs most
    bool led_on = false;
  };
  /// Opening a connection is part of the request that needs it.
  bool handshake(const Request& r) const {
    const ResourceModel* service = run_.history.model.resource(r.service);
    return service && service->type == ResourceType::connection;
  }
  /// The index + 1 of the request whose answer a value is, 0: of none.  A value that was kept in a cell comes from what was
  /// written there.
  std::size_t origin(Seq value) const {
    for (std::size_t i = 0; i < most_cells && value && value < ends_.size(); ++i) {
      if (ends_[value]) return ends_[value];
      const Event e = run_.trace[value];
      if (e.kind != Kind::cell_read) return 0;
      const auto write = writes_.find((std::uint64_t{e.a} << 32) | e.b);
      if (write == writes_.end()) return 0;
      value = write->second;
    }
    return 0;
  }
  void measure(std::size_t i) {
    Deep& deep = deep_[i];
    for (const Seq input : requests_[i].inputs) {
      const std::size_t from = input < requests_[i].begun ? origin(input) : 0;
      if (from == 0 || from > i) continue;
      deep_[from - 1].led_on = true;
      if (deep_[from - 1].depth > deep.depth || !deep.after) deep.depth = deep_[from - 1].depth, deep.after = from;
    }
    deep.depth += handshake(requests_[i]) ? 0 : 1;
  }

  const Run& run_;
  const std::vector<Request>& requests_;
  std::vector<Deep> deep_;
  std::vector<std::uint32_t> ends_;                // by event: the index + 1 of the request that it ends
  std::unordered_map<std::uint64_t, Seq> writes_;  // by cell and version: where the value came from
};

std::string what(const Run& run, const Request& r) {
  return (r.what ? plain(run.trace.text(r.what.value)) : "a request") + " to " + run.name_of(r.service) +
         at(run.trace.site(r.site));
}

Finding blamed(const Run& run, const std::vector<const Request*>& chain, std::size_t more) {
  const Request &first = *chain.front(), &last = *chain.back();
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, last.begun);
  f.site = run.trace.site(last.site);
  Duration longest{};
  for (const Request* r : chain) {
    longest = std::max(longest, r->end - r->begin);
    if (f.tasks.size() < most_evidence && std::find(f.tasks.begin(), f.tasks.end(), r->task) == f.tasks.end())
      f.tasks.push_back(r->task);
    if (f.resources.size() < most_evidence &&
        std::find(f.resources.begin(), f.resources.end(), r->service) == f.resources.end())
      f.resources.push_back(r->service);
  }
  f.begin = first.begin;
  f.end = last.end;
  f.sentence = fmt::format(
      "{} requests in a chain, each made from the answer of the one before, from {} to {}: {} from end to end, the longest of "
      "them {}",
      chain.size(), what(run, first), what(run, last), show(f.end - f.begin), show(longest));
  if (more) f.sentence += fmt::format("; {} end there", counted(more, "more chain"));
  f.evidence.push_back(last.begun);
  for (const Request* r : chain)
    if (r != &last && f.evidence.size() < most_evidence) f.evidence.push_back(r->begun);
  return f;
}

std::vector<Finding> check(const Run& run) {
  const auto& requests = run.history.requests;
  const auto made_of_answers = [](const Request& r) { return !r.inputs.empty(); };
  if (std::none_of(requests.begin(), requests.end(), made_of_answers)) return {};  // nor does an imported trace say so
  const Depths depths(run);
  struct Place {
    std::size_t deepest = 0, count = 0;  ///< the request's index
  };
  std::map<SiteId, Place> places;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (!depths.last(i) || static_cast<double>(depths.of(i)) <= run.setting("waterfall.depth", depth)) continue;
    Place& place = places[requests[i].site];
    if (++place.count == 1 || depths.of(i) > depths.of(place.deepest)) place.deepest = i;
  }
  std::vector<Finding> out;
  for (const auto& [site, place] : places) out.push_back(blamed(run, depths.chain(place.deepest), place.count - 1));
  return out;
}

}  // namespace

Lint waterfall() {
  return {"waterfall",
          "a long chain of requests, each of which needs the answer of the one before",
          "let the service answer it in one request, or several steps of it",
          "",
          {{"depth", depth}},
          check};
}

}  // namespace awaitscope::lints
