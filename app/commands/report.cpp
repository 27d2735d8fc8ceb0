// awaitscope report: a trace as a bug report.
#include "app/commands/command.h"
#include "app/desk/report.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  ProgramArguments program;
  std::string output;
  desk::ReportOptions options;
  bool redact = false;
};

int carry_out(const Arguments& arguments, const Gui& gui) {
  const auto trace = trace_of(arguments.program);
  if (!trace) return fail(trace.error());
  const Status written = arguments.redact
                             ? desk::write_report(desk::redact(*trace), arguments.output, arguments.options, gui.render)
                             : desk::write_report(*trace, arguments.output, arguments.options, gui.render);
  return written ? 0 : fail(written.error());
}

}  // namespace

Command report() {
  return {"report", "Writes a bug report: findings, pictures, lines, and the trace inside", 10,
          [](CLI::App& options, const Gui& gui) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_option("file", arguments->program.scenario, "a trace file, or a scenario")->required();
            options
                .add_option("-o,--output", arguments->output,
                            "x.html: one page; x.md: Markdown, its pictures beside it; else a folder with all of it and a .zip")
                ->required();
            program_options(options, arguments->program);
            options.add_option("--source-root", arguments->options.source_root,
                               "a folder: source lines are read from files below it, and from nowhere else");
            options.add_flag("--redact", arguments->redact, "placeholders for all names, messages and paths");
            return std::function<int()>([arguments, &gui] { return carry_out(*arguments, gui); });
          }};
}

}  // namespace awaitscope::commands
