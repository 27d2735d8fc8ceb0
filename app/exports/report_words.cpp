// What a report says in words.
#include <fmt/format.h>

#include "app/exports/report.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"
#include "core/findings/block.h"

namespace awaitscope::exports {
namespace {

using view::Hit;

std::string range_words(Instant begin, Instant end) {
  if (begin == end) return "at " + view::moment_words(begin);
  return fmt::format("{} to {} ({})", view::moment_words(begin), view::moment_words(end), show(end - begin));
}

std::string joined(std::initializer_list<std::string> parts) {
  std::string out;
  for (const std::string& part : parts)
    if (!part.empty()) out += (out.empty() ? "" : " · ") + part;
  return out;
}

std::string span_words(const Report& report, const Hit& hit) {
  const auto& [trace, history] = std::tie(report.trace, report.history);
  const std::string who = view::task_words(trace, history.model, TaskId{hit.value}, Language::english);
  if (hit.value == 0 || hit.value > history.lanes.size()) return who;
  const auto& requests = history.requests;
  const auto request = std::lower_bound(requests.begin(), requests.end(), hit.seq,
                                        [](const awaitscope::Request& r, Seq seq) { return r.begun < seq; });
  if (request != requests.end() && request->begun == hit.seq) {
    const std::string what(trace.text(request->what.value));
    return joined({who, what.empty() ? view::resource_words(trace, history.model, request->service) : what,
                   request->ended ? std::string(name(request->status)) : "no answer",
                   range_words(request->begin, request->ended ? request->end : history.end),
                   view::place_words(trace, request->site)});
  }
  const Span* span = view::span_at(history.lanes[hit.value - 1], hit.seq);
  if (!span) return who;
  std::string what;
  switch (span->phase) {
    case Phase::created: what = "not started"; break;
    case Phase::ready: what = "ready"; break;
    case Phase::running: what = "runs"; break;
    case Phase::waiting: what = view::wait_words(trace, history.model, span->wait, span->object, Language::english); break;
    case Phase::done: what = "done"; break;
  }
  if (span->asked_to_stop && span->phase != Phase::done) what += span->cleanup ? ", cleaning up" : ", asked to stop";
  return joined({who, what, range_words(span->begin, span->end), view::place_words(trace, span->site)});
}

std::string event_words(const Report& report, Seq seq) {
  const auto& [trace, history] = std::tie(report.trace, report.history);
  if (!seq || seq > trace.size()) return {};
  const auto stall =
      std::lower_bound(history.steps.begin(), history.steps.end(), seq, [](const Stall& s, Seq at) { return s.first < at; });
  if (stall == history.steps.end() || stall->first != seq) return view::describe(trace, history.model, seq, Language::english);
  return joined({view::task_words(trace, history.model, stall->task, Language::english), "held the loop",
                 range_words(stall->begin, stall->end), std::string(trace.text(stall->what.value)),
                 view::place_words(trace, stall->site)});
}

}  // namespace

std::string hover_words(const Report& report, const Hit& hit) {
  const auto& [trace, history] = std::tie(report.trace, report.history);
  switch (hit.kind) {
    case Hit::Kind::none:
    case Hit::Kind::worker:
    case Hit::Kind::schedule:
    case Hit::Kind::fold: return {};
    case Hit::Kind::note: return hit.value < trace.notes.size() ? trace.notes[hit.value].text : std::string();
    case Hit::Kind::task: return view::task_words(trace, history.model, TaskId{hit.value}, Language::english);
    case Hit::Kind::span: return span_words(report, hit);
    case Hit::Kind::event: return event_words(report, hit.seq);
    case Hit::Kind::resource: return view::resource_words(trace, history.model, ResourceId{hit.value});
    case Hit::Kind::scope: return view::scope_words(trace, history.model, ScopeId{hit.value}, Language::english);
    case Hit::Kind::finding: return hit.value < report.findings.size() ? report.findings[hit.value].sentence : std::string();
    case Hit::Kind::loop: {
      const std::string when = hit.seq && hit.seq <= trace.size() ? view::moment_words(trace[hit.seq].at()) : "";
      return joined({"loop", fmt::format("pass {}", hit.value), when});
    }
  }
  return {};
}

std::string title_of(const TraceInfo& info) {
  const std::string name = info.scenario.empty() ? "a recorded run" : view::printable(info.scenario);
  return info.variant.empty() ? name : name + " · " + view::printable(info.variant);
}

std::string outcome_of(const Report& report) {
  const Model& model = report.history.model;
  if (!model.ended) return "not over where the trace ends";
  const Event last = report.trace[report.trace.size()];
  const std::string error = last.kind == Kind::run_end ? view::printable(report.trace.text(last.a)) : "";
  switch (model.outcome) {
    case RunOutcome::ok: return "ended well";
    case RunOutcome::raised: return "ended with " + (error.empty() ? "an error" : error);
    case RunOutcome::cancelled: return "was cancelled";
    case RunOutcome::hang: return "hangs: nothing is left that could go on";
    case RunOutcome::limit: return "was ended at its limit of events";
    case RunOutcome::stopped: return "was stopped by the user";
  }
  return "ended";
}

std::string time_of(const Report& report, const Finding& finding) {
  const auto moment = [&](Instant t) {
    return report.history.end.ns < 1'000'000'000 ? view::moment_words(t) : seconds(t, 3) + " s";
  };
  if (finding.begin == finding.end) return "at " + moment(finding.begin);
  return moment(finding.begin) + " to " + moment(finding.end);
}

std::string counts_of(const std::vector<Finding>& findings) {
  std::size_t n[3] = {};
  for (const Finding& f : findings) ++n[static_cast<std::size_t>(f.severity)];
  std::string out;
  const auto add = [&](std::size_t count, const char* word) {
    if (count) out += fmt::format("{}{} {}{}", out.empty() ? "" : ", ", count, word, count == 1 ? "" : "s");
  };
  add(n[2], "error");
  add(n[1], "warning");
  add(n[0], "info");
  return out.empty() ? "no findings" : out;
}

std::vector<std::pair<std::string, std::string>> environment_of(const Report& report) {
  const TraceInfo& info = report.trace.info;
  std::vector<std::pair<std::string, std::string>> out;
  const auto add = [&](const char* label, const std::string& text) {
    if (!text.empty()) out.emplace_back(label, view::printable(text));
  };
  add("program", info.scenario);
  add("variant", info.variant);
  for (const auto& [name, value] : info.parameters) out.emplace_back(view::printable(name), view::printable(value));
  add("schedule", to_text(info.schedule));
  add("clock", info.clock == "virtual" ? "virtual: a run takes no time of its own" : info.clock);
  add("recorded by", info.runtime);
  add("judged by", std::string(program_version()));
  add("events", view::counted(report.trace.size()));
  if (report.history.model.dropped) add("events lost", view::counted(report.history.model.dropped));
  return out;
}

}  // namespace awaitscope::exports
