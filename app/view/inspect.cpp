// The inspector's lines: about the selection at the playhead, or about the event itself where nothing is selected.
#include "app/view/inspect.h"

#include <fmt/format.h>

#include "app/view/glossary.h"
#include "app/view/inspector.h"
#include "app/view/stage.h"
#include "app/view/text.h"
#include "app/view/words.h"

namespace awaitscope::view {

void Inspector::title(const Phrase& kind, std::string name, Role role) {
  Detail detail;
  detail.type = Detail::Type::title;
  detail.label = in(kind);
  detail.text = std::move(name);
  detail.role = role;
  if (const Term* term = term_named(kind.en)) detail.term = term->name;
  out.push_back(std::move(detail));
}

void Inspector::close() {
  if (!out.empty() && out.back().type == Detail::Type::heading) out.pop_back();
}

void Inspector::heading(const Phrase& words) {
  close();
  Detail detail;
  detail.type = Detail::Type::heading;
  detail.label = in(words);
  if (const Term* term = term_named(words.en)) detail.term = term->name;
  out.push_back(std::move(detail));
}

void Inspector::line(const Phrase& label, std::string text, Hit hit, std::string_view meaning) {
  if (text.empty()) return;
  Detail detail;
  detail.label = in(label);
  detail.text = std::move(text);
  detail.hit = hit;
  if (const Term* term = term_named(label.en)) detail.term = term->name;
  if (const Term* term = term_named(meaning)) detail.meaning = term->name;
  out.push_back(std::move(detail));
}

void Inspector::also(std::string text, Hit hit, int depth) {
  Detail detail;
  detail.text = std::move(text);
  detail.hit = hit;
  detail.depth = depth;
  out.push_back(std::move(detail));
}

void Inspector::lines(const Phrase& label, const std::vector<std::pair<std::string, Hit>>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) i ? also(all[i].first, all[i].second) : line(label, all[i].first, all[i].second);
}

Hit Inspector::to_event(Seq seq) const { return seq && seq <= trace.size() ? Hit{Hit::Kind::event, seq, seq} : Hit{}; }

Hit Inspector::to_task(TaskId id) const { return whole().task(id) ? Hit{Hit::Kind::task, id.value, 0} : Hit{}; }

std::string Inspector::task(TaskId id) const { return task_words(trace, whole(), id, session.language); }

void Inspector::tasks(const Phrase& label, const std::vector<TaskId>& ids) {
  constexpr std::size_t most = 8;
  for (std::size_t i = 0; i < std::min(most, ids.size()); ++i)
    i ? also(task(ids[i]), to_task(ids[i])) : line(label, task(ids[i]), to_task(ids[i]));
  if (ids.size() > most) also(fmt::format("+{}", counted(ids.size() - most)));
}

/// "1.000 s · main: step begin at a.cpp:7".
std::string Inspector::event_words(Seq seq) const {
  const std::string all = describe(trace, whole(), seq, session.language);
  const std::string before = filled({"event {} of {} · ", "事件 {} / {} · "}, session.language, seq, trace.size());
  return all.starts_with(before) ? all.substr(before.size()) : all;
}

void Inspector::findings(TaskId about, ResourceId resource) {
  heading({"Findings", "诊断"});
  for (std::size_t i = 0; i < side.findings.size(); ++i) {
    const Finding& finding = side.findings[i];
    const bool meant = about
                           ? std::find(finding.tasks.begin(), finding.tasks.end(), about) != finding.tasks.end()
                           : std::find(finding.resources.begin(), finding.resources.end(), resource) != finding.resources.end();
    if (!meant) continue;
    also(printable(finding.sentence), {Hit::Kind::finding, static_cast<std::uint32_t>(i), 0});
    out.back().role = finding.severity == Severity::info ? Role::text : Role::text_warning;
  }
}

void Inspector::about_finding(std::size_t index) {
  const Finding& finding = side.findings[index];
  title({"Finding", "诊断"}, finding.rule,
        finding.severity == Severity::error     ? Role::error
        : finding.severity == Severity::warning ? Role::warning
                                                : Role::info);
  line({"What", "情况"}, printable(finding.sentence));
  line({"Do", "建议"}, printable(finding.advice));
  line({"How sure", "把握"}, std::string(name(finding.confidence)), {}, name(finding.confidence));
  std::vector<std::pair<std::string, Hit>> proofs;
  for (std::size_t i = 0; i < std::min<std::size_t>(6, finding.evidence.size()); ++i)
    if (const Hit hit = to_event(finding.evidence[i]); hit.seq) proofs.emplace_back(event_words(hit.seq), hit);
  lines({"Evidence", "证据"}, proofs);
  tasks({"Tasks", "任务"}, finding.tasks);
  std::vector<std::pair<std::string, Hit>> resources;
  for (std::size_t i = 0; i < std::min<std::size_t>(8, finding.resources.size()); ++i)
    resources.emplace_back(resource_words(trace, whole(), finding.resources[i]),
                           Hit{Hit::Kind::resource, finding.resources[i].value, 0});
  lines({"Resources", "资源"}, resources);
  line({"Lesson", "课程"}, printable(finding.lesson));
  source(finding.site);
}

