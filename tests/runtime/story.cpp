#include "tests/runtime/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace awaitscope::runtime::story {

Recorded told(std::function<Task<void>()> main, RunOptions options) {
  Recorded run = testing::record(std::move(main), options);
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) EXPECT_LT(run.trace[seq].cause, seq);
  EXPECT_EQ(run.result.outcome, RunOutcome::ok) << describe(run.result.error);
  return run;
}

std::vector<awaitscope::Event> all(const Recorded& run) {
  std::vector<awaitscope::Event> events;
  for (Seq seq = 1; seq <= run.trace.size(); ++seq) events.push_back(run.trace[seq]);
  return events;
}

std::string who(const Recorded& run, std::uint32_t task) {
  for (const awaitscope::Event& made : run.of(Kind::task_created))
    if (made.task == task) return std::string(run.trace.text(made.b));
  return "loop";
}

std::string what(const Recorded& run, Seq seq) {
  if (seq == 0) return "nothing";
  return who(run, run.trace[seq].task) + " " + std::string(info(run.trace[seq].kind).name);
}

std::string woken(const Recorded& run, const awaitscope::Event& ready, bool with_reason) {
  const std::string reason = with_reason ? ": " + std::string(name(ready.as<WhyReady>())) + "," : "";
  return who(run, ready.task) + " woken" + reason + " by " + who(run, ready.a) + " after " + what(run, ready.cause);
}

Lines of_resource(const Recorded& run, std::string_view resource, const std::vector<Kind>& briefly) {
  const auto in_full = [&](Kind kind) { return std::find(briefly.begin(), briefly.end(), kind) == briefly.end(); };
  Lines lines;
  std::uint32_t id = 0;
  std::map<std::uint32_t, std::uint32_t> waited_for;  // by task: a resource
  for (const awaitscope::Event& e : all(run)) {
    if (e.kind == Kind::step_end) {
      const Wait wait = e.as<Wait>();
      waited_for[e.task] = wait >= Wait::semaphore && wait <= Wait::queue_join ? e.a : 0;
    } else if (e.kind == Kind::resource_created && run.trace.text(e.d) == resource) {
      id = e.a;
      lines.push_back("created " + std::string(name(e.as<ResourceType>())) + " " + std::to_string(e.b));
    } else if (e.kind == Kind::task_ready && id != 0 && waited_for[e.task] == id) {
      EXPECT_TRUE(e.b == id) << "the task says itself what it had waited for";
      lines.push_back(woken(run, e, in_full(e.kind)));
    } else if (e.kind == Kind::resource_destroyed && e.a == id) {
      lines.push_back("destroyed");
    } else if (info(e.kind).family == Family::resource && e.kind != Kind::resource_created && e.a == id) {
      const std::string numbers = " " + std::to_string(e.b) + " " + std::to_string(e.d);
      lines.push_back(what(run, e.seq) + (in_full(e.kind) ? numbers : ""));
    }
  }
  return lines;
}

Lines of_scopes(const Recorded& run) {
  Lines lines;
  std::map<std::uint32_t, awaitscope::Event> entered;
  std::map<std::uint32_t, int> left;
  for (const awaitscope::Event& e : all(run)) {
    if (e.kind == Kind::scope_enter) {
      EXPECT_TRUE(entered.emplace(e.a, e).second) << "entered twice";
      lines.push_back("enter " + std::string(name(e.as<ScopeType>())));
    } else if (e.kind == Kind::scope_exit) {
      EXPECT_EQ(++left[e.a], 1) << "left twice";
      EXPECT_EQ(e.site, entered[e.a].site);
      lines.push_back("exit " + std::string(name(entered[e.a].as<ScopeType>())) + ": " + std::string(name(e.as<Outcome>())));
    }
  }
  EXPECT_EQ(left.size(), entered.size()) << "not left";
  return lines;
}

Lines of_kinds(const Recorded& run, const std::vector<Kind>& kinds) {
  Lines lines;
  for (const awaitscope::Event& e : all(run))
    if (std::find(kinds.begin(), kinds.end(), e.kind) != kinds.end())
      lines.push_back(e.kind == Kind::log ? std::string(run.trace.text(e.a)) : what(run, e.seq));
  return lines;
}

}  // namespace awaitscope::runtime::story
