#pragma once
// A bug report: what a run did wrong, with pictures, lines and evidence, as one HTML page or as Markdown.  Pure: whoever calls
// reads and writes the files.
#include <functional>
#include <string>
#include <vector>

#include "app/view/pictures.h"

namespace awaitscope::exports {

/// A trace and what is known about it, from which every form of a report is made.
struct Report {
  const Trace& trace;
  const History& history;
  const std::vector<Finding>& findings;  ///< the worst first
  /// The lines around a place of the source, with their numbers; none where the source is unknown.
  std::function<std::vector<view::SourceLine>(const Site& site)> source;
  std::string native;  ///< the trace as an .awtrace file, for the page to carry
  std::string name;    ///< "swallowed_cancel.bad": what files are called, plain ASCII
  std::string replay;  ///< the command that runs it again, "" where there is none
  std::string notice;  ///< what has to be said first: that the trace was cut
  Instant begin{};     ///< of what is shown: a cut trace begins with what is only needed to understand the rest
};

/// One self-contained page: no network, no external file, the trace inside.  Works without its script, which only adds zoom
/// and a readout; its own content policy forbids everything else.
std::string report_html(const Report& report);

/// Where the Markdown's pictures stand, relative to it.
struct ReportPictures {
  std::vector<std::string> findings;  ///< of the first findings, in order
  std::string timeline, cancels;      ///< "" for none
  std::string note;                   ///< what has to be said about them, "" for nothing
};
/// The same as Markdown, below 60,000 characters.
std::string report_markdown(const Report& report, const ReportPictures& pictures);

/// How many findings get a picture.
std::size_t pictured(const Report& report);
/// A range of the run to look at.
struct Moment {
  Instant begin, end;
  bool order = false;  ///< numbers of events, where no time passes
  Seq at = 0;          ///< the event to point at, 0: none
  view::Focus focus;   ///< the lanes and strips it is about
};
Moment moment_of(const Report& report, const Finding& finding);
Moment whole_run(const Report& report);

/// Pictures for a page: SVG in light colours whose ids begin with `prefix`.
std::string finding_svg(const Report& report, std::size_t finding, const std::string& prefix);
std::string timeline_svg(const Report& report, const std::string& prefix);
/// "" where nobody was asked to stop.
std::string cancels_svg(const Report& report, const std::string& prefix);
/// The ruler's place on the timeline's picture.
view::Plot timeline_plot(const Report& report);

/// What a shape of a picture is: "worker · sleep · 1.000 s to 2.000 s (1.0 s)".
std::string hover_words(const Report& report, const view::Hit& hit);

/// "swallowed_cancel · bad".
std::string title_of(const TraceInfo& info);
/// "ended well", "hangs", "ended with TimeoutError".
std::string outcome_of(const Report& report);
/// "1.234 s to 4.000 s": to the millisecond, where the run is long enough for that.
std::string time_of(const Report& report, const Finding& finding);
/// "1 error, 2 warnings"; "no findings".
std::string counts_of(const std::vector<Finding>& findings);
/// What the trace says about where it came from: versions, clock, schedule, parameters.
std::vector<std::pair<std::string, std::string>> environment_of(const Report& report);

}  // namespace awaitscope::exports
