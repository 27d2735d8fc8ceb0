// deadline-inversion: a limit inside of a shorter one, which always strikes first.
#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_nested = 64, most_evidence = 100;

/// A block that its task is in.
struct Open {
  std::uint32_t scope = 0, site = 0;
  Seq entered = 0, told = 0;  ///< told: the event that says its deadline
  Instant since;
  std::int64_t deadline = 0;  ///< 0: none
  Duration length() const { return Instant{deadline} - since; }
};

/// No run has a deadline before its beginning; a foreign trace may say so.
std::int64_t deadline_of(const Event& e) { return std::max<std::int64_t>(e.nanoseconds(), 0); }

/// One that is inside of a shorter one.
struct Inverted {
  TaskId task;
  Open inner, outer;
};
/// The passes through the blocks of one place.
struct Place {
  std::size_t passes = 0;
  std::vector<Inverted> inverted;
};

class Nesting {
 public:
  explicit Nesting(const Run& run) : run_(run) {}

  std::map<std::uint32_t, Place> places() {
    for (const Event& e : run_.events({Kind::scope_enter, Kind::scope_deadline, Kind::scope_exit})) take(e, open_[e.task]);
    for (auto& [task, open] : open_)
      while (!open.empty()) leave({task}, open, open.size() - 1);
    return std::move(places_);
  }

 private:
  void take(const Event& e, std::vector<Open>& open) {
    if (e.kind == Kind::scope_enter) {
      open.push_back({e.a, e.site, e.seq, e.seq, e.at(), deadline_of(e)});
      return;
    }
    std::size_t at = open.size();
    const std::size_t least = at - std::min(at, most_nested);
    while (at > least && open[at - 1].scope != e.a) --at;
    if (at == least) return;
    if (e.kind == Kind::scope_exit) {
      leave(e.who(), open, at - 1);
    } else {
      open[at - 1].deadline = deadline_of(e);
      open[at - 1].told = e.seq;
    }
  }
  /// A shorter block around it that is due earlier, as things stand when it is left.  One that only has less left than this one
  /// may take is a budget that runs out: an attempt's limit within it is right.
  void leave(TaskId task, std::vector<Open>& open, std::size_t at) {
    const Open inner = open[at];
    if (inner.deadline) {
      Place& place = places_[inner.site];
      ++place.passes;
      const Open* outer = nullptr;
      for (std::size_t i = at; i-- > at - std::min(at, most_nested);)
        if (const Open& one = open[i]; one.deadline && one.deadline < inner.deadline && one.length() < inner.length() &&
                                       (!outer || one.deadline < outer->deadline))
          outer = &one;
      if (outer) place.inverted.push_back({task, inner, *outer});
    }
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
  }

  const Run& run_;
  std::unordered_map<std::uint32_t, std::vector<Open>> open_;  ///< by task, innermost last
  std::map<std::uint32_t, Place> places_;
};

Finding about(const Run& run, const std::vector<Inverted>& all) {
  const auto& [task, inner, outer] = *std::min_element(
      all.begin(), all.end(), [](const Inverted& a, const Inverted& b) { return a.inner.entered < b.inner.entered; });
  Finding f;
  f.severity = Severity::info;
  f.confidence = sureness(run, inner.told);
  f.site = run.trace.site(SiteId{inner.site});
  f.begin = inner.since;
  f.end = std::min(Instant{inner.deadline}, run.history.end);
  f.tasks = {task};
  f.evidence = {inner.told, outer.told};
  for (const Inverted& one : all) {
    if (f.evidence.size() >= most_evidence) break;
    if (std::find(f.tasks.begin(), f.tasks.end(), one.task) == f.tasks.end()) f.tasks.push_back(one.task);
    if (one.inner.told != inner.told) f.evidence.push_back(one.inner.told);
  }
  f.sentence = fmt::format(
      "the limit of {}{} of task {} can never strike: it stands inside of one of {}{}, which is due at {} s, before it at {} "
      "s{}",
      show(inner.length()), at(f.site), run.name_of(task), show(outer.length()), at(run.trace.site(SiteId{outer.site})),
      seconds(Instant{outer.deadline}, 3), seconds(Instant{inner.deadline}, 3),
      all.size() > 1 ? fmt::format("; so in all {} passes", all.size()) : "");
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::vector<Finding> out;
  for (const auto& [site, place] : Nesting(run).places())
    // A limit that is of use for somebody else is there for that one.
    if (!place.inverted.empty() && place.inverted.size() == place.passes) out.push_back(about(run, place.inverted));
  return out;
}

}  // namespace

Lint deadline_inversion() {
  return {"deadline-inversion",
          "a block has a longer limit than one around it, and can never strike",
          "make the inner limit the shorter one, or leave it out",
          "phase_timeout_vs_deadline",
          {},
          check};
}

}  // namespace awaitscope::lints
