#include "app/desk/verdict.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/desk/json.h"
#include "core/findings/compare.h"
#include "core/findings/words.h"

namespace awaitscope::desk {
namespace {

std::string finding_json(const Verdict& v, const Finding& f) {
  const auto task = [&](TaskId id) {
    return fmt::format(R"({{"id":{},"path":{}}})", id.value, quoted_json(logical_id(v.history.model, v.trace, id)));
  };
  const Run run{v.trace, v.history, {}};
  const auto resource = [&](ResourceId id) {
    return fmt::format(R"({{"id":{},"name":{}}})", id.value, quoted_json(run.name_of(id)));
  };
  return fmt::format(
      "\n{{\"rule\":{},\"severity\":\"{}\",\"confidence\":\"{}\",\"sentence\":{},\"advice\":{},\"file\":{},\"line\":{},"
      "\"begin_ns\":{},\"end_ns\":{},\"tasks\":{},\"resources\":{},\"evidence\":{},\"lesson\":{}}}",
      quoted_json(f.rule), name(f.severity), name(f.confidence), quoted_json(f.sentence), quoted_json(f.advice),
      quoted_json(f.site.file), f.site.line, f.begin.ns, f.end.ns, json_array(f.tasks, task), json_array(f.resources, resource),
      json_array(f.evidence, [](Seq seq) { return std::to_string(seq); }), quoted_json(f.lesson));
}

std::string verdict_json(const Verdict& v) {
  const TraceInfo& info = v.trace.info;
  return fmt::format(
      "\n{{\"name\":{},\"scenario\":{},\"variant\":{},\"schedule\":{},\"clock\":{},\"runtime\":{},\"events\":{},"
      "\"length_ns\":{},\"outcome\":\"{}\",\"errors\":{},\"warnings\":{},\"infos\":{},\"unused_allow\":{},\"findings\":{}}}",
      quoted_json(v.name), quoted_json(info.scenario), quoted_json(info.variant), quoted_json(to_text(info.schedule)),
      quoted_json(info.clock), quoted_json(info.runtime), v.trace.size(), v.history.end.ns, outcome_words(v.history.model),
      v.count(Severity::error), v.count(Severity::warning), v.count(Severity::info), json_array(v.unused, quoted_json),
      json_array(v.findings, [&](const Finding& f) { return finding_json(v, f); }));
}

std::string shown_number(double value) { return fmt::format("{:g}", value); }

}  // namespace

std::size_t Verdict::count(Severity severity) const {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.severity == severity; }));
}

Verdict judged(std::string name, Trace trace, const LintOptions& options) {
  Verdict out;
  out.name = std::move(name);
  out.trace = std::move(trace);
  out.history = history_of(out.trace);
  const Run run{out.trace, out.history, options.settings};
  out.findings = run_lints(run, all_lints());
  out.unused = leave_out(run, out.findings, options.allowed);
  return out;
}

std::string findings_text(const std::vector<Finding>& findings) {
  if (findings.empty()) return "no findings\n";
  std::string out;
  for (const Finding& f : findings) {
    out += std::string(name(f.severity)) + "  " + f.rule;
    if (f.confidence != Confidence::proven) out += " (" + std::string(name(f.confidence)) + ")";
    if (f.site.line) out += "  " + plain(show(f.site));
    out += "\n    " + f.sentence + "\n";
    if (!f.advice.empty()) out += "    " + f.advice + "\n";
  }
  return out;
}

std::string verdicts_table(const std::vector<Verdict>& verdicts) {
  std::size_t width = 5;
  for (const Verdict& v : verdicts) width = std::max(width, std::min<std::size_t>(plain(v.name).size(), 60));
  std::string out = fmt::format("{:{}}  errors  warnings  infos  the worst\n", "trace", width);
  for (const Verdict& v : verdicts) {
    const std::string worst =
        v.findings.empty() ? "" : v.findings[0].rule + (v.findings[0].site.line ? "  " + plain(show(v.findings[0].site)) : "");
    std::string line = fmt::format("{:{}}  {:>6}  {:>8}  {:>5}  {}", plain(v.name), width, v.count(Severity::error),
                                   v.count(Severity::warning), v.count(Severity::info), worst);
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string verdicts_json(const std::vector<Verdict>& verdicts) {
  return "{\"schema\":1,\"traces\":" + json_array(verdicts, verdict_json) + "}\n";
}

std::string rules_table(const std::vector<Lint>& rules) {
  std::string out = "| rule | when it fires | thresholds |\n| --- | --- | --- |\n";
  for (const Lint& rule : rules) {
    std::string thresholds;
    for (const auto& [key, value] : rule.defaults)
      thresholds += (thresholds.empty() ? "`" : ", `") + key + "` " + shown_number(value);
    out += "| `" + rule.id + "` | " + rule.summary + " | " + thresholds + " |\n";
  }
  return out;
}

}  // namespace awaitscope::desk
