#include "app/desk/report.h"

#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>

#include "app/desk/sources.h"
#include "app/exports/report.h"
#include "app/view/navigate.h"
#include "app/view/stage.h"
#include "core/findings/block.h"
#include "core/formats/awtrace_writer.h"
#include "core/formats/format.h"
#include "core/formats/zip.h"
#include "core/model/cut.h"
#include "core/trace/redact.h"

namespace awaitscope::desk {
namespace {

namespace fs = std::filesystem;

/// What issue trackers take as one attachment, and mail too.
constexpr std::size_t largest = 20'000'000;

struct File {
  std::string name, bytes;
};

/// A trace, small enough to be sent, with what is said about it.
class Judged {
 public:
  Judged(const Trace& trace, std::size_t most_native) {
    std::string native = AwtraceWriter().finish(trace);
    if (native.size() > most_native) {
      judge(trace);
      cut_down(trace, native.size(), most_native);
      native = AwtraceWriter().finish(cut_);
    }
    const Trace& shown = cut_.empty() ? trace : cut_;
    judge(shown);
    trace_ = &shown;
    native_ = std::move(native);
  }

  Judged(const Judged&) = delete;  // a report points into it

  exports::Report report(const std::string& source_root) const {
    const TraceInfo& info = trace_->info;
    return {*trace_, history_, findings_, source_lines(info, source_root), native_, file_name(info), replay_command(info),
            notice_};
  }

 private:
  void judge(const Trace& trace) {
    history_ = history_of(trace);
    findings_ = run_lints({trace, history_, {}}, all_lints());
  }

  /// Keeps the worst finding's range, or as much around its moment as there is room for.
  void cut_down(const Trace& trace, std::size_t size, std::size_t most) {
    const double share = static_cast<double>(most) / static_cast<double>(size);
    auto room = static_cast<Seq>(static_cast<double>(trace.size()) * share * 0.8);
    Seq from = trace.size() - std::min(room, trace.size()) + 1, to = trace.size();
    if (!findings_.empty()) {
      const Finding& worst = findings_.front();
      const Seq first = std::max<Seq>(1, trace.at_or_before(worst.begin)), last = trace.at_or_before(worst.end);
      const Seq at = !worst.evidence.empty() ? std::clamp<Seq>(worst.evidence.front(), 1, trace.size()) : first;
      const bool whole = last - first < room;
      const Seq middle = whole ? first + (last - first) / 2 : at;
      from = middle > room / 2 ? middle - room / 2 : 1;
      to = std::min<Seq>(trace.size(), from + room);
    }
    // What has to stand before the range may be large too (every task's name): then the range gives way.
    for (int tries = 0; tries < 6; ++tries) {
      cut_ = cut(trace, from, to);
      if (AwtraceWriter().finish(cut_).size() <= most) break;
      const Seq quarter = (to - from) / 4;
      from += quarter, to -= quarter;
    }
    begin_ = from == 1 ? Instant{} : trace[from].at();
    notice_ = fmt::format(
        "The whole trace has {} events and is too large to send.  This report holds {} s to {} s of it, around the worst "
        "finding; of what came before it knows only what is needed to understand the rest.",
        view::counted(trace.size()), seconds(trace[from].at(), 3), seconds(trace[to].at(), 3));
  }

  static std::string file_name(const TraceInfo& info) {
    std::string out;
    for (const char c : info.scenario + (info.variant.empty() ? "" : "." + info.variant)) {
      const bool fine =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
      if (fine && !(c == '.' && (out.empty() || out.back() == '.'))) out += c;
    }
    if (out.size() > 60) out.resize(60);
    while (!out.empty() && (out.back() == '.' || out.front() == '-'))
      out.back() == '.' ? out.pop_back() : void(out.erase(0, 1));
    return out.empty() ? "trace" : out;
  }

