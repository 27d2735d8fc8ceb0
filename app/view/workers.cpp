// The lanes of worker threads, under their loop's: what ran there, when, and when it waited for the interpreter lock.
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr std::size_t most_workers = 6;

/// Where a job stands on the ruler; an end of 0 is the end of the trace.
struct Extent {
  double from = 0, to = 0;
};
Extent extent(const Stage& stage, Instant begin, Seq first, Instant end, Seq last) {
  return {stage.axis.value(begin, first), stage.axis.value(end, last ? last : stage.trace.size())};
}

/// Of bars within one pixel only the first is drawn.
class Bars {
 public:
  explicit Bars(Stage& stage, Rect row) : stage_(stage), row_(row) {}
  void add(const Extent& at, Role role, Pattern pattern, float height, const Hit& hit) {
    if (!stage_.axis.shows(at.from, at.to)) return;
    const float x0 = stage_.axis.at(at.from), least = stage_.cells() ? 1.0f : 1.5f;
    const float x1 = std::max(stage_.axis.at(at.to), x0 + least);
    if (x1 <= last_ + 0.5f) return;
    last_ = x1;
    const float h = stage_.cells() ? 1 : row_.h * height;
    stage_.box(stage_.snapped({x0, row_.y + (row_.h - h) / 2, x1 - x0, h}), role, pattern, hit, 2);
  }

 private:
  Stage& stage_;
  Rect row_;
  float last_ = -10;
};

void draw_job(Stage& stage, Bars& bars, const Job& job) {
  const Hit hit{Hit::Kind::event, job.started, job.started};
  Instant from = job.begin;
  Seq first = job.started;
  for (const Job::Pause& pause : job.pauses) {
    if (pause.begin > from)
      bars.add(extent(stage, from, first, pause.begin, pause.first), Role::running, Pattern::solid, 0.76f, hit);
    if (pause.end > pause.begin)
      bars.add(extent(stage, pause.begin, pause.first, pause.end, pause.last), Role::ready, Pattern::outline, 0.4f, hit);
    from = pause.end, first = pause.last;
  }
  if (job.end > from || job.pauses.empty())
    bars.add(extent(stage, from, first, job.end, job.ended), Role::running, Pattern::solid, 0.76f, hit);
}

}  // namespace

float worker_height(const FontMetrics& m) { return m.cells ? 1 : std::round(m.line_height * 1.3f); }

std::vector<WorkerRow> worker_rows(const History& history, const Focus* focus) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_worker;
  for (std::uint32_t i = 0; i < history.jobs.size(); ++i)
    if (history.jobs[i].worker && in_focus(focus, history.jobs[i].task)) by_worker[history.jobs[i].worker].push_back(i);
  std::vector<WorkerRow> out;
  for (auto& [worker, jobs] : by_worker) out.push_back({worker, std::move(jobs)});
  return out;
}

std::size_t workers_shown(const History& history, const TimelineOptions& options) {
  std::size_t out = worker_rows(history, options.focus).size();
  if (options.beside) out = std::max(out, worker_rows(options.beside->history, options.focus).size());
  return std::min(out, most_workers);
}

void draw_worker(Stage& stage, const WorkerRow& worker, std::size_t left_out, Rect row) {
  const float pad = stage.cells() ? 2 : stage.cw() * 2.2f;
  std::string name = filled({"worker {}", "工作线程 {}"}, stage.language(), worker.worker);
  if (left_out) name += filled({" · {} more", " · 另有 {} 个"}, stage.language(), counted(left_out));
  if (!stage.cells()) {
    stage.box({row.x, row.y, stage.header.w, row.h}, Role::panel);
    stage.box({row.x, row.bottom() - 1, row.w, 1}, Role::grid);
  }
  stage.label({row.x + pad, row.y, stage.header.w - pad, row.h}, name, Role::text_dim);
  Bars bars(stage, row);
  for (const std::uint32_t index : worker.jobs) draw_job(stage, bars, stage.history.jobs[index]);
  for (const std::uint32_t index : worker.jobs) {
    const Job& job = stage.history.jobs[index];
    const Extent at = extent(stage, job.begin, job.started, job.end, job.ended);
    if (!stage.axis.shows(at.from, at.to)) continue;
    const float x0 = stage.axis.at(at.from), x1 = stage.axis.at(at.to);
    if (x1 - x0 < 5 * stage.cw()) continue;
    const std::string length = show(job.end - job.begin) +
                               (job.pauses.empty() ? "" : std::string(Phrase{" in turns", "（轮流）"}.in(stage.language())));
    const std::string whose = task_words(stage.trace, stage.history.model, job.task, stage.language());
    stage.chip({x0, row.y, x1 - x0, row.h}, {filled({"for {} · {}", "为 {} · {}"}, stage.language(), whose, length), length},
               Role::text, Role::background, Align::center, false);
  }
}

}  // namespace awaitscope::view
