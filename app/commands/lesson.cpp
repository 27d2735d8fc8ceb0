// awaitscope lesson: a lesson as text.
#include "app/commands/command.h"
#include "app/desk/course.h"

namespace awaitscope::commands {

Command lesson() {
  return {"lesson", "A lesson as text: question, timelines, answers, the instructor's notes", 3,
          [](CLI::App& options, const Gui&) {
            const auto arguments = std::make_shared<LessonArguments>();
            options.add_option("scenario", arguments->scenario, "name or card id")->required();
            lesson_options(options, *arguments);
            return std::function<int()>([arguments] {
              const auto lesson = lesson_named(*arguments);
              return lesson ? print(desk::lesson_text(*lesson, arguments->language, use_color())) : fail(lesson.error());
            });
          }};
}

}  // namespace awaitscope::commands
