#include "app/view/range.h"

#include <span>

#include <fmt/format.h>

#include "app/view/navigate.h"
#include "app/view/words.h"

namespace awaitscope::view {
namespace {

void add(RangeSums& to, const Span& span, Instant begin, Instant end) {
  const Duration length = std::min(span.end, end) - std::max(span.begin, begin);
  switch (span.phase) {
    case Phase::created: to.created += length; break;
    case Phase::ready: to.ready += length; break;
    case Phase::running:
      to.running += length;
      to.longest_step = std::max(to.longest_step, length);
      ++to.steps;
      break;
    case Phase::waiting:
      to.waiting += length;
      to.longest_wait = std::max(to.longest_wait, length);
      break;
    case Phase::done: break;
  }
}

void add(RangeFacts& to, const RangeLane& lane) {
  RangeSums& all = to.all;
  const RangeSums& sums = lane.sums;
  all.created += sums.created;
  all.ready += sums.ready;
  all.running += sums.running;
  all.waiting += sums.waiting;
  all.steps += sums.steps;
  if (sums.longest_step > all.longest_step) all.longest_step = sums.longest_step, to.step_task = lane.task;
  if (sums.longest_wait > all.longest_wait) all.longest_wait = sums.longest_wait, to.wait_task = lane.task;
}

/// The events of a kind within the range: its list, from and to.
std::span<const Seq> events_in(const RangeFacts& facts, const Side& side, Kind kind) {
  const std::vector<Seq>& all = side.index->of(kind);
  const auto from = std::lower_bound(all.begin(), all.end(), facts.first);
  const auto to = std::upper_bound(from, all.end(), facts.last);
  return {from, to};
}

void count_events(RangeFacts& facts, const Side& side) {
  if (!side.index) return;
  facts.requests = events_in(facts, side, Kind::request_begin).size();
  facts.cancels = events_in(facts, side, Kind::cancel_requested).size();
  for (const Seq seq : events_in(facts, side, Kind::task_done))
    facts.errors += side.seen_trace()[seq].as<Outcome>() == Outcome::raised;
  std::uint32_t before = 0;
  for (const Seq seq : events_in(facts, side, Kind::step_begin)) {
    const std::uint32_t task = side.seen_trace()[seq].task;
    facts.switches += before && task != before;
    before = task;
  }
}

std::string cell(std::string_view text) {
  std::string out = std::string(text);
  if (!out.empty() && std::string_view("=+-@").find(out.front()) != std::string_view::npos) out.insert(out.begin(), '\'');
  return out;
}

RangeFacts facts_of(const Session& session) {
  RangeFacts out;
  const Side& side = session.side();
  const Trace& trace = side.seen_trace();
  if (trace.empty()) return out;
  if (!session.range) {
    out.end = trace.end();
    out.last = trace.size();
  } else if (session.order_ruler) {
    out.first = std::clamp<Seq>(to_seq(static_cast<double>(session.range->first.ns)), 1, trace.size());
    out.last = std::min(to_seq(static_cast<double>(session.range->second.ns)), trace.size());
    out.begin = trace[out.first].at();
    out.end = out.last ? trace[out.last].at() : out.begin;
  } else {
    std::tie(out.begin, out.end) = *session.range;
    out.first = trace.at_or_before(out.begin - Duration{1}) + 1;
    out.last = trace.at_or_before(out.end);
  }
  for (const Lane& lane : side.seen().lanes) {
    RangeLane sums{lane.task, {}};
    auto i = std::partition_point(lane.spans.begin(), lane.spans.end(),
                                  [&](const Span& s) { return s.end < out.begin || (s.last && s.last < out.first); });
    bool lives = false;
    for (; i != lane.spans.end() && i->begin <= out.end && i->first <= out.last; ++i) {
      add(sums.sums, *i, out.begin, out.end);
      lives = lives || i->phase != Phase::done;
    }
    if (!lives) continue;
    add(out, sums);
    out.lanes.push_back(sums);
  }
  count_events(out, side);
  return out;
}

}  // namespace

const RangeFacts& range_facts(const Session& session) {
  static const RangeFacts none;
  if (!session.has_runs()) return none;
  const Side& side = session.side();
  std::string key = fmt::format("{} {} {}", side.seen_trace().size(), side.index != nullptr, session.order_ruler);
  if (session.range) key += fmt::format(" {} {}", session.range->first.ns, session.range->second.ns);
  return side.memo.of<RangeFacts>(key, [&] { return facts_of(session); });
}

std::string range_table(const Session& session) {
  if (!session.has_runs()) return {};
  const RangeFacts& facts = range_facts(session);
  const Side& side = session.side();
  const auto time = [](Duration d) { return seconds(Instant{d.count()}, 9); };
  std::string out = "lane\tcreated s\tready s\trunning s\twaiting s\tsteps\tlongest step s\tlongest wait s\n";
  const auto row = [&](const std::string& name, const RangeSums& sums) {
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", cell(name), time(sums.created), time(sums.ready), time(sums.running),
                       time(sums.waiting), sums.steps, time(sums.longest_step), time(sums.longest_wait));
  };
  for (const RangeLane& lane : facts.lanes) row(task_name(side.seen_trace(), side.seen().model, lane.task), lane.sums);
  row("all", facts.all);
  out += fmt::format("from s\t{}\nto s\t{}\nlength s\t{}\nswitches\t{}\nrequests\t{}\ncancels\t{}\nerrors\t{}\n",
                     seconds(facts.begin, 9), seconds(facts.end, 9), time(facts.end - facts.begin), facts.switches,
                     facts.requests, facts.cancels, facts.errors);
  return out;
}

}  // namespace awaitscope::view
