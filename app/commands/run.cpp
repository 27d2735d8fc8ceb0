// awaitscope run: a scenario, as a picture and findings in the terminal or as files.
#include <cstdio>
#include <unistd.h>

#include "app/commands/command.h"
#include "app/desk/pictures.h"
#include "app/desk/verdict.h"
#include "core/formats/format.h"

namespace awaitscope::commands {
namespace {

/// Says on a terminal how far a long run has come; silent during its first second.
class Progress {
 public:
  void operator()(const Trace& trace) {
    const auto now = std::chrono::steady_clock::now();
    if (!isatty(STDERR_FILENO) || now - shown_ < std::chrono::seconds(1)) return;
    shown_ = now;
    std::fprintf(stderr, "\r%u events, %s \x1b[K", trace.size(), show(Duration{trace.end().ns}).c_str());
    any_ = true;
  }
  ~Progress() {
    if (any_) std::fputs("\r\x1b[K", stderr);
  }

 private:
  std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
  bool any_ = false;
};

struct Arguments {
  ProgramArguments program;
  std::vector<std::string> outputs;
};

int carry_out(const Arguments& arguments, const Gui& gui) {
  const auto program = program_of(arguments.program);
  if (!program) return fail(program.error());
  for (const std::string& output : arguments.outputs)
    if (const Status known = desk::check_ending(output, gui.render); !known) return fail(known.error());
  Progress progress;
  const auto recorded = desk::record_to(*program, arguments.outputs, &interrupted(), std::ref(progress));
  if (!recorded) return fail(recorded.error());
  const Trace& trace = *recorded;
  for (const std::string& output : arguments.outputs)
    if (const Status written = desk::export_trace(trace, output, gui.render); !written) return fail(written.error());
  desk::remove_part(arguments.outputs);
  if (interrupted()) return 130;
  if (!arguments.outputs.empty()) return 0;
  const History history = history_of(trace);
  return print(desk::terminal_picture(trace, 100, use_color()) + "\n" +
               desk::findings_text(run_lints({trace, history, {}}, all_lints())));
}

}  // namespace

Command run() {
  return {"run", "Runs a scenario; without -o prints its picture and findings", 2, [](CLI::App& options, const Gui& gui) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_option("scenario", arguments->program.scenario, "name or card id")->required();
            program_options(options, arguments->program);
            options.add_flag("--realtime", arguments->program.realtime, "on the machine's clock instead of the virtual one");
            add_list(options, "-o,--output", arguments->outputs, "a file, by ending: " + desk::endings() + "; repeatable");
            return std::function<int()>([arguments, &gui] { return carry_out(*arguments, gui); });
          }};
}

}  // namespace awaitscope::commands
