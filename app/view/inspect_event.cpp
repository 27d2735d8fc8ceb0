// The inspector's lines about one event: what it is, what led to it, what it led to; and about a pass of the loop.
#include <fmt/format.h>

#include "app/view/glossary.h"
#include "app/view/inspector.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

constexpr Seq nearby = 20'000;  ///< events behind one that are looked through for what it led to

/// Where a click on an event's field leads.
Hit field_hit(const Inspector& to, Field type, std::uint32_t value) {
  switch (type) {
    case Field::task: return to.to_task(TaskId{value});
    case Field::scope: return to.whole().scope({value}) ? Hit{Hit::Kind::scope, value, 0} : Hit{};
    case Field::resource: return to.whole().resource({value}) ? Hit{Hit::Kind::resource, value, 0} : Hit{};
    case Field::event: return to.to_event(value);
    default: return {};
  }
}

void add_field(Inspector& to, const Event& event, const FieldInfo& field, std::uint32_t value) {
  if (field.type == Field::none) return;
  const std::string words = field.type == Field::time
                                ? show(Duration{event.nanoseconds()})
                                : field_words(to.trace, to.whole(), field.type, value, event.c, to.session.language);
  if (words.empty()) return;
  // A field's name is the trace format's own word, the same in every language.
  to.line({field.name, field.name}, words, field_hit(to, field.type, value), words);
}

void add_causes(Inspector& to, Seq seq) {
  constexpr int most = 6;
  to.heading({"What led to it", "由什么引起"});
  for (int i = 0; i < most; ++i) {
    const Seq cause = to.trace[seq].cause;
    if (!cause || cause >= seq) return;
    to.also(to.event_words(cause), to.to_event(cause), i);
    seq = cause;
  }
}

void add_effects(Inspector& to, Seq seq) {
  constexpr std::size_t most = 6;
  to.heading({"What it led to", "引起了什么"});
  std::size_t found = 0;
  const Seq end = static_cast<Seq>(std::min<std::uint64_t>(to.trace.size(), std::uint64_t{seq} + nearby));
  for (Seq next = seq + 1; next <= end && found < most; ++next)
    if (to.trace[next].cause == seq) {
      to.also(to.event_words(next), to.to_event(next));
      ++found;
    }
}

}  // namespace

void Inspector::about_event(Seq seq) {
  if (seq == 0 || seq > trace.size()) return;
  const Event event = trace[seq];
  const KindInfo& kind = info(event.kind);
  title({"Event", "事件"}, spaced(kind.name));
  if (const Term* term = term_named(kind.name)) out.back().meaning = term->name;
  line({"Number", "编号"}, fmt::format(fmt::runtime(in({"{} of {}", "{} / {}"})), seq, trace.size()));
  line({"Moment", "时刻"}, moment_words(event.at()));
  line({"Task", "任务"}, task(event.who()), to_task(event.who()));
  line({"Family", "类别"}, std::string(name(kind.family)));
  add_field(*this, event, kind.a, event.a);
  add_field(*this, event, kind.b, event.b);
  add_field(*this, event, kind.c, event.c);
  add_field(*this, event, kind.d, event.d);
  line({"At", "位置"}, place_words(trace, event.where()));
  add_causes(*this, seq);
  add_effects(*this, seq);
  if (session.selected_finding < 0) source(trace.site(event.where()));
}

void Inspector::about_tick(std::uint32_t number, Seq first) {
  const auto& ticks = side.seen().ticks;
  const auto found = std::find_if(ticks.begin(), ticks.end(),
                                  [&](const Tick& t) { return t.first == first || (!first && t.number == number); });
  if (found == ticks.end()) return about_event(first);
  title({"Tick", "一轮"}, fmt::format("{}", found->number), Role::tick);
  line({"Began", "开始"}, moment_words(found->begin), to_event(found->first));
  line({"Ready", "就绪"}, counted(found->ready));
  line({"Busy", "忙"}, show(found->busy_end - found->begin));
  line({"Idle", "空闲"}, show(found->end - found->busy_end));
  std::vector<std::pair<std::string, Hit>> steps;
  std::size_t count = 0;
  const Seq end = found + 1 == ticks.end() ? trace.size() : (found + 1)->first - 1;
  for (Seq seq = found->first; seq && seq <= end; ++seq)
    if (trace.kind(seq) == Kind::step_begin && ++count <= 8) steps.emplace_back(task(trace[seq].who()), to_event(seq));
  line({"Steps", "步数"}, counted(count));
  lines({"Ran", "运行了"}, steps);
  if (count > steps.size()) also(fmt::format("+{}", counted(count - steps.size())));
}

}  // namespace awaitscope::view
