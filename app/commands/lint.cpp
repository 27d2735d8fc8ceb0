// awaitscope lint: what is wrong in a trace.
#include <algorithm>

#include "app/commands/command.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  ProgramArguments program;
  std::vector<std::string> allow;
  bool json = false;
};

Result<std::vector<Allow>> allowed(const Arguments& arguments) {
  std::vector<Allow> out;
  for (const std::string& text : arguments.allow) {
    const std::size_t at = text.find('@');
    if (at == std::string::npos)
      return Error{"--allow " + text + ": it takes RULE@SITE, SITE being file, file:line or a function"};
    out.push_back({text.substr(0, at), text.substr(at + 1)});
  }
  return out;
}

int carry_out(const Arguments& arguments) {
  const auto allow = allowed(arguments);
  if (!allow) return fail(allow.error());
  const auto trace = trace_of(arguments.program);
  if (!trace) return fail(trace.error());
  const History history = history_of(*trace);
  const std::vector<Finding> findings = run_lints({*trace, history, {}}, all_lints(), *allow);
  const bool bad = std::any_of(findings.begin(), findings.end(), [](const Finding& f) { return f.severity != Severity::info; });
  return print(arguments.json ? desk::findings_json(*trace, findings) : desk::findings_text(findings), bad ? 1 : 0);
}

}  // namespace

Command lint() {
  return {"lint", "Says what is wrong in a trace; exit 1 where a warning or error is found", 6,
          [](CLI::App& options, const Gui&) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_option("file", arguments->program.scenario, "a trace file, or a scenario")->required();
            program_options(options, arguments->program);
            options.add_flag("--json", arguments->json, "as JSON");
            add_list(options, "--allow", arguments->allow, "RULE@SITE, a finding to leave out; repeatable");
            return std::function<int()>([arguments] { return carry_out(*arguments); });
          }};
}

}  // namespace awaitscope::commands