  Trace cut_;
  const Trace* trace_ = nullptr;
  History history_;
  std::vector<Finding> findings_;
  std::string native_, notice_;
  Instant begin_;
};

/// One window's picture of a part of the run.
Result<std::string> png(view::Session& session, const exports::Moment& moment, int finding, const RenderPng& render) {
  session.order_ruler = moment.order;
  session.view_begin = moment.begin;
  session.view_end = moment.end;
  session.selected_finding = finding;
  if (moment.at) session.side().step = moment.at;
  else session.side().step = session.side().trace.size();
  session.side().model = session.side().replay.at(session.side().step);
  return render(session, 1600, 900);
}

/// Pictures as PNG where somebody can draw them, else as SVG.
Result<exports::ReportPictures> pictures_of(const exports::Report& report, const std::string& folder, const RenderPng& render,
                                            std::vector<File>& files) {
  exports::ReportPictures out;
  const auto add = [&](const std::string& name, std::string bytes) {
    files.push_back({folder + "/" + name, std::move(bytes)});
    return files.back().name;
  };
  const std::string cancels = exports::cancels_svg(report, "");
  if (!render) {
    for (std::size_t i = 0; i < exports::pictured(report); ++i)
      out.findings.push_back(add(fmt::format("finding-{}.svg", i + 1), exports::finding_svg(report, i, "")));
    out.timeline = add("timeline.svg", exports::timeline_svg(report, ""));
    if (!cancels.empty()) out.cancels = add("cancels.svg", cancels);
    out.note = "The pictures are SVG files, since this build has no renderer for PNG; some trackers refuse SVG.";
    return out;
  }
  std::vector<std::pair<std::string, Trace>> sides;
  sides.emplace_back(exports::title_of(report.trace.info), report.trace);
  view::Session session = show(std::move(sides));
  session.theme = view::Theme::light;
  for (std::size_t i = 0; i < exports::pictured(report); ++i) {
    auto picture = png(session, exports::moment_of(report, report.findings[i]), static_cast<int>(i), render);
    if (!picture) return Error{picture.error()};
    out.findings.push_back(add(fmt::format("finding-{}.png", i + 1), std::move(*picture)));
  }
  auto picture = png(session, exports::whole_run(report), -1, render);
  if (!picture) return Error{picture.error()};
  out.timeline = add("timeline.png", std::move(*picture));
  if (!cancels.empty()) out.cancels = add("cancels.svg", cancels);
  return out;
}

/// A new folder beside `path`, gone again unless it is moved there.
class Beside {
 public:
  explicit Beside(const std::string& path) : target_(path) {
    while (target_.size() > 1 && target_.ends_with('/')) target_.pop_back();
    const fs::path parent = fs::path(target_).parent_path();
    folder_ = (parent.empty() ? fs::path(".") : parent) / fmt::format(".awaitscope-{}.tmp", ::getpid());
  }
  ~Beside() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  Beside(const Beside&) = delete;

  /// `known`: what an earlier report has; a folder with anything else stays as it is.
  Status may_replace(const std::vector<std::string>& known) const {
    std::error_code error;
    if (!fs::is_directory(folder_.parent_path(), error))
      return Error{target_ + ": cannot be written: there is no folder " + folder_.parent_path().string()};
    fs::remove_all(folder_, error);  // of a program that was killed
    if (!fs::exists(target_, error)) return Done{};
    if (!fs::is_directory(target_, error))
      return Error{target_ + ": is a file; a folder's name, .html or .md would be accepted"};
    for (const auto& entry : fs::directory_iterator(target_, error)) {
      const std::string name = entry.path().filename().string();
      if (std::none_of(known.begin(), known.end(), [&](const std::string& end) { return name.ends_with(end); }))
        return Error{target_ + ": holds other files than a report's; a new or empty folder would be accepted"};
    }
    return error ? Status(Error{target_ + ": " + error.message()}) : Status(Done{});
  }
  Status put(const std::string& name, std::string_view bytes) const {
    std::error_code error;
    fs::create_directories((folder_ / name).parent_path(), error);
    if (error) return Error{target_ + ": cannot be written: " + error.message()};
    const Status written = write_file((folder_ / name).string(), bytes);
    if (written) return Done{};
    const std::string& why = written.error();  // it names the folder that nobody will see
    return Error{target_ + why.substr(std::min(why.rfind(": cannot"), why.size()))};
  }
  Status move_there() {
    std::error_code error;
    const fs::path old = folder_.string() + ".old";
    const bool replaces = fs::exists(target_, error);
    if (replaces) fs::rename(target_, old, error);
    if (!error) fs::rename(folder_, target_, error);
    if (error) {
      const Error failed{target_ + ": cannot be written: " + error.message()};
      if (replaces && !fs::exists(target_)) fs::rename(old, target_, error);
      return failed;
    }
    if (replaces) fs::remove_all(old, error);
    folder_.clear();
    return Done{};
  }

