#include "app/desk/progress.h"

#include <unistd.h>

#include "app/desk/fields.h"
#include "core/formats/files.h"

namespace awaitscope::desk {
namespace {

Status read_one(const Source& source, const json::Value& value, view::Progress& out) {
  Fields fields(source, value, "a challenge");
  fields.whole("tries", out.tries, 0, 999'999);
  fields.boolean("solved", out.solved);
  return fields.end();
}

}  // namespace

std::string write_progress(const view::AllProgress& progress) {
  JsonObject lessons;
  for (const auto& [lesson, challenges] : progress) {
    JsonObject row;
    for (const auto& [id, one] : challenges)
      row.add(id, JsonObject().number("tries", one.tries).flag("solved", one.solved).line());
    lessons.add(lesson, row.line());
  }
  return lessons.block() + "\n";
}

Result<view::AllProgress> read_progress(const std::string& path) {
  view::AllProgress out;
  if (::access(path.c_str(), F_OK) != 0) return out;
  const auto text = read_file(path);
  if (!text) return Error{text.error()};
  const auto whole = json::read(path, *text);
  if (!whole) return Error{whole.error()};
  const Source source{path};
  for (const auto& [lesson, challenges] : whole->members)
    for (const auto& [id, value] : challenges.members)
      if (const Status read = read_one(source, value, out[lesson][id]); !read) return Error{read.error()};
  return out;
}

}  // namespace awaitscope::desk
