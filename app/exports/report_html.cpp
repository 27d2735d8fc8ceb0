// The report as one HTML page.
#include <set>

#include <fmt/format.h>

#include "app/exports/escape.h"
#include "app/exports/report.h"
#include "app/exports/report_style.h"
#include "app/view/stage.h"
#include "app/view/words.h"
#include "core/findings/block.h"
#include "core/formats/base64.h"

namespace awaitscope::exports {
namespace {

constexpr std::size_t most_listed = 200;
constexpr std::size_t most_tasks = 400;

std::string facts(const Report& report) {
  const History& history = report.history;
  std::string out = "<ul class=\"facts\">\n";
  const auto add = [&](const std::string& strong, const std::string& rest) {
    out += fmt::format("<li><b>{}</b> {}</li>\n", html(strong), html(rest));
  };
  add(counts_of(report.findings), "");
  add(show(Duration{history.end.ns}), outcome_of(report));
  add(view::counted(history.model.tasks.size()), history.model.tasks.size() == 1 ? "task" : "tasks");
  add(view::counted(report.trace.size()), "events");
  if (const std::size_t n = history.cancellations.size()) add(view::counted(n), n == 1 ? "cancel request" : "cancel requests");
  if (const std::size_t n = history.requests.size()) add(view::counted(n), n == 1 ? "request" : "requests");
  return out + "</ul>\n";
}

std::string code_of(const Report& report, const Site& site) {
  const std::vector<view::SourceLine> lines = report.source ? report.source(site) : std::vector<view::SourceLine>{};
  if (lines.empty()) return {};
  std::string out = "<pre class=\"code\">";
  for (const view::SourceLine& line : lines)
    out += fmt::format("<span{}><i>{}</i>{}</span>", line.number == static_cast<int>(site.line) ? " class=\"here\"" : "",
                       line.number, html_lines(line.text));
  return out + "</pre>\n";
}

std::string card(const Report& report, const Run& run, std::size_t index) {
  const Finding& f = report.findings[index];
  const Moment moment = moment_of(report, f), whole = whole_run(report);
  std::string out = fmt::format("<section class=\"finding {}\" id=\"finding-{}\">\n", name(f.severity), index + 1);
  out += fmt::format("<h2><span class=\"badge\">{}</span> {} <small>{}{}{}</small></h2>\n", name(f.severity), html(f.rule),
                     f.site.line ? html(show(f.site)) + " · " : "", time_of(report, f),
                     f.confidence == Confidence::proven ? "" : " · " + std::string(name(f.confidence)));
  out +=
      fmt::format("<p class=\"say\">{}</p>\n<p class=\"todo\"><b>What to do:</b> {}</p>\n", html(f.sentence), html(f.advice));
  out += fmt::format("<figure><div class=\"picture\">{}</div>\n", finding_svg(report, index, fmt::format("f{}-", index + 1)));
  if (moment.order == whole.order)
    out += fmt::format(
        "<figcaption class=\"script-only\"><a href=\"#run\" data-begin=\"{}\" data-end=\"{}\">Show in the whole "
        "run</a></figcaption>\n",
        moment.begin.ns, moment.end.ns);
  out += "</figure>\n" + code_of(report, f.site);
  out += fmt::format("<details><summary>As text, to paste into an issue</summary><pre class=\"block\">{}</pre></details>\n",
                     html_lines(finding_block(run, f)));
  return out + "</section>\n";
}

std::string findings(const Report& report) {
  const Run run{report.trace, report.history, {}};
  std::string out;
  if (report.findings.empty()) return "<p class=\"say\">No rule found anything wrong with this run.</p>\n";
  const std::size_t cards = pictured(report);
  for (std::size_t i = 0; i < cards; ++i) out += card(report, run, i);
  if (report.findings.size() == cards) return out;
  out += fmt::format("<h2>{} more findings</h2>\n<ul class=\"rest\">\n", view::counted(report.findings.size() - cards));
  for (std::size_t i = cards; i < std::min(report.findings.size(), most_listed); ++i) {
    const Finding& f = report.findings[i];
    out += fmt::format("<li>{} <b>{}</b> <small>{}{}</small><br>{}</li>\n", name(f.severity), html(f.rule),
                       f.site.line ? html(show(f.site)) + " · " : "", time_of(report, f), html(f.sentence));
  }
  if (report.findings.size() > most_listed)
    out += fmt::format("<li>and {} more in the trace</li>\n", view::counted(report.findings.size() - most_listed));
  return out + "</ul>\n";
}

/// What the bars mean: those that this run has.
std::string legend(const Report& report) {
  struct Entry {
    view::Look look;
    const char* word;
  };
  std::vector<Entry> entries;
  std::set<std::string_view> seen;
  const auto add = [&](const view::Look& look, const char* word) {
    if (seen.insert(word).second) entries.push_back({look, word});
  };
  bool stall = false;
  for (const Stall& s : report.history.steps) stall = stall || s.end - s.begin >= view::TimelineOptions{}.stall;
  std::size_t looked = 0;
  for (const Lane& lane : report.history.lanes)
    for (const Span& span : lane.spans) {
      if (++looked > 20000) break;
      if (span.begin == span.end && span.phase != Phase::running && !whole_run(report).order) continue;
      const view::Look look = view::look_of(span);
      switch (look.role) {
        case view::Role::running: add(look, "runs"); break;
        case view::Role::ready: add(look, "ready, but others run"); break;
        case view::Role::waiting: add(look, "waits"); break;
        case view::Role::waiting_sleep: add(look, "sleeps"); break;
        case view::Role::waiting_request: add(look, "waits for an answer"); break;
        case view::Role::waiting_semaphore: add(look, "waits in line"); break;
        case view::Role::cancelling:
          add(look, span.cleanup && span.phase != Phase::running ? "cleans up after a cancel" : "asked to stop, and goes on");
          break;
        default: break;
      }
    }
  if (stall) add({view::Role::stall, view::Pattern::cross_hatch, 1, 8}, "holds the loop");
  std::string out = "<ul class=\"legend\">\n";
  const view::FontMetrics metrics = view::svg_metrics(13);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    view::DrawList swatch;
    swatch.canvas = {0, 0, 26, 12};
    const float h = std::max(4.0f, 12 * entries[i].look.height);
    swatch.boxes.push_back({{0, (12 - h) / 2, 26, h}, entries[i].look.role, entries[i].look.pattern, {}, 2});
    out +=
        fmt::format("<li>{}{}</li>\n",
                    view::paint_svg(swatch, view::Theme::light, metrics, {fmt::format("k{}-", i), {}, false}), entries[i].word);
  }
  return out + "</ul>\n";
}

std::string whole(const Report& report) {
  const Moment run = whole_run(report);
  const view::Plot plot = timeline_plot(report);
  std::string out = "<h2 id=\"run\">The whole run</h2>\n";
  out +=
      "<div class=\"tools\" id=\"tools\" hidden><output>Drag over a range to see it closer; rest on a bar to see what it is."
      "</output><button type=\"button\">Whole run</button></div>\n";
  out += fmt::format(
      "<div class=\"picture\" id=\"timeline\" data-x=\"{}\" data-w=\"{}\" data-ruler=\"{}\" data-begin=\"{}\" data-end=\"{}\" "
      "data-order=\"{}\">{}</div>\n",
      plot.x, plot.w, plot.ruler, run.begin.ns, run.end.ns, run.order ? 1 : 0, timeline_svg(report, "t-"));
  out += legend(report);
  if (run.order) out += "<p class=\"dim\">No time passes in this run: the ruler counts events.</p>\n";
  if (const std::string cancels = cancels_svg(report, "c-"); !cancels.empty())
    out += "<h2>Who asked whom to stop</h2>\n<div class=\"picture\">" + cancels + "</div>\n";
  return out;
}

std::string tasks(const Report& report) {
  const Model& model = report.history.model;
  std::string out = fmt::format(
      "<details><summary>{}, as a table</summary>\n<div class=\"scroll\"><table>\n<tr><th>task<th>parent<th>end<th "
      "class=\"n\">created<th class=\"n\">ended<th class=\"n\">runs<th class=\"n\">ready<th class=\"n\">waits<th "
      "class=\"n\">steps<th>created at</tr>\n",
      model.tasks.size() == 1 ? "The task" : "The " + view::counted(model.tasks.size()) + " tasks");
  for (std::size_t i = 0; i < std::min(model.tasks.size(), most_tasks); ++i) {
    const TaskModel& t = model.tasks[i];
    const bool done = t.phase == Phase::done;
    std::string end = done ? std::string(name(t.outcome)) : "not over";
    if (done && t.error) end += ": " + std::string(report.trace.text(t.error.value)).substr(0, 120);
    if (t.swallowed) end += ", cancel swallowed";
    out += fmt::format("<tr><td>{}<td>{}<td>{}", html(view::task_name(report.trace, model, t.id)),
                       t.parent ? html(view::task_words(report.trace, model, t.parent, Language::english)) : "", html(end));
    out += fmt::format("<td class=\"n\">{}<td class=\"n\">{}", view::moment_words(t.created_time),
                       done ? view::moment_words(t.ended) : "");
    out += fmt::format("<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td class=\"n\">{}<td>{}</tr>\n", show(t.running),
                       show(t.ready), show(t.waiting), t.steps, html(view::place_words(report.trace, t.created_at)));
  }
  out += "</table></div>\n";
  if (model.tasks.size() > most_tasks)
    out += fmt::format("<p class=\"dim\">{} more are in the trace.</p>\n", view::counted(model.tasks.size() - most_tasks));
  return out + "</details>\n";
}

std::string environment(const Report& report) {
  std::string out = "<h2>Environment</h2>\n<dl>\n";
  for (const auto& [label, text] : environment_of(report))
    out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html(label), html(text));
  return out + "</dl>\n";
}

