// errors-discarded: errors that travelled as values were left out, and nobody looked at them.
#include <map>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "core/findings/words.h"

namespace awaitscope::lints {
namespace {

constexpr std::size_t most_evidence = 100, most_named = 4;

/// What one place lost.
struct Loss {
  std::vector<Seq> tasks, responses;  ///< the outcome_used events
};

/// "fetch-2 (ServiceError: api failed page)".
std::string failure(const Run& run, const Event& left_out) {
  const TaskModel* task = run.history.model.task({left_out.a});
  const std::string error = task ? plain(run.trace.text(task->error.value)) : "";
  return run.name_of(TaskId{left_out.a}) + (error.empty() ? "" : " (" + error + ")");
}

Finding blamed(const Run& run, const std::vector<Seq>& events) {
  Finding f;
  f.severity = Severity::warning;
  f.confidence = run.history.model.ended ? sureness(run, events.back()) : Confidence::recheck;
  const Event first = run.trace[events.front()];
  f.site = run.trace.site(first.where());
  f.begin = first.at();
  f.end = run.trace[events.back()].at();
  if (first.task) f.tasks.push_back(first.who());
  f.evidence.assign(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(std::min(events.size(), most_evidence)));
  return f;
}

Finding left_out(const Run& run, const std::vector<Seq>& events) {
  Finding f = blamed(run, events);
  std::vector<std::string> failures;
  Tasks tasks;
  if (!f.tasks.empty()) tasks.add(f.tasks.front());
  for (const Seq seq : events) {
    const Event e = run.trace[seq];
    if (failures.size() < most_named) failures.push_back(failure(run, e));
    tasks.add({e.a});
    if (const TaskModel* task = run.history.model.task({e.a})) f.begin = std::min(f.begin, task->ended);
  }
  f.tasks = tasks.some();
  f.sentence = fmt::format("{} failed, 0 reported: {} leaves out {}{}, and nobody has looked at {}", events.size(),
                           run.name_of(run.trace[events.front()].who()), listed_of(events.size(), failures), at(f.site),
                           events.size() == 1 ? "that error" : "those errors");
  return f;
}

Finding taken_for_data(const Run& run, const std::vector<Seq>& events,
                       const std::unordered_map<std::uint32_t, const Request*>& requests) {
  Finding f = blamed(run, events);
  std::vector<std::string> names;
  std::unordered_set<std::uint32_t> known;
  for (const Seq seq : events) {
    const auto found = requests.find(run.trace[seq].b);
    if (found == requests.end()) continue;
    const Request& request = *found->second;
    if (known.insert(request.what.value).second) names.push_back(plain(run.trace.text(request.what.value)));
    if (std::find(f.resources.begin(), f.resources.end(), request.service) == f.resources.end())
      f.resources.push_back(request.service);
    if (request.ended && f.evidence.size() < 2 * most_evidence) f.evidence.push_back(request.ended);
  }
  f.advice = "check the status of a response (raise_for_status) before its body";
  f.sentence =
      fmt::format("{} failed, 0 reported: {} reads the body of the answer to {}{} without a look at its status", events.size(),
                  run.name_of(run.trace[events.front()].who()), names.empty() ? "a request" : listed(names), at(f.site));
  return f;
}

std::vector<Finding> check(const Run& run) {
  std::unordered_map<std::uint32_t, const Request*> requests;
  std::unordered_set<std::uint32_t> read;          // tasks whose error was looked at
  std::unordered_set<std::uint32_t> status_known;  // requests
  std::map<std::uint32_t, Loss> losses;            // by place
  std::vector<Seq> dropped;
  for (const Event& e : run.events({Kind::outcome_used})) {
    const auto use = e.as<OutcomeUse>();
    if (use == OutcomeUse::error) read.insert(e.a);
    else if (use == OutcomeUse::dropped) dropped.push_back(e.seq);
    else if (use == OutcomeUse::status) status_known.insert(e.b);
    else if (use == OutcomeUse::body && e.b && status_known.insert(e.b).second) losses[e.site].responses.push_back(e.seq);
  }
  // Who filters first and reports from the whole list afterwards has lost nothing.
  for (const Seq seq : dropped)
    if (const Event e = run.trace[seq]; !read.count(e.a)) losses[e.site].tasks.push_back(seq);
  if (losses.empty()) return {};
  for (const Request& request : run.history.requests) requests[request.id.value] = &request;
  std::vector<Finding> out;
  for (const auto& [site, loss] : losses) {
    if (!loss.tasks.empty()) out.push_back(left_out(run, loss.tasks));
    if (!loss.responses.empty()) out.push_back(taken_for_data(run, loss.responses, requests));
  }
  return out;
}

}  // namespace

Lint errors_discarded() {
  return {"errors-discarded",
          "errors are filtered out or taken for data, and nobody looks at them",
          "report or count what failed; check the status of a response (raise_for_status) before its body",
          "swallowed_error",
          {},
          check};
}

}  // namespace awaitscope::lints
