#include "app/desk/comparison.h"

#include <fmt/format.h>

#include "app/desk/json.h"
#include "core/findings/words.h"
#include "core/trace/text.h"

namespace awaitscope::desk {
namespace {

constexpr std::size_t most_rows = 12, most_names = 6;

std::string value(const Measure& m, std::int64_t of) { return m.is_time ? show(Duration{of}) : std::to_string(of); }

std::string change(const Measure& m) {
  if (m.a == m.b) return "same";
  if (m.a == 0) return "+" + value(m, m.b);
  const double percent = (static_cast<double>(m.b) / static_cast<double>(m.a) - 1) * 100;
  return percent > 999 ? fmt::format("x{:.0f}", static_cast<double>(m.b) / static_cast<double>(m.a))
                       : fmt::format("{:+.0f} %", percent);
}

std::string verdict(const Measure& m, double margin) {
  return !m.judged ? "" : m.worse(margin) ? "worse" : m.better(margin) ? "better" : "";
}

void put_measures(std::string& out, const Comparison& c, double margin) {
  out += fmt::format("{:32}{:>10}{:>10}{:>10}\n", "", "A", "B", "change");
  for (const Measure& m : c.measures) {
    if (m.a == 0 && m.b == 0) continue;
    std::string line =
        fmt::format("{:32}{:>10}{:>10}{:>10}  {}", m.name, value(m, m.a), value(m, m.b), change(m), verdict(m, margin));
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  if (c.outcome) out += "how the run ended: " + *c.outcome + (c.ended_worse ? "  worse" : "") + "\n";
  if (!c.rules_gone.empty()) out += "found in A only: " + listed(c.rules_gone, most_names) + "\n";
  if (!c.rules_new.empty()) out += "found in B only: " + listed(c.rules_new, most_names) + "  worse\n";
}

/// "3.0 s → 1.0 s", or the one value where both are the same.
std::string both(Duration a, Duration b) { return a == b ? show(a) : show(a) + " → " + show(b); }

/// A task's times in four columns.
std::string times(const TaskPair& t) {
  return fmt::format("{:>18}{:>18}{:>18}{:>18}", both(t.life_a, t.life_b), both(t.a->running, t.b->running),
                     both(t.a->ready, t.b->ready), both(t.a->waiting, t.b->waiting));
}

bool unchanged(const TaskPair& t) {
  return t.life_a == t.life_b && t.a->running == t.b->running && t.a->ready == t.b->ready && t.a->waiting == t.b->waiting;
}

std::string without_number(const std::string& id) { return id.substr(0, id.rfind('[')); }

/// Tasks of one name that changed alike are one row.
struct TaskRow {
  std::string id, times;
  std::size_t count = 1;
};

std::vector<TaskRow> rows_of(const Comparison& c) {
  std::vector<TaskRow> out;
  for (const TaskPair& t : c.tasks) {
    if (!t.a || !t.b || unchanged(t)) continue;
    TaskRow row{t.id, times(t)};
    if (!out.empty() && without_number(out.back().id) == without_number(row.id) && out.back().times == row.times)
      ++out.back().count;
    else out.push_back(std::move(row));
  }
  return out;
}

void put_tasks(std::string& out, const Comparison& c) {
  const std::vector<TaskRow> rows = rows_of(c);
  if (rows.empty()) out += fmt::format("\n{} of both, each takes the same time in each state\n", counted(c.same_tasks, "task"));
  else out += fmt::format("\n{:32}{:>18}{:>18}{:>18}{:>18}\n", "tasks, A → B", "alive", "running", "ready", "waiting");
  for (std::size_t i = 0; i < std::min(rows.size(), most_rows); ++i) {
    const TaskRow& row = rows[i];
    const std::string id = row.count > 1 ? fmt::format("{} and {} like it", row.id, row.count - 1) : row.id;
    out += fmt::format("{:32}{}\n", id, row.times);
  }
  if (rows.size() > most_rows) out += fmt::format("and {} more rows that differ less\n", rows.size() - most_rows);
  std::vector<std::string> only_a, only_b;
  for (const TaskPair& t : c.tasks)
    if (!t.a || !t.b) (t.a ? only_a : only_b).push_back(t.id);
  if (!only_a.empty()) out += fmt::format("{} in A only: {}\n", counted(only_a.size(), "task"), listed(only_a, most_names));
  if (!only_b.empty()) out += fmt::format("{} in B only: {}\n", counted(only_b.size(), "task"), listed(only_b, most_names));
}

std::string shown_event(const Trace& trace, Seq seq) { return seq ? to_text(trace, trace[seq]) : "(the end of the trace)"; }

void put_divergence(std::string& out, const char* what, const Divergence& d, const Compared& a, const Compared& b) {
  out += fmt::format("\n{}\n  A {}\n  B {}\n", what, shown_event(a.trace, d.a), shown_event(b.trace, d.b));
}

std::string event_json(const Trace& trace, Seq seq) {
  return fmt::format("{{\"seq\":{},\"event\":{}}}", seq, quoted_json(seq ? to_text(trace, trace[seq]) : ""));
}

std::string divergence_json(const std::optional<Divergence>& d, const Compared& a, const Compared& b) {
  if (!d) return "null";
  return fmt::format("{{\"a\":{},\"b\":{}}}", event_json(a.trace, d->a), event_json(b.trace, d->b));
}

std::string measure_json(const Measure& m, double margin) {
  return fmt::format("\n{{\"name\":\"{}\",\"unit\":\"{}\",\"a\":{},\"b\":{},\"judged\":{},\"worse\":{}}}", m.name,
                     m.is_time ? "ns" : "count", m.a, m.b, m.judged, m.judged && m.worse(margin));
}

std::string times_json(const TaskModel* task, Duration life) {
  if (!task) return "null";
  return fmt::format("{{\"alive_ns\":{},\"running_ns\":{},\"ready_ns\":{},\"waiting_ns\":{}}}", life.count(),
                     task->running.count(), task->ready.count(), task->waiting.count());
}

std::string task_json(const TaskPair& t) {
  return fmt::format("\n{{\"id\":{},\"a\":{},\"b\":{}}}", quoted_json(t.id), times_json(t.a, t.life_a),
                     times_json(t.b, t.life_b));
}

}  // namespace

std::string comparison_text(const Comparison& c, const Compared& a, const Compared& b, double margin) {
  std::string out = "A  " + plain(a.label) + "\nB  " + plain(b.label) + "\n\n";
  put_measures(out, c, margin);
  put_tasks(out, c);
  if (c.time && (!c.order || c.time->a < c.order->a)) put_divergence(out, "First at another time:", *c.time, a, b);
  if (c.order) put_divergence(out, "First to go another way:", *c.order, a, b);
  if (!c.order && !c.time) out += "\nEvent by event the two runs do the same.\n";
  return out;
}

std::string comparison_json(const Comparison& c, const Compared& a, const Compared& b, double margin) {
  return fmt::format(
      "{{\"a\":{},\"b\":{},\"margin\":{},\"worse\":{},\"measures\":{},\"tasks\":{},\"rules_only_in_a\":{},"
      "\"rules_only_in_b\":{},\"first_other_way\":{},\"first_other_time\":{},\"outcome\":{}}}\n",
      quoted_json(a.label), quoted_json(b.label), margin, c.worse(margin),
      json_array(c.measures, [&](const Measure& m) { return measure_json(m, margin); }), json_array(c.tasks, task_json),
      json_array(c.rules_gone, quoted_json), json_array(c.rules_new, quoted_json), divergence_json(c.order, a, b),
      divergence_json(c.time, a, b), c.outcome ? quoted_json(*c.outcome) : "null");
}

}  // namespace awaitscope::desk