std::string opening(const Report& report) {
  std::string out = fmt::format(
      "<h2>Open and replay</h2>\n<p>The whole trace is inside this page:</p>\n<p><a class=\"download\" id=\"trace\" "
      "download=\"{}.awtrace\" href=\"data:application/octet-stream;base64,",
      report.name);
  out += to_base64(report.native);
  out += fmt::format("\">Save {}.awtrace</a> <small>{:.1f} kB</small></p>\n", report.name,
                     static_cast<double>(report.native.size()) / 1000);
  out += fmt::format(
      "<p>See it event by event, or make of it what other viewers open (Perfetto, chrome://tracing, speedscope):</p>\n"
      "<pre>awaitscope open {0}.awtrace\nawaitscope export {0}.awtrace -o {0}.trace.json</pre>\n",
      report.name);
  if (!report.replay.empty())
    out += fmt::format("<p>Run the same program again, under the same schedule:</p>\n<pre>{}</pre>\n", html(report.replay));
  return out;
}

}  // namespace

std::string report_html(const Report& report) {
  const std::string style = report_style();
  const std::string_view script = report_script();
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; base-uri "
      "'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{} · {}</title>\n<style>{}</style>\n</head>\n<body>\n",
      content_hash(style), content_hash(script), html(title_of(report.trace.info)), counts_of(report.findings), style);
  out += fmt::format("<h1>{}</h1>\n", html(title_of(report.trace.info))) + facts(report);
  if (!report.notice.empty()) out += fmt::format("<p class=\"notice\">{}</p>\n", html(report.notice));
  out += findings(report) + whole(report) + tasks(report) + environment(report) + opening(report);
  out += fmt::format("<footer>Made by {}.  Times are those of the run's own clock, from its beginning.</footer>\n",
                     program_version());
  out += "<script>";
  out += script;
  out += "</script>\n</body>\n</html>\n";
  return out;
}

}  // namespace awaitscope::exports
