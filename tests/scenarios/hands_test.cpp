// Every scenario, held at several places and changed by hand: its schedule gives the same run, byte for byte.
#include <gtest/gtest.h>

#include "app/desk/runner.h"

#include "core/model/history.h"
#include "core/policies/policies.h"
#include "core/trace/text.h"

namespace awaitscope::desk {
namespace {

using What = Hand::What;

struct Held {
  Trace trace;
  std::vector<Hand> laid;
};

void pump_until_it_stands(Runner& runner, Trace& trace) {
  do {
    runner.pump(trace);
    std::this_thread::yield();
  } while (!runner.standing() && !runner.finished());
}

/// The running task, else the first that has not ended: what a cancel is laid on.  The first request that is on its way.
Hand choose(const Trace& trace, What what) {
  const Model model = history_of(trace).model;
  if (what == What::fail) return {0, what, model.requests.empty() ? 1 : model.requests.begin()->id.value, {}};
  for (const TaskModel& task : model.tasks)
    if (task.phase != Phase::done) return {0, what, task.id.value, {}};
  return {0, what, 1, {}};
}

Held by_hand(const Program& program, Seq at, What what) {
  Held out;
  out.trace.info = info_of(program);
  Runner runner(program, {}, {.closed = false, .at = at});
  pump_until_it_stands(runner, out.trace);
  runner.gate().lay(choose(out.trace, what));
  runner.gate().resume();
  while (!runner.finished()) {
    runner.pump(out.trace);
    std::this_thread::yield();
  }
  out.laid = runner.gate().laid();
  out.trace.info.schedule.hands = out.laid;
  return out;
}

TEST(Hands, EveryScenarioIsReproducedFromItsSchedule) {
  std::size_t laid = 0, changed = 0;
  for (const Scenario& scenario : all_scenarios())
    for (const char* variant : {"bad", "fixed"})
      for (const char* policy : {"fifo:1", "random:3"}) {
        Program program{&scenario, variant, *settings_for(scenario, {}), *read_schedule(policy), false};
        const Trace plain = *record(program);
        for (const Seq part : {1u, 2u, 3u})
          for (const What what : {What::cancel, What::fail}) {
            const Held held = by_hand(program, plain.size() * part / 4, what);
            if (held.laid.empty()) continue;  // the run takes no step from there on
            ++laid;
            changed += to_text(held.trace) != to_text(plain);
            Program again = program;
            const std::string text = to_text(held.trace.info.schedule);
            again.schedule = *read_schedule(text);
            ASSERT_EQ(to_text(*record(again)), to_text(held.trace)) << scenario.name << " " << variant << " " << text;
          }
      }
  EXPECT_GT(laid, all_scenarios().size() * 12) << "most of the places that were tried";
  EXPECT_GT(changed, laid / 2);
}

}  // namespace
}  // namespace awaitscope::desk