 private:
  std::string target_;
  fs::path folder_;
};

Status write_markdown(const Judged& judged, const std::string& path, const std::string& root, const RenderPng& render) {
  const exports::Report report = judged.report(root);
  const std::string folder = path.substr(0, path.size() - 3) + ".files";
  std::vector<File> files;
  const auto pictures = pictures_of(report, fs::path(folder).filename().string(), render, files);
  if (!pictures) return Error{pictures.error()};
  for (File& file : files) file.name = fs::path(file.name).filename().string();
  Beside beside(folder);
  if (const Status free = beside.may_replace({".png", ".svg"}); !free) return free;
  for (const File& file : files)
    if (const Status written = beside.put(file.name, file.bytes); !written) return written;
  if (const Status written = write_file(path, exports::report_markdown(report, *pictures)); !written) return written;
  return beside.move_there();
}

Status write_folder(const Judged& judged, const std::string& path, const std::string& root, const RenderPng& render) {
  Beside beside(path);
  std::vector<std::string> known = {"report.html", "report.md", "report.files", ".zip"};
  for (const Format& format : all_formats()) known.push_back(format.extension);
  if (const Status free = beside.may_replace(known); !free) return free;
  const exports::Report report = judged.report(root);
  ZipWriter archive;
  // One after another: as text a large trace is a hundred megabytes.
  const auto put = [&](const std::string& name, const std::string& bytes) {
    const Status written = beside.put(name, bytes);
    return written ? archive.add(report.name + "/" + name, bytes) : written;
  };
  if (const Status written = put("report.html", exports::report_html(report)); !written) return written;
  std::vector<File> files;
  const auto pictures = pictures_of(report, "report.files", render, files);
  if (!pictures) return Error{pictures.error()};
  for (const File& file : files)
    if (const Status written = put(file.name, file.bytes); !written) return written;
  if (const Status written = put("report.md", exports::report_markdown(report, *pictures)); !written) return written;
  for (const Format& format : all_formats()) {
    if (!format.read || !format.write) continue;
    std::string bytes;
    if (const Status made = format.write(report.trace, bytes); !made) return made;
    if (const Status written = put(report.name + format.extension, bytes); !written) return written;
  }
  const auto whole = archive.finish();
  if (!whole) return Error{path + ": " + whole.error()};
  if (const Status written = beside.put(report.name + ".zip", *whole); !written) return written;
  return beside.move_there();
}

}  // namespace

Status write_report(const Trace& trace, const std::string& path, const ReportOptions& options, const RenderPng& render) {
  if (trace.empty()) return Error{path + ": the trace has no events to report on"};
  const std::string& root = options.source_root;
  std::error_code error;
  if (!root.empty() && !fs::is_directory(root, error)) return Error{root + ": is no folder; --source-root takes one"};
  if (path.ends_with(".html"))
    return write_file(path, exports::report_html(Judged(trace, largest * 3 / 4).report(root)));  // base64 makes four of three
  if (path.ends_with(".md")) return write_markdown(Judged(trace, largest), path, root, render);
  // The archive has the trace by itself, in the page, and in each other form: some seven times its size.
  return write_folder(Judged(trace, largest / 8), path, root, render);
}

Trace redact(const Trace& trace) { return redacted(trace, built_in(trace.info)); }

Result<std::string> finding_text(const Trace& trace, const std::vector<Finding>& findings, int number) {
  if (number < 1 || static_cast<std::size_t>(number) > findings.size())
    return Error{fmt::format("--finding {}: there {} {} finding{}", number, findings.size() == 1 ? "is" : "are",
                             findings.size(), findings.size() == 1 ? "" : "s")};
  const History history = history_of(trace);
  return finding_block({trace, history, {}}, findings[static_cast<std::size_t>(number - 1)]);
}

}  // namespace awaitscope::desk
