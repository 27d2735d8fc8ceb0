#include "app/panels/tooltip.h"

#include "app/view/marks.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::panels {
namespace {

using view::Hit;

struct Words {
  std::string name, what, place;
};

std::string_view phase_words(const Span& span) {
  switch (span.phase) {
    case Phase::created: return "created, not started";
    case Phase::ready: return "ready, waiting for its turn";
    case Phase::running: return "running";
    case Phase::waiting: return "waiting";
    case Phase::done: return "done";
  }
  return "";
}

Words span_words(const view::Side& side, const Hit& hit) {
  const Trace& trace = side.seen_trace();
  const Model& model = side.seen().model;
  Words words{view::task_words(trace, model, TaskId{hit.value}), {}, {}};
  if (hit.value == 0 || hit.value > side.seen().lanes.size()) return words;
  const auto& spans = side.seen().lanes[hit.value - 1].spans;
  for (const Span& span : spans) {
    if (span.first != hit.seq) continue;
    words.what = phase_words(span);
    if (span.phase == Phase::waiting) words.what += " for " + view::wait_words(trace, model, span.wait, span.object);
    if (span.asked_to_stop) words.what += span.cleanup ? " · cleaning up after a cancel" : " · asked to stop";
    if (span.end > span.begin) words.what += " · " + show(span.end - span.begin);
    words.place = view::place_words(trace, span.site);
    return words;
  }
  return words;
}

Words words_of(const view::Side& side, const Hit& hit) {
  const Trace& trace = side.seen_trace();
  const Model& model = side.seen().model;
  switch (hit.kind) {
    case Hit::Kind::none:
    case Hit::Kind::worker:
    case Hit::Kind::schedule: return {};
    case Hit::Kind::fold:
      return {hit.seq ? "equal tasks" : view::task_words(trace, model, TaskId{hit.value}), "click to open or close", {}};
    case Hit::Kind::note:
      if (hit.value >= trace.notes.size()) return {};
      return {view::note_moment(trace.notes[hit.value]), view::printable(trace.notes[hit.value].text), {}};
    case Hit::Kind::task:
    case Hit::Kind::span: return span_words(side, hit);
    case Hit::Kind::resource: {
      Words words{view::resource_words(trace, model, ResourceId{hit.value}), {}, {}};
      if (const ResourceModel* r = model.resource(ResourceId{hit.value}))
        if (r->capacity) words.what = "capacity " + std::to_string(r->capacity);
      return words;
    }
    case Hit::Kind::scope: return {view::scope_words(trace, model, ScopeId{hit.value}), {}, {}};
    case Hit::Kind::finding:
      if (hit.value >= side.findings.size()) return {};
      return {side.findings[hit.value].rule, side.findings[hit.value].sentence, {}};
    case Hit::Kind::loop: return {"the loop", hit.seq ? view::describe(trace, model, hit.seq) : std::string(), {}};
    case Hit::Kind::event: return {hit.seq ? view::describe(trace, model, hit.seq) : std::string(), {}, {}};
  }
  return {};
}

}  // namespace

void describe_hit(const Painter& painter, const view::Side& side, const Hit& hit) {
  const Words words = words_of(side, hit);
  if (words.name.empty()) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {painter.em() * 0.7F, painter.em() * 0.45F});
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(painter.em() * 26);
  text(painter, words.name, Role::text, Font::bold);
  if (!words.what.empty()) text(painter, words.what);
  ImGui::PopTextWrapPos();
  if (!words.place.empty()) text(painter, words.place, Role::text_dim, Font::mono);
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

}  // namespace awaitscope::panels
