// awaitscope handout: a lesson as a page to print.
#include "app/commands/command.h"
#include "app/desk/course.h"
#include "core/formats/format.h"

namespace awaitscope::commands {
namespace {

int carry_out(const LessonArguments& arguments) {
  const auto lesson = lesson_named(arguments);
  if (!lesson) return fail(lesson.error());
  const auto page = desk::handout(*lesson, arguments.language, arguments.source);
  if (!page) return fail(page.error());
  const Status written = write_file(arguments.output, *page);
  return written ? 0 : fail(written.error());
}

}  // namespace

Command handout() {
  return {"handout", "A lesson as a page to print, the answers on its second side", 4, [](CLI::App& options, const Gui&) {
            const auto arguments = std::make_shared<LessonArguments>();
            options.add_option("scenario", arguments->scenario, "name or card id")->required();
            options.add_option("-o,--output", arguments->output, "an .html file")->required();
            options.add_option("--source", arguments->source, "whose code it shows: python, js or cpp");
            lesson_options(options, *arguments);
            return std::function<int()>([arguments] { return carry_out(*arguments); });
          }};
}

}  // namespace awaitscope::commands
