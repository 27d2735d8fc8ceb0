// needless-thread-hop: calls that are over in no time are sent through a thread, and the way costs more than the work.
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr double calls = 10, longest_ms = 1, ratio = 2;

/// The calls that one place hands in.
struct Place {
  std::size_t count = 0;
  Duration hops{}, work{}, longest{};
  Event first;
  Instant end;
  Seq last = 0;
};

struct Call {
  Event submitted;
  Instant began;
  bool started = false;
  bool undisturbed = false;  ///< no other call was under way: what it waited was the hop, not a busy worker
};

std::vector<Finding> check(const Run& run) {
  std::unordered_map<std::uint32_t, Call> open;
  std::map<std::uint32_t, Place> places;
  for (const Event& e : run.events({Kind::job_submitted, Kind::job_started, Kind::job_ended})) {
    if (e.kind == Kind::job_submitted) {
      const bool undisturbed = open.empty();
      open[e.a] = {e, {}, false, undisturbed};
    } else if (e.kind == Kind::job_started) {
      if (const auto call = open.find(e.a); call != open.end()) call->second.began = e.at(), call->second.started = true;
    } else if (e.kind == Kind::job_ended) {
      const auto found = open.find(e.a);
      if (found == open.end()) continue;
      const Call call = found->second;
      open.erase(found);
      if (!call.started || !call.undisturbed) continue;
      Place& place = places[call.submitted.site];
      if (place.count++ == 0) place.first = call.submitted;
      place.hops += call.began - call.submitted.at();
      place.work += e.at() - call.began;
      place.longest = std::max(place.longest, e.at() - call.began);
      place.end = e.at();
      place.last = e.seq;
    }
  }
  std::vector<Finding> out;
  for (const auto& [site, place] : places) {
    if (static_cast<double>(place.count) < run.setting("needless-thread-hop.calls", calls) ||
        static_cast<double>(place.longest.count()) / 1e6 > run.setting("needless-thread-hop.longest_ms", longest_ms) ||
        static_cast<double>(place.hops.count()) <
            run.setting("needless-thread-hop.ratio", ratio) * static_cast<double>(place.work.count()) ||
        place.hops.count() == 0)
      continue;
    Finding f;
    f.severity = Severity::info;
    f.confidence = sureness(run, place.last);
    f.site = run.trace.site(place.first.where());
    f.sentence = fmt::format("{} went through a thread{}: {} of work, and {} to get there; none took longer than {}",
                             counted(place.count, "call"), at(f.site), show(place.work), show(place.hops), show(place.longest));
    f.begin = place.first.at();
    f.end = place.end;
    if (place.first.task) f.tasks.push_back(place.first.who());
    f.evidence = {place.first.seq, place.last};
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace

Lint needless_thread_hop() {
  return {"needless-thread-hop",
          "many tiny calls are sent through a thread, which costs more than the calls",
          "make tiny calls where you are, or send them in one batch; a thread is for what is long or unpredictable",
          "file_io",
          {{"calls", calls}, {"longest_ms", longest_ms}, {"ratio", ratio}},
          check};
}

}  // namespace awaitscope::lints
