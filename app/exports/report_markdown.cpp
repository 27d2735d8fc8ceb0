// The report as Markdown, for an issue tracker: short enough for its body, and plain text whatever the trace holds.
#include <fmt/format.h>

#include "app/exports/escape.h"
#include "app/exports/report.h"
#include "app/view/stage.h"
#include "app/view/words.h"
#include "core/findings/block.h"

namespace awaitscope::exports {
namespace {

constexpr std::size_t longest = 59000;  // trackers refuse bodies over 65,536 characters, some over 60,000
constexpr std::size_t longest_finding = 6000;
constexpr std::size_t kept_for_the_end = 8000;

std::string language_of(std::string_view file) {
  if (file.ends_with(".py")) return "python";
  if (file.ends_with(".cpp") || file.ends_with(".cc") || file.ends_with(".h")) return "cpp";
  return file.ends_with(".js") || file.ends_with(".mjs") ? "js" : "";
}

/// Cut between two characters.
std::string shortened(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
  return text + " …";
}

std::string code_of(const Report& report, const Site& site) {
  const std::vector<view::SourceLine> lines = report.source ? report.source(site) : std::vector<view::SourceLine>{};
  if (lines.empty()) return {};
  std::string text;
  for (const view::SourceLine& line : lines)
    text += fmt::format("{}{:>5}  {}\n", line.number == static_cast<int>(site.line) ? '>' : ' ', line.number,
                        shortened(line.text, 200));
  return markdown_block(text, language_of(site.file));
}

std::string finding(const Report& report, const Run& run, std::size_t index, const ReportPictures& pictures) {
  const Finding& f = report.findings[index];
  std::string out = fmt::format("### {}. {}: {}\n\n{}\n\n", index + 1, name(f.severity), markdown_code(f.rule),
                                markdown(shortened(f.sentence, 1500)));
  if (!f.advice.empty()) out += fmt::format("**What to do:** {}\n\n", markdown(shortened(f.advice, 500)));
  if (index < pictures.findings.size() && !pictures.findings[index].empty())
    out += fmt::format("![the moment of finding {}]({})\n\n", index + 1, pictures.findings[index]);
  if (const std::string code = code_of(report, f.site); !code.empty()) out += code + "\n";
  out += markdown_block(shortened(finding_block(run, f), longest_finding), "text") + "\n";
  return out;
}

std::string end_of(const Report& report, const ReportPictures& pictures) {
  std::string out;
  if (!pictures.timeline.empty()) out += fmt::format("## The whole run\n\n![the whole run]({})\n\n", pictures.timeline);
  if (!pictures.cancels.empty())
    out += fmt::format("## Who asked whom to stop\n\n![who asked whom to stop]({})\n\n", pictures.cancels);
  out += "## Environment\n\n| | |\n| --- | --- |\n";
  for (const auto& [label, text] : environment_of(report)) {
    if (out.size() > kept_for_the_end / 2) break;
    out += fmt::format("| {} | {} |\n", markdown(shortened(label, 80)), markdown(shortened(text, 200)));
  }
  out += fmt::format("\n## Open and replay\n\n{}",
                     markdown_block(fmt::format("awaitscope open {0}.awtrace\n{1}", report.name,
                                                report.replay.empty() ? "" : shortened(report.replay, 1000) + "\n"),
                                    "sh"));
  return out;
}

}  // namespace

std::string report_markdown(const Report& report, const ReportPictures& pictures) {
  const Run run{report.trace, report.history, {}};
  const History& history = report.history;
  std::string out = fmt::format("# {}\n\n", markdown(shortened(title_of(report.trace.info), 200)));
  out += fmt::format("**{}.** {}, {}; {} tasks, {} events, {} cancel requests.\n\n", counts_of(report.findings),
                     show(Duration{history.end.ns}), markdown(shortened(outcome_of(report), 500)),
                     view::counted(history.model.tasks.size()), view::counted(report.trace.size()),
                     view::counted(history.cancellations.size()));
  if (!report.notice.empty()) out += "> " + markdown(report.notice) + "\n\n";
  if (!pictures.note.empty()) out += "> " + markdown(pictures.note) + "\n\n";
  const std::string end = end_of(report, pictures);
  out += "## Findings\n\n";
  if (report.findings.empty()) out += "No rule found anything wrong with this run.\n\n";
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const std::string next = finding(report, run, i, pictures);
    if (out.size() + next.size() + end.size() + 200 > longest) {
      out += fmt::format("{} more findings are in the report as a page, and in the trace.\n\n",
                         view::counted(report.findings.size() - i));
      break;
    }
    out += next;
  }
  return out + end;
}

}  // namespace awaitscope::exports
