// awaitscope compare: two runs side by side.
#include "app/commands/command.h"
#include "app/desk/comparison.h"
#include "app/desk/verdict.h"

namespace awaitscope::commands {
namespace {

struct Arguments {
  ProgramArguments program;  ///< for the sides that are scenarios
  std::vector<std::string> sides;
  double margin = 10;  ///< percent
  bool json = false;
};

/// A file, or SCENARIO[:VARIANT]; a scenario without a variant runs as `variant`.
Result<desk::Verdict> load(const Arguments& arguments, const std::string& side, const std::string& variant) {
  ProgramArguments program = arguments.program;
  program.scenario = side;
  program.variant = variant;
  const std::size_t colon = side.rfind(':');
  if (colon != std::string::npos && find_scenario(side.substr(0, colon))) {
    program.scenario = side.substr(0, colon);
    program.variant = side.substr(colon + 1);
  }
  auto trace = trace_of(program);
  if (!trace) return Error{trace.error()};
  const bool ran = find_scenario(program.scenario) && trace->info.variant == program.variant;
  std::string label = ran ? trace->info.scenario + " " + program.variant : side;
  return desk::judged(std::move(label), std::move(*trace), LintOptions(all_lints()));
}

int carry_out(const Arguments& arguments) {
  if (arguments.sides.size() == 1 && !find_scenario(arguments.sides[0]))
    return fail("compare " + arguments.sides[0] +
                ": a trace is compared with a second one; only a scenario has two versions of its own");
  const double margin = arguments.margin / 100;
  const auto a = load(arguments, arguments.sides.front(), "bad");
  if (!a) return fail(a.error());
  const auto b = load(arguments, arguments.sides.back(), arguments.sides.size() == 1 ? "fixed" : "bad");
  if (!b) return fail(b.error());
  const auto compared = compare({a->trace, a->history, {}}, a->findings, {b->trace, b->history, {}}, b->findings);
  if (!compared) return fail(compared.error());
  const desk::Compared left{a->name, a->trace}, right{b->name, b->trace};
  return print(arguments.json ? desk::comparison_json(*compared, left, right, margin)
                              : desk::comparison_text(*compared, left, right, margin),
               compared->worse(margin) ? 1 : 0);
}

}  // namespace

Command compare() {
  return {"compare", "Says what changed from one run to another; exit 1 where the second is worse", 8,
          [](CLI::App& options, const Gui&) {
            const auto arguments = std::make_shared<Arguments>();
            options
                .add_option("sides", arguments->sides,
                            "two of: a trace file, SCENARIO or SCENARIO:VARIANT; one scenario: bad and fixed")
                ->required()
                ->expected(1, 2);
            options.add_option("--margin", arguments->margin, "percent by which the second may be worse")
                ->check(CLI::Range(0.0, 1e6));
            options.add_flag("--json", arguments->json, "as JSON");
            add_list(options, "--set", arguments->program.set, "NAME=VALUE, a parameter of the scenario; repeatable");
            add_list(options, "--preset", arguments->program.presets, "a named set of parameters");
            options.add_option("--seed", arguments->program.seed, "of the run's generator");
            options.add_option("--schedule", arguments->program.schedule, "POLICY:SEED[:CHOICES], for both");
            return std::function<int()>([arguments] { return carry_out(*arguments); });
          }};
}

}  // namespace awaitscope::commands
