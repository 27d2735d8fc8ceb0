#include "app/desk/proofs.h"

#include <fmt/format.h>

#include "core/findings/words.h"
#include "core/formats/chrome_names.h"

namespace awaitscope::desk {
namespace {

std::string value(const BeforeAfter& measure, std::int64_t of) {
  return measure.time ? awaitscope::show(Duration{of}) : std::to_string(of);
}

std::string text_of(const Proof& proof, RunOutcome plain) {
  const Finding& f = proof.finding;
  std::string out = fmt::format("{}  {}  {}{}{}\n    {}\n", proof.number, name(proof.verdict), name(f.severity), "  " + f.rule,
                                f.site.line ? "  " + awaitscope::plain(show(f.site)) : "", f.sentence);
  if (proof.intervention) out += fmt::format("    changed: {}\n", awaitscope::plain(to_text(*proof.intervention)));
  for (const BeforeAfter& measure : proof.measures)
    out += fmt::format("    {}: {} -> {}\n", measure.what, value(measure, measure.before), value(measure, measure.after));
  if (proof.how != plain) out += fmt::format("    the run's end: {} -> {}\n", name(plain), name(proof.how));
  if (!proof.raised.empty()) out += fmt::format("    only the changed run shows: {}\n", listed(proof.raised));
  return out + fmt::format("    {}: {}\n", name(proof.verdict), proof.why);
}

}  // namespace

std::string proving_text(const Program& program, const Proving& proving) {
  std::string out =
      fmt::format("{} {} {}: {}, {}; {} made\n", program.scenario->name, program.variant, to_text(program.schedule),
                  awaitscope::show(Duration{proving.end.ns}), name(proving.how), counted(proving.runs, "run"));
  if (proving.proofs.empty()) return out + "nothing to prove: no finding above info\n";
  for (const Proof& proof : proving.proofs) out += "\n" + text_of(proof, proving.how);
  return out;
}

std::string proving_json(const Program& program, const Proving& proving) {
  std::string out = "{\"scenario\":";
  const auto text = [&](std::string_view value) { chrome::put_json(out, value); };
  const auto field = [&](const char* name, std::string_view value) {
    out += std::string(",\"") + name + "\":";
    text(value);
  };
  const auto number = [&](const char* name, std::int64_t value) {
    out += std::string(",\"") + name + "\":" + std::to_string(value);
  };
  text(program.scenario->name);
  field("variant", program.variant);
  field("schedule", to_text(program.schedule));
  number("end_ns", proving.end.ns);
  field("how", name(proving.how));
  number("runs", static_cast<std::int64_t>(proving.runs));
  number("findings", static_cast<std::int64_t>(proving.findings));
  out += ",\"proofs\":[";
  bool first = true;
  for (const Proof& proof : proving.proofs) {
    out += std::exchange(first, false) ? "\n{\"number\":" : ",\n{\"number\":";
    out += std::to_string(proof.number);
    field("rule", proof.finding.rule);
    field("severity", name(proof.finding.severity));
    field("sentence", proof.finding.sentence);
    field("file", proof.finding.site.file);
    number("line", proof.finding.site.line);
    field("verdict", name(proof.verdict));
    field("why", proof.why);
    if (proof.intervention) field("intervention", to_text(*proof.intervention));
    field("how", name(proof.how));
    out += ",\"measures\":[";
    for (std::size_t i = 0; i < proof.measures.size(); ++i) {
      out += i ? ",{\"what\":" : "{\"what\":";
      text(proof.measures[i].what);
      field("unit", proof.measures[i].time ? "ns" : "");
      number("before", proof.measures[i].before);
      number("after", proof.measures[i].after);
      out += "}";
    }
    out += "],\"raised\":[";
    for (std::size_t i = 0; i < proof.raised.size(); ++i) {
      if (i) out += ",";
      text(proof.raised[i]);
    }
    out += "]}";
  }
  return out + "\n]}\n";
}

}  // namespace awaitscope::desk
