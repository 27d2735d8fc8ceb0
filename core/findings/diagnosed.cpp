#include "core/findings/diagnosed.h"

namespace awaitscope {

std::vector<Finding> from_diagnosed(const Run& run, Diagnosis what, Severity severity,
                                    std::string (*sentence)(const Run&, const Event&, const std::string& text)) {
  std::vector<Finding> out;
  for (const Mark& mark : run.history.marks) {
    if (mark.kind != Kind::diagnosed) continue;
    const Event e = run.trace[mark.seq];
    if (e.as<Diagnosis>() != what) continue;
    Finding f;
    f.severity = severity;
    // The runtime saw it happen; lost events could not have prevented it.
    f.confidence = Confidence::proven;
    f.site = run.trace.site(e.where());
    f.sentence = sentence(run, e, plain(run.trace.text(e.a)));
    f.begin = f.end = mark.time;
    if (e.task) f.tasks.push_back(e.who());
    f.evidence.push_back(mark.seq);
    out.push_back(std::move(f));
  }
  return out;
}

}  // namespace awaitscope
