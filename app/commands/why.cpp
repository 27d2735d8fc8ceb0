// awaitscope why: why nothing happens, why a task resumed when it did, what became of the requests to stop.
#include "app/commands/command.h"
#include "app/desk/answers.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  ProgramArguments program;
  desk::Question question;
  std::string at;
  bool json = false;
};

int carry_out(Arguments arguments) {
  Duration at{};
  if (!arguments.at.empty() && !read_duration(arguments.at, at))
    return fail("--at " + arguments.at + ": it takes a time, e.g. 1.5s or 300ms");
  arguments.question.timed = !arguments.at.empty();
  arguments.question.at = {at.count()};
  const auto trace = trace_of(arguments.program);
  if (!trace) return fail(trace.error());
  const History history = history_of(*trace);
  const auto answer = desk::answer({*trace, history, {}}, arguments.question);
  if (!answer) return fail(answer.error());
  return print(arguments.json ? desk::answer_json(*trace, *answer) : desk::answer_text(*trace, *answer));
}

}  // namespace

Command why() {
  return {"why", "Says why nothing happens, or why a task resumed when it did", 8, [](CLI::App& options, const Gui&) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_option("file", arguments->program.scenario, "a trace file, or a scenario")->required();
            options.add_option("--task", arguments->question.task, "about this task: its name, or its logical id");
            options.add_option("--at", arguments->at, "the moment, e.g. 1.5s; without it the end of the trace");
            options.add_flag("--cancels", arguments->question.cancels, "what became of every request to stop");
            options.add_flag("--json", arguments->json, "as JSON");
            program_options(options, arguments->program);
            return std::function<int()>([arguments] { return carry_out(*arguments); });
          }};
}

}  // namespace awaitscope::commands
