// awaitscope prove: a scenario's findings, each tested by a run in which the runtime changes what it blames.
#include "app/commands/command.h"
#include "app/desk/course.h"
#include "app/desk/proofs.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  ProgramArguments program;
  std::size_t finding = 0;  ///< 0: all above info
  bool json = false;
};

int carry_out(const Arguments& arguments) {
  const auto program = program_of(arguments.program);
  if (!program) return fail(program.error());
  const std::optional<std::size_t> only = arguments.finding ? std::optional(arguments.finding) : std::nullopt;
  const auto proving = prove(desk::subject_of(*program), program->schedule, all_lints(), only, &interrupted());
  if (!proving) return fail(proving.error());
  if (interrupted()) return 130;
  return print(arguments.json ? desk::proving_json(*program, *proving) : desk::proving_text(*program, *proving),
               proving->any_withdrawn() ? 1 : 0);
}

}  // namespace

Command prove() {
  return {"prove", "Tests a scenario's findings by re-runs with one change; exit 1 where one is withdrawn", 9,
          [](CLI::App& options, const Gui&) {
            const auto arguments = std::make_shared<Arguments>();
            options.add_option("scenario", arguments->program.scenario, "name or card id")->required();
            options.add_option("--finding", arguments->finding, "its number, as lint counts them, from 1")
                ->check(CLI::Range(1, 1'000'000));
            program_options(options, arguments->program);
            options.add_flag("--json", arguments->json, "as JSON");
            return std::function<int()>([arguments] { return carry_out(*arguments); });
          }};
}

}  // namespace awaitscope::commands
