// awaitscope lint: what is wrong in a trace, or in each trace of a folder.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/commands/command.h"
#include "app/desk/verdict.h"
#include "core/formats/files.h"
#include "core/formats/format.h"
#include "app/desk/report.h"

namespace awaitscope::commands {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  ProgramArguments program;
  std::vector<std::string> allow, set;
  std::string config;
  bool json = false, rules = false;
  int finding = 0;  ///< the only one to show, as a block of text; 0: all
};

/// The file's first, so that the command line has the last word on thresholds.
Result<LintOptions> options_of(const Arguments& arguments) {
  LintOptions out(all_lints());
  if (!arguments.config.empty()) {
    const auto text = read_file(arguments.config);
    if (!text) return Error{text.error()};
    if (const Status taken = out.read(*text, arguments.config); !taken) return Error{taken.error()};
  }
  for (const std::string& text : arguments.set)
    if (const Status taken = out.set(text); !taken) return Error{"--set-lint " + taken.error()};
  for (const std::string& text : arguments.allow)
    if (const Status taken = out.allow(text, "--allow " + text); !taken) return Error{"--allow " + taken.error()};
  return out;
}

bool has_trace_ending(const fs::path& path) {
  const std::string name = path.filename().string();
  const auto ends = [&](const Format& format) {
    return format.read && (name.ends_with(format.extension) || name.ends_with(format.extension + ".gz"));
  };
  return std::any_of(all_formats().begin(), all_formats().end(), ends);
}

/// Every file below the folder whose ending is a trace's, by name.
Result<std::vector<std::string>> traces_below(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
    if (std::error_code ignored; at->is_regular_file(ignored) && has_trace_ending(at->path()))
      out.push_back(at->path().string());
  if (error) return Error{folder + ": " + error.message()};
  if (out.empty()) return Error{folder + ": no trace in this folder; accepted are " + accepted()};
  std::sort(out.begin(), out.end());
  return out;
}

/// Suppressions that left out nothing in any of the traces.
void tell_unused(const std::vector<desk::Verdict>& verdicts, const LintOptions& options) {
  for (const Allow& allow : options.allowed) {
    const bool nowhere = std::all_of(verdicts.begin(), verdicts.end(), [&](const desk::Verdict& v) {
      return std::find(v.unused.begin(), v.unused.end(), allow.said) != v.unused.end();
    });
    if (nowhere) std::fprintf(stderr, "awaitscope: %s: it matched no finding\n", allow.said.c_str());
  }
}

int judge_folder(const Arguments& arguments, const LintOptions& options) {
  const auto files = traces_below(arguments.program.scenario);
  if (!files) return fail(files.error());
  std::vector<desk::Verdict> verdicts;
  int status = 0;
  for (const std::string& file : *files) {
    auto trace = trace_in(file);
    if (!trace) {
      status = fail(trace.error());
      continue;
    }
    verdicts.push_back(desk::judged(file, std::move(*trace), options));
    // The table needs no more of it, and a folder may hold many.
    if (!arguments.json) verdicts.back().trace = Trace{}, verdicts.back().history = History{};
    if (status == 0 && verdicts.back().serious()) status = 1;
  }
  tell_unused(verdicts, options);
  return print(arguments.json ? desk::verdicts_json(verdicts) : desk::verdicts_table(verdicts), status);
}

int carry_out(const Arguments& arguments) {
  if (arguments.rules) return print(desk::rules_table(all_lints()));
  if (arguments.program.scenario.empty()) return fail("file is required (see awaitscope lint --help)");
  const auto options = options_of(arguments);
  if (!options) return fail(options.error());
  if (std::error_code ignored; fs::is_directory(arguments.program.scenario, ignored)) return judge_folder(arguments, *options);
  auto trace = trace_of(arguments.program);
  if (!trace) return fail(trace.error());
  std::vector<desk::Verdict> verdicts;
  verdicts.push_back(desk::judged(arguments.program.scenario, std::move(*trace), *options));
  const desk::Verdict& verdict = verdicts.front();
  tell_unused(verdicts, *options);
  if (arguments.finding != 0) {
    const auto block = desk::finding_text(verdict.trace, verdict.findings, arguments.finding);
    return block ? print(*block) : fail(block.error());
  }
  return print(arguments.json ? desk::verdicts_json(verdicts) : desk::findings_text(verdict.findings),
               verdict.serious() ? 1 : 0);
}

}  // namespace

Command lint() {
  return {
      "lint", "Says what is wrong in a trace; exit 1 where a warning or error is found", 6, [](CLI::App& options, const Gui&) {
        const auto arguments = std::make_shared<Arguments>();
        options.add_option("file", arguments->program.scenario, "a trace file, a folder of them, or a scenario");
        program_options(options, arguments->program);
        options.add_flag("--json", arguments->json, "as JSON");
        options.add_option("--finding", arguments->finding,
                           "prints the finding of this number, counted from 1, as a block to paste");
        add_list(options, "--allow", arguments->allow, "RULE@SITE, a finding to leave out; repeatable");
        add_list(options, "--set-lint", arguments->set, "RULE.THRESHOLD=NUMBER; repeatable");
        options.add_option("--config", arguments->config, "a file of lines 'allow RULE@SITE' and 'set RULE.THRESHOLD=NUMBER'");
        options.add_flag("--rules", arguments->rules, "lists the rules with their thresholds");
        return std::function<int()>([arguments] { return carry_out(*arguments); });
      }};
}

}  // namespace awaitscope::commands