namespace {

/// Totals per state within the selected range.
void totals(Inspector& to, Instant begin, Instant end) {
  struct Sum {
    std::int64_t total = 0, longest = 0;
    std::size_t count = 0;
  } sums[5];
  for (const Lane& lane : to.side.seen().lanes) {
    auto i = std::partition_point(lane.spans.begin(), lane.spans.end(), [&](const Span& s) { return s.end <= begin; });
    for (; i != lane.spans.end() && i->begin < end; ++i) {
      const std::int64_t length = std::min(i->end, end).ns - std::max(i->begin, begin).ns;
      if (length <= 0) continue;
      Sum& sum = sums[static_cast<std::size_t>(i->phase)];
      sum.total += length;
      sum.longest = std::max(sum.longest, length);
      ++sum.count;
    }
  }
  constexpr Phrase names[] = {{"Not started", "未开始"}, {"Ready", "就绪"}, {"Running", "运行中"}, {"Waiting", "等待中"}};
  const std::string words = to.in({"{} in {} spans, longest {}", "{}，共 {} 段，最长 {}"});
  for (std::size_t p = 0; p < 4; ++p)
    if (sums[p].count)
      to.line(names[p], fmt::format(fmt::runtime(words), show(Duration{sums[p].total}), counted(sums[p].count),
                                    show(Duration{sums[p].longest})));
}

void selection(Inspector& to, const Hit& hit) {
  switch (hit.kind) {
    case Hit::Kind::task: return to.about_task(TaskId{hit.value});
    case Hit::Kind::span: return to.about_span(hit);
    case Hit::Kind::resource: return to.about_resource(ResourceId{hit.value});
    case Hit::Kind::scope: return to.about_scope(ScopeId{hit.value});
    case Hit::Kind::loop: return to.about_tick(hit.value, hit.seq);
    case Hit::Kind::worker: return to.about_worker(hit.value);
    case Hit::Kind::event: return to.about_event(hit.seq ? hit.seq : hit.value);
    case Hit::Kind::finding:
    case Hit::Kind::fold:
    case Hit::Kind::note:
    case Hit::Kind::schedule:
    case Hit::Kind::none: return;
  }
}

struct Details {
  std::vector<Detail> lines;
};

Details details_of(const Session& session) {
  Inspector to(session);
  if (session.range) to.about_range();
  if (session.selected_finding >= 0 && session.selected_finding < static_cast<int>(to.side.findings.size()))
    to.about_finding(static_cast<std::size_t>(session.selected_finding));
  else selection(to, session.selected);
  if (to.out.empty() || session.range) to.about_event(to.side.step);
  to.close();
  return {std::move(to.out)};
}

std::string key_of(const Session& session) {
  const Side& side = session.side();
  const Hit& hit = session.selected;
  std::string key = fmt::format("{} {} {} {} {} {} {} {} {}", side.seen_trace().size(), side.step, static_cast<int>(hit.kind),
                                hit.value, hit.seq, session.selected_finding, static_cast<int>(session.language),
                                session.order_ruler, static_cast<int>(session.source));
  if (session.range) key += fmt::format(" range {} {}", session.range->first.ns, session.range->second.ns);
  if (session.outside)
    key += fmt::format(" in {} {} {}", session.outside->root, session.outside->wanted, session.outside->error);
  return key + " " + session.lesson.name + " " + session.inspection.source_root + (session.playing ? " playing" : "");
}

}  // namespace

void Inspector::about_range() {
  const Instant begin = session.range->first, end = session.range->second;
  if (session.order_ruler)
    return title({"Range", "范围"}, fmt::format(fmt::runtime(in({"events {} to {}", "事件 {} 到 {}"})), begin.ns, end.ns));
  title({"Range", "范围"}, fmt::format(fmt::runtime(in({"{} to {}", "{} 到 {}"})), moment_words(begin), moment_words(end)));
  line({"Length", "长度"}, show(end - begin));
  totals(*this, begin, end);
}

const std::vector<Detail>& inspect(const Session& session) {
  static const std::vector<Detail> none;
  if (!session.has_runs()) return none;
  return session.side().memo.of<Details>(key_of(session), [&] { return details_of(session); }).lines;
}

}  // namespace awaitscope::view
