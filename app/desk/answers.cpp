#include "app/desk/answers.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/nearest.h"
#include "core/formats/chrome_names.h"
#include "core/model/replay.h"

namespace awaitscope::desk {
namespace {

/// "(event 38, 0.500 s)"
std::string proof(const Trace& trace, Seq seq) {
  return seq && seq <= trace.size() ? fmt::format("  (event {}, {})", seq, moment(trace[seq].at())) : "";
}

/// The one task of that name.
Result<TaskId> task_called(const Run& run, const std::string& name) {
  std::vector<std::string> names, found;
  TaskId one;
  for (const TaskModel& task : run.history.model.tasks) {
    if (!task.since) continue;
    const std::string shown = display_name(run.history.model, run.trace, task.id);
    const std::string id = logical_id(run.history.model, run.trace, task.id);
    if (id == name) return task.id;
    if (shown == name || run.trace.text(task.name.value) == name) {
      one = task.id;
      found.push_back(plain(shown == name ? id : shown));
    }
    names.push_back(plain(shown));
  }
  if (found.size() == 1) return one;
  if (found.empty()) {
    if (names.empty()) return Error{"--task " + plain(name) + ": the trace has no tasks"};
    return Error{"--task " + plain(name) + ": no such task; nearest: " + nearest_listed(name, names)};
  }
  return Error{fmt::format("--task {}: {} tasks have that name: {}", plain(name), found.size(), listed(found, 10))};
}

Answer standstill(const Run& run, const Model& model) {
  const Standstill why = why_nothing_happens(run, model);
  Answer out{"standstill", why.headline, why.event, model.now, {}};
  std::size_t told = 0;
  for (const Standstill::Group& group : why.groups) {
    told += group.tasks.size();
    if (group.reasons.size() == 1 && why.headline.starts_with(group.reasons.front().text)) continue;
    out.paragraphs.push_back({group.deadlock ? "deadlock" : "", group.reasons});
  }
  if (why.pending == 0 && run.trace.size())
    out.paragraphs.push_back({"", {{"ask with --at TIME about a moment before, with --task NAME about a task", 0, 0}}});
  if (told < why.pending)
    out.paragraphs.push_back({"", {{counted(why.pending - told, "more task") + " pending, in smaller groups", 0, 0}}});
  return out;
}

/// Where the task is, and how it came there.
Answer about_task(const Run& run, const Model& model, TaskId task) {
  Answer out{"task", "", 0, model.now, {}};
  const Seq step = step_before(run, task, model.seq);
  std::vector<Reason> here = why_here(run, model, task);
  out.headline = here.front().text;
  out.event = here.front().event;
  if (here.size() > 1) out.paragraphs.push_back({"", {here.begin() + 1, here.end()}});
  if (step) {
    const bool now = run.trace[step].at() == model.now;
    out.paragraphs.push_back({now ? "why this step" : fmt::format("why its last step, at {}", moment(run.trace[step].at())),
                              why_resumed(run, step)});
  }
  return out;
}

Answer cancels(const Run& run) {
  const CancelStory story = cancel_story(run);
  Answer out{"cancels", "", 0, run.history.end, {}};
  const auto roots =
      std::count_if(story.chapters.begin(), story.chapters.end(), [](const CancelChapter& c) { return c.depth == 0; });
  const std::size_t passed_on = story.chapters.size() - static_cast<std::size_t>(roots);
  out.headline = story.chapters.empty() ? "nobody was asked to stop" : counted(story.chapters.size(), "request") + " to stop";
  if (passed_on) out.headline += fmt::format(", {} of them passed on", passed_on);
  for (Reason& reason : told(run, story)) {
    if (reason.depth == 0) out.paragraphs.emplace_back();
    out.paragraphs.back().reasons.push_back(std::move(reason));
  }
  return out;
}

}  // namespace

Result<Answer> answer(const Run& run, const Question& question) {
  if (question.timed && (question.at < Instant{0} || question.at > run.history.end))
    return Error{fmt::format("--at {}: the trace ends at {}", moment(question.at), moment(run.history.end))};
  if (question.cancels) return cancels(run);
  TaskId task;
  if (!question.task.empty()) {
    const auto found = task_called(run, question.task);
    if (!found) return Error{found.error()};
    task = *found;
  }
  Replay replay(run.trace);
  if (!question.timed) return task ? about_task(run, run.history.model, task) : standstill(run, run.history.model);
  Model model = replay.at(run.trace.at_or_before(question.at));
  model.now = std::max(model.now, question.at);  // what is overdue by then
  return task ? about_task(run, model, task) : standstill(run, model);
}

std::string answer_text(const Trace& trace, const Answer& answer) {
  std::string out = answer.headline + proof(trace, answer.event) + "\n";
  for (const Paragraph& paragraph : answer.paragraphs) {
    out += "\n";
    if (!paragraph.title.empty()) out += paragraph.title + "\n";
    for (const Reason& reason : paragraph.reasons)
      out +=
          std::string(2 * static_cast<std::size_t>(std::clamp(reason.depth, 0, 20)) + (paragraph.title.empty() ? 0 : 2), ' ') +
          reason.text + proof(trace, reason.event) + "\n";
  }
  return out;
}

std::string answer_json(const Trace& trace, const Answer& answer) {
  std::string out = "{\"kind\":";
  const auto text = [&](const char* before, std::string_view value) {
    out += before;
    chrome::put_json(out, value);
  };
  const auto event = [&](Seq seq) {
    out += fmt::format(",\"event\":{},\"time_ns\":{}", seq, seq && seq <= trace.size() ? trace[seq].time : 0);
  };
  text("", answer.kind);
  text(",\"headline\":", answer.headline);
  event(answer.event);
  out += fmt::format(",\"at_ns\":{},\"paragraphs\":[", answer.time.ns);
  for (std::size_t i = 0; i < answer.paragraphs.size(); ++i) {
    text(i ? ",\n{\"title\":" : "\n{\"title\":", answer.paragraphs[i].title);
    out += ",\"reasons\":[";
    bool first = true;
    for (const Reason& reason : answer.paragraphs[i].reasons) {
      text(std::exchange(first, false) ? "{\"text\":" : ",{\"text\":", reason.text);
      event(reason.event);
      out += fmt::format(",\"depth\":{}}}", reason.depth);
    }
    out += "]}";
  }
  return out + "\n]}\n";
}

}  // namespace awaitscope::desk
