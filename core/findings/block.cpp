#include "core/findings/block.h"

#include <fmt/format.h>

#include "core/findings/words.h"
#include "core/trace/text.h"

namespace awaitscope {
namespace {

constexpr std::size_t most = 8;  // lines of a list

std::string run_line(const TraceInfo& info) {
  std::string out = plain(info.scenario);
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
  if (!info.variant.empty()) out += (out.empty() ? "" : " ") + plain(info.variant);
  add(plain(info.clock) + " clock");
  add("schedule " + plain(to_text(info.schedule)));
  for (const auto& [name, value] : info.parameters) add(plain(name) + "=" + plain(value));
  return out;
}

}  // namespace

std::string_view program_version() { return "awaitscope 0.1.0"; }

std::string finding_block(const Run& run, const Finding& finding) {
  std::string out =
      fmt::format("{}: {} ({})\n{}\n", name(finding.severity), finding.rule, name(finding.confidence), plain(finding.sentence));
  const auto line = [&](std::string_view label, const std::string& text) {
    if (!text.empty()) out += fmt::format("  {:<9} {}\n", label, text);
  };
  line("to do", plain(finding.advice));
  if (finding.site.line) line("at", plain(show(finding.site)));
  line("time", finding.begin == finding.end ? seconds(finding.begin, 9) + " s"
                                            : fmt::format("{} s to {} s ({})", seconds(finding.begin, 9),
                                                          seconds(finding.end, 9), show(finding.end - finding.begin)));
  const auto list = [&](std::string_view label, std::size_t count, const auto& item) {
    for (std::size_t i = 0; i < std::min(count, most); ++i) line(i ? "" : label, item(i));
    if (count > most) line("", fmt::format("and {} more", count - most));
  };
  list("task", finding.tasks.size(), [&](std::size_t i) {
    return finding.tasks[i] ? plain(logical_id(run.history.model, run.trace, finding.tasks[i])) : "the loop";
  });
  list("resource", finding.resources.size(), [&](std::size_t i) { return run.name_of(finding.resources[i]); });
  list("evidence", finding.evidence.size(), [&](std::size_t i) {
    const Seq seq = finding.evidence[i];
    return seq && seq <= run.trace.size() ? to_text(run.trace, run.trace[seq]) : std::string("an event that is not there");
  });
  line("run", run_line(run.trace.info));
  line("recorded", "by " + plain(run.trace.info.runtime));
  line("judged", fmt::format("by {}", program_version()));
  return out;
}

}  // namespace awaitscope
