// awaitscope export: a trace in another form.
#include "app/commands/command.h"
#include "app/desk/pictures.h"
#include "app/desk/report.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  std::string file;
  std::vector<std::string> outputs;
  bool redact = false;
};

int carry_out(const Arguments& arguments, const Gui& gui) {
  auto trace = trace_in(arguments.file);
  if (!trace) return fail(trace.error());
  if (arguments.redact) *trace = desk::redact(*trace);
  for (const std::string& output : arguments.outputs)
    if (const Status written = desk::export_trace(*trace, output, gui.render); !written) return fail(written.error());
  return 0;
}

}  // namespace

Command export_trace() {
  return {"export", "Writes a trace in another form, by ending", 7, [](CLI::App& options, const Gui& gui) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_option("file", arguments->file, "a trace file")->required();
            add_list(options, "-o,--output", arguments->outputs, "a file, by ending: " + desk::endings() + "; repeatable")
                ->required();
            options.add_flag("--redact", arguments->redact, "placeholders for all names, messages and paths");
            return std::function<int()>([arguments, &gui] { return carry_out(*arguments, gui); });
          }};
}

}  // namespace awaitscope::commands
