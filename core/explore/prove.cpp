#include "core/explore/prove.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/explore/trial.h"
#include "core/findings/words.h"

namespace awaitscope {
namespace {
using runtime::Intervention;

Judged judged(const Subject& subject, const Schedule& schedule, const std::vector<Lint>& lints,
              const std::optional<Intervention>& change) {
  Judged out;
  out.trace = record(subject, schedule, [&](runtime::RunOptions& options) { options.intervention = change; });
  out.history = history_of(out.trace);
  out.findings = run_lints(out.run(), lints);
  return out;
}

std::string value(const BeforeAfter& measure, std::int64_t of) {
  return measure.time ? show(Duration{of}) : std::to_string(of);
}

std::vector<std::string> raised_by(const Judged& plain, const Judged& changed) {
  std::set<std::string> rules;
  for (const Finding& f : changed.findings)
    if (f.severity != Severity::info) rules.insert(f.rule);
  for (const Finding& f : plain.findings) rules.erase(f.rule);
  return {rules.begin(), rules.end()};
}

void judge(Proof& proof, const Judged& plain, const Judged& changed) {
  const Intervention& change = *proof.intervention;
  proof.how = changed.history.model.outcome;
  proof.measures = measures_of(plain, proof.finding, change, changed);
  proof.raised = raised_by(plain, changed);
  if (const std::string reason = undecided(plain, proof.finding, change, changed); !reason.empty()) {
    proof.verdict = Verdict::undecided;
    proof.why = reason + ": the re-run decides nothing";
    return;
  }
  const BeforeAfter& about = proof.measures.front();
  const bool gone = !still_there(plain, proof.finding, change, changed), less = about.after < about.before;
  proof.verdict = gone && less ? Verdict::supported : Verdict::withdrawn;
  const std::string both =
      fmt::format("{}: {} before, {} after", about.what, value(about, about.before), value(about, about.after));
  if (gone && less) proof.why = "with the change the finding is gone; " + both;
  else if (less) proof.why = "with the change the finding is still there, although less (" + both + ")";
  else proof.why = "the change made nothing better; " + both;
}

/// Whether the finding is to be shown at all: with a run, an estimate or a word why not.
Proof proof_of(const Judged& plain, std::size_t index) {
  Proof out;
  out.number = index + 1;
  out.finding = plain.findings[index];
  out.how = plain.history.model.outcome;
  if (out.intervention = intervention_for(plain.run(), out.finding); out.intervention) return out;
  out.why = estimated(plain.run(), out.finding);
  out.verdict = out.why.empty() ? Verdict::no_intervention : Verdict::estimate;
  if (out.why.empty())
    out.why = fmt::format("no intervention exists for {}; that a fixed version runs better is no proof", out.finding.rule);
  return out;
}

}  // namespace

std::string_view name(Verdict verdict) {
  switch (verdict) {
    case Verdict::supported: return "supported";
    case Verdict::withdrawn: return "withdrawn";
    case Verdict::undecided: return "undecided";
    case Verdict::no_intervention: return "no intervention";
    case Verdict::estimate: return "estimate";
    case Verdict::not_tried: return "not tried";
  }
  return "?";
}

bool Proving::any_withdrawn() const {
  return std::any_of(proofs.begin(), proofs.end(), [](const Proof& one) { return one.verdict == Verdict::withdrawn; });
}

Result<Proving> prove(const Subject& subject, const Schedule& schedule, const std::vector<Lint>& lints,
                      std::optional<std::size_t> only, const std::atomic<bool>* interrupted) {
  const Judged plain = judged(subject, schedule, lints, {});
  Proving out;
  out.findings = plain.findings.size();
  out.how = plain.history.model.outcome;
  out.end = plain.history.end;
  out.runs = 1;
  if (only && (*only < 1 || *only > out.findings))
    return Error{
        fmt::format("there is no finding {}; the run has {}", *only, out.findings ? counted(out.findings, "finding") : "none")};
  for (std::size_t i = 0; i < plain.findings.size(); ++i)
    if (only ? *only == i + 1 : plain.findings[i].severity != Severity::info) out.proofs.push_back(proof_of(plain, i));
  for (auto first = out.proofs.begin(); first != out.proofs.end(); ++first) {
    if (!first->intervention || first->verdict != Verdict::not_tried) continue;
    if (out.runs == most_runs || (interrupted && *interrupted)) {
      first->why = fmt::format("no run was left for it: {} at most; --finding {} tries it alone", most_runs, first->number);
      continue;
    }
    const Judged changed = judged(subject, schedule, lints, first->intervention);
    ++out.runs;
    for (auto one = first; one != out.proofs.end(); ++one)
      if (one->intervention == first->intervention) judge(*one, plain, changed);
  }
  return out;
}

}  // namespace awaitscope
