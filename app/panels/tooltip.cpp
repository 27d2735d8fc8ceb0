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

Phrase phase_words(const Span& span) {
  switch (span.phase) {
    case Phase::created: return {"created, not started", "已创建，未启动"};
    case Phase::ready: return {"ready, waiting for its turn", "就绪，等着轮到它"};
    case Phase::running: return {"running", "运行中"};
    case Phase::waiting: return {"waiting", "等待"};
    case Phase::done: return {"done", "已结束"};
  }
  return {};
}

Words span_words(const view::Side& side, const Hit& hit, Language language) {
  const Trace& trace = side.seen_trace();
  const Model& model = side.seen().model;
  Words words{view::task_words(trace, model, TaskId{hit.value}, language), {}, {}};
  if (hit.value == 0 || hit.value > side.seen().lanes.size()) return words;
  const auto& spans = side.seen().lanes[hit.value - 1].spans;
  for (const Span& span : spans) {
    if (span.first != hit.seq) continue;
    words.what = phase_words(span).in(language);
    if (span.phase == Phase::waiting)
      words.what +=
          view::filled({" for {}", "：{}"}, language, view::wait_words(trace, model, span.wait, span.object, language));
    const Phrase cleanup{" · cleaning up after a cancel", " · 取消后正在清理"}, asked{" · asked to stop", " · 被要求停止"};
    if (span.asked_to_stop) words.what += (span.cleanup ? cleanup : asked).in(language);
    if (span.end > span.begin) words.what += " · " + show(span.end - span.begin);
    words.place = view::place_words(trace, span.site);
    return words;
  }
  return words;
}

Words words_of(const view::Side& side, const Hit& hit, Language language) {
  const Trace& trace = side.seen_trace();
  const Model& model = side.seen().model;
  switch (hit.kind) {
    case Hit::Kind::none:
    case Hit::Kind::worker:
    case Hit::Kind::schedule: return {};
    case Hit::Kind::fold:
      return {hit.seq ? std::string(Phrase{"equal tasks", "相同的任务"}.in(language))
                      : view::task_words(trace, model, TaskId{hit.value}, language),
              std::string(Phrase{"click to open or close", "点击展开或收起"}.in(language)),
              {}};
    case Hit::Kind::note:
      if (hit.value >= trace.notes.size()) return {};
      return {view::note_moment(trace.notes[hit.value], language), view::printable(trace.notes[hit.value].text), {}};
    case Hit::Kind::task:
    case Hit::Kind::span: return span_words(side, hit, language);
    case Hit::Kind::resource: {
      Words words{view::resource_words(trace, model, ResourceId{hit.value}), {}, {}};
      if (const ResourceModel* r = model.resource(ResourceId{hit.value}))
        if (r->capacity) words.what = view::filled({"capacity {}", "容量 {}"}, language, r->capacity);
      return words;
    }
    case Hit::Kind::scope: return {view::scope_words(trace, model, ScopeId{hit.value}, language), {}, {}};
    case Hit::Kind::finding:
      if (hit.value >= side.findings.size()) return {};
      return {side.findings[hit.value].rule, side.findings[hit.value].sentence, {}};
    case Hit::Kind::loop:
      return {view::task_words(trace, model, {}, language),
              hit.seq ? view::describe(trace, model, hit.seq, language) : std::string(),
              {}};
    case Hit::Kind::event: return {hit.seq ? view::describe(trace, model, hit.seq, language) : std::string(), {}, {}};
  }
  return {};
}

}  // namespace

void describe_hit(const Painter& painter, const view::Side& side, const Hit& hit) {
  const Words words = words_of(side, hit, painter.language);
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
