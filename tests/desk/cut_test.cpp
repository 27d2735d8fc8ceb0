// A cut trace reads right: at every event of its range each scenario's state is what it is in the whole trace.
#include "core/model/cut.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "app/desk/runner.h"
#include "app/view/words.h"

namespace awaitscope::desk {
namespace {

std::string names(const Trace& trace, const Model& model, const FrontList<TaskId>& tasks) {
  std::string out;
  for (const TaskId task : tasks) out += " " + view::task_words(trace, model, task, Language::english);
  return out;
}

/// Everything that a state says, in words: numbers of events and scopes may differ.
std::string told(const Trace& trace, const Model& m) {
  std::string out = fmt::format("{} tick {} idle {} blocking {} running {} callback {} ready{}\n", m.now.ns, m.tick, m.idle,
                                m.blocking, m.running.value, m.in_callback, names(trace, m, m.ready));
  for (const TaskModel& t : m.tasks) {
    out += fmt::format("{} phase {} since {} created {}", view::task_words(trace, m, t.id, Language::english),
                       static_cast<int>(t.phase), t.phase == Phase::done ? 0 : t.since_time.ns, t.created_time.ns);
    if (t.phase == Phase::done) {
      out += fmt::format(" {} {} at {}\n", static_cast<int>(t.outcome), trace.text(t.error.value), t.ended.ns);
      continue;
    }
    out += fmt::format(" {} at {} woken by {} cancels {} stop {} queued {}",
                       view::wait_words(trace, m, t.wait, t.object, Language::english), view::place_words(trace, t.site),
                       t.woken_by.value, t.cancels, t.asked_to_stop(), t.queued);
    for (const Frame& f : t.frames) out += fmt::format(" in {}", trace.text(f.function.value));
    out += '\n';
  }
  for (const ScopeModel& s : m.scopes)
    if (s.entered && !s.exited)
      out += fmt::format("{} of {} until {} with {}\n", static_cast<int>(s.type), s.task.value, s.deadline, s.children.size());
  for (const ResourceModel& r : m.resources)
    out += fmt::format("{} {}/{} open {} destroyed {} waiting {} owners{} waiters{}\n", view::resource_words(trace, m, r.id),
                       r.value, r.capacity, r.open, r.destroyed, r.waiter_count, names(trace, m, r.owners),
                       names(trace, m, r.waiters));
  for (const TimerModel& t : m.timers) out += fmt::format("timer {} of {}\n", t.when, t.task.value);
  for (const RequestModel& r : m.requests) out += fmt::format("request {} attempt {}\n", trace.text(r.what.value), r.attempt);
  for (const JobModel& j : m.jobs) out += fmt::format("job {} on {}\n", trace.text(j.function.value), j.worker);
  return out;
}

Model at(const Trace& trace, Seq seq) {
  Model model;
  for (Seq s = 1; s <= seq; ++s) apply(model, trace[s]);
  return model;
}

TEST(Cut, HasTheSameStateAtEveryEventOfItsRange) {
  int compared = 0;
  for (const Scenario& scenario : all_scenarios())
    for (const auto& variant : scenario.variants) {
      const Trace whole = *record({&scenario, variant.name, *settings_for(scenario, {}), {}, false});
      for (const int part : {1, 4, 6}) {
        const Seq from = whole.size() * static_cast<Seq>(part) / 8 + 1, to = std::min(whole.size(), from + 40);
        const Trace piece = cut(whole, from, to);
        EXPECT_EQ(piece.info, whole.info);
        // Its range stands at its end, before the mark of what was left out behind.
        const Seq last = piece.size() - (to < whole.size() ? 1 : 0);
        Model expected = at(whole, from), seen = at(piece, last - (to - from));
        for (Seq seq = from; seq <= to; ++seq, ++compared) {
          const Seq there = last - (to - seq);
          if (seq > from) apply(expected, whole[seq]), apply(seen, piece[there]);
          ASSERT_EQ(piece[there].time, whole[seq].time);
          ASSERT_EQ(piece.kind(there), whole.kind(seq));
          ASSERT_EQ(told(piece, seen), told(whole, expected))
              << scenario.name << " " << variant.name << ", event " << seq << " of the range from " << from;
        }
      }
    }
  EXPECT_GT(compared, 5000);
}

TEST(Cut, CountsWhatItLeftOut) {
  const Scenario& scenario = **find_scenario("unbounded_gather");
  const Trace whole = *record({&scenario, "bad", *settings_for(scenario, {}), {}, false});
  const Trace piece = cut(whole, 100, 120);
  std::uint64_t kept = 0, lost = 0;
  for (Seq seq = 1; seq <= piece.size(); ++seq) piece.kind(seq) == Kind::dropped ? lost += piece[seq].a : ++kept;
  EXPECT_EQ(kept + lost, whole.size());
  EXPECT_EQ(piece.kind(piece.size()), Kind::dropped);
  EXPECT_EQ(cut(whole, 1, whole.size()).size(), whole.size()) << "all of it: nothing is marked";
}

TEST(Cut, KeepsCausesWithinItAndForgetsOthers) {
  const Scenario& scenario = **find_scenario("swallowed_cancel");
  const Trace whole = *record({&scenario, "bad", *settings_for(scenario, {}), {}, false});
  const Seq from = whole.size() / 2;
  const Trace piece = cut(whole, from, whole.size());
  for (Seq seq = from, there = piece.size() - (whole.size() - from); seq <= whole.size(); ++seq, ++there) {
    const Seq cause = whole[seq].cause;
    if (cause < from) continue;
    EXPECT_EQ(piece[there].cause, there - (seq - cause));
  }
  for (Seq seq = 1; seq <= piece.size(); ++seq) EXPECT_LT(piece[seq].cause, seq);
}

TEST(Cut, TakesAnyRange) {
  const Scenario& scenario = **find_scenario("swallowed_cancel");
  const Trace whole = *record({&scenario, "bad", *settings_for(scenario, {}), {}, false});
  EXPECT_TRUE(cut(Trace{}, 3, 9).empty());
  EXPECT_EQ(cut(whole, 0, 4'000'000'000u).size(), whole.size());
  EXPECT_GE(cut(whole, 9, 2).size(), 1u);
}

}  // namespace
}  // namespace awaitscope::desk
