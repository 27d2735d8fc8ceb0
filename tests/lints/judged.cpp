#include "tests/lints/judged.h"

namespace awaitscope {

Judged judge(const std::string& id, const std::string& text, std::map<std::string, double> settings,
             const std::vector<Allow>& allowed) {
  auto trace = read_text(text);
  EXPECT_TRUE(trace) << (trace ? "" : trace.error());
  Judged out;
  if (trace) out.trace = std::move(*trace);
  out.history = history_of(out.trace);
  std::vector<Lint> lints;
  for (const Lint& lint : all_lints())
    if (id.empty() || lint.id == id) lints.push_back(lint);
  EXPECT_FALSE(lints.empty()) << id;
  out.findings = run_lints({out.trace, out.history, std::move(settings)}, lints);
  leave_out({out.trace, out.history, {}}, out.findings, allowed);
  return out;
}

std::string sentences(const Judged& judged) {
  std::string out;
  for (const Finding& f : judged.findings)
    out += std::string(name(f.severity)) + " " + std::string(name(f.confidence)) + " " + f.rule + ": " + f.sentence + "\n";
  return out;
}

}  // namespace awaitscope
