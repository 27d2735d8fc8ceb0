// awaitscope explore: a scenario under many schedules.
#include "app/commands/command.h"
#include "app/desk/course.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  ProgramArguments program;
  std::string policy = "random";
  std::size_t count = 50;
};

int carry_out(const Arguments& arguments) {
  if (!arguments.program.schedule.empty())
    return fail("explore tries schedules of its own: it takes --policy, --seed and -n, but no --schedule");
  const auto program = program_of(arguments.program);
  if (!program) return fail(program.error());
  const auto explored =
      explore(desk::subject_of(*program), arguments.policy, arguments.count, arguments.program.seed, &interrupted());
  if (!explored) return fail(explored.error());
  return print(desk::exploration_text(*program, *explored), explored->failed() ? 1 : 0);
}

}  // namespace

Command explore() {
  return {"explore", "Runs a scenario under many schedules; exit 1 where one breaks its promise", 5,
          [](CLI::App& options, const Gui&) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_option("scenario", arguments->program.scenario, "name or card id")->required();
            options.add_option("-n,--count", arguments->count, "how many schedules")->check(CLI::Range(1, 1'000'000));
            options.add_option("--policy", arguments->policy, "random or pct");
            program_options(options, arguments->program);
            return std::function<int()>([arguments] { return carry_out(*arguments); });
          }};
}

}  // namespace awaitscope::commands
