#pragma once
// A trace as a bug report: a page, Markdown with pictures, or a folder with everything and one archive of it.
#include "app/desk/pictures.h"

namespace awaitscope::desk {

struct ReportOptions {
  std::string source_root;  ///< source files are read below this folder only; "" for none
};

/// Writes `path` as its ending says: .html, .md (with its pictures in PATH-WITHOUT-ENDING.files), else a folder.  All or
/// nothing: what is written stands beside and is renamed at the end.  A folder that holds anything but an earlier report is
/// refused.
Status write_report(const Trace& trace, const std::string& path, const ReportOptions& options, const RenderPng& render);

/// The trace without names, messages and paths (core/trace/redact.h); the scenario and its parameters stay where they are
/// built in.
Trace redact(const Trace& trace);

/// A finding of a trace as a block of text; the error says how many there are.  `number` counts from 1.
Result<std::string> finding_text(const Trace& trace, const std::vector<Finding>& findings, int number);

}  // namespace awaitscope::desk
