#include "app/desk/session_file.h"

#include <filesystem>

#include <fmt/format.h>

#include "app/desk/json.h"
#include "app/view/kept.h"
#include "core/findings/words.h"
#include "core/formats/files.h"
#include "core/policies/policies.h"

namespace awaitscope::desk {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "awaitscope-session";
constexpr int format = 1;
constexpr std::uintmax_t largest = 1 << 20;
constexpr std::size_t most_versions = 2;

std::string write_lesson(const view::Session& session) {
  JsonObject knobs;
  for (const view::Knob& knob : session.lesson.knobs) knobs.number(knob.name, knob.value);
  JsonObject out;
  out.text("name", session.lesson.name).add("parameters", knobs.line());
  if (session.sides.empty()) return out.line();
  const TraceInfo& info = session.sides.front()->trace.info;
  if (info.clock == "virtual") out.text("schedule", to_text(info.schedule));
  if (session.sides.back()->label == view::forked) {
    out.add("versions", "[" + quoted_json(info.variant) + "]");
    out.text("fork", to_text(session.sides.back()->trace.info.schedule));
  } else {
    out.add("versions", json_array(session.sides, [](const auto& side) { return quoted_json(side->version()); }));
  }
  return out.line();
}

/// A name as it is seen from the folder of `path`, where it lies below that; else the whole name.
std::string seen_from(const std::string& path, const std::string& file) {
  std::error_code error;
  const fs::path folder = fs::absolute(path, error).parent_path();
  const fs::path relative = fs::path(file).lexically_relative(folder.lexically_normal());
  return relative.empty() || *relative.begin() == ".." ? file : relative.string();
}

Status read_parameters(const SavedSession& saved, const json::Value& value, Settings& out) {
  if (value.type != json::Type::object) return saved.source.at(value, "parameters must be an object");
  for (const auto& [name, given] : value.members) {
    const Parameter* parameter = nullptr;
    for (const Parameter& one : saved.scenario->parameters)
      if (one.name == name) parameter = &one;
    if (!parameter)
      return saved.source.at(given, fmt::format("{} has no parameter '{}'", saved.scenario->name, plain(name.substr(0, 80))));
    if (given.type != json::Type::number) return saved.source.at(given, name + " must be a number");
    double number = std::clamp(given.number, parameter->least, parameter->most);
    if (parameter->step >= 1) number = std::floor(number);
    out.values[name] = number;
  }
  return Done{};
}

Status read_versions(const SavedSession& saved, const json::Value& value, std::vector<std::string>& out) {
  if (value.type != json::Type::array || value.items.empty() || value.items.size() > most_versions)
    return saved.source.at(value, "versions must be a list of one or two");
  out.clear();
  for (const json::Value& item : value.items) {
    const auto variant = find_variant(*saved.scenario, item.type == json::Type::string ? item.string : "");
    if (!variant) return saved.source.at(item, variant.error());
    out.push_back(item.string);
  }
  return Done{};
}

Status read_schedule_of(const SavedSession& saved, const json::Value& value, std::string_view name, Schedule& out) {
  const json::Value* given = value.find(name);
  if (!given || given->string.empty()) return Done{};
  const auto meant = read_schedule(given->string);
  if (!meant) return saved.source.at(*given, meant.error());
  if (const auto policy = make_policy(*meant); !policy) return saved.source.at(*given, policy.error());
  out = *meant;
  return Done{};
}

Status read_lesson(SavedSession& saved, const json::Value& value) {
  const json::Value* name = value.find("name");
  if (!name || name->type != json::Type::string) return saved.source.at(value, "lesson needs a name");
  const auto scenario = find_scenario(name->string);
  if (!scenario) return saved.source.at(*name, scenario.error());
  saved.scenario = *scenario;
  saved.settings = *settings_for(**scenario, {});
  saved.versions = both_versions;
  Fields fields(saved.source, value, "lesson");
  std::string known, schedule, fork;
  fields.string("name", known);
  fields.string("schedule", schedule);
  fields.string("fork", fork);
  fields.value("parameters", [&](const json::Value& given) { return read_parameters(saved, given, saved.settings); });
  fields.value("versions", [&](const json::Value& given) { return read_versions(saved, given, saved.versions); });
  if (const Status read = fields.end(); !read) return read;
  if (const Status read = read_schedule_of(saved, value, "schedule", saved.schedule); !read || fork.empty()) return read;
  if (saved.versions.size() > 1) return saved.source.at(*value.find("fork"), "a fork is of one version");
  return read_schedule_of(saved, value, "fork", saved.fork.emplace());
}

Status read_trace(SavedSession& saved, const json::Value& value) {
  if (value.type != json::Type::string || value.string.empty() || value.string.find('\0') != std::string::npos)
    return saved.source.at(value, "trace must be the name of a file");
  if (is_session(value.string)) return saved.source.at(value, "trace must be a trace, not a session");
  std::error_code error;
  saved.trace = (fs::absolute(saved.source.file, error).parent_path() / value.string).lexically_normal().string();
  return Done{};
}

Status read_format(const Source& source, const json::Value& value) {
  if (value.type != json::Type::number || value.number < 1 || value.number != std::floor(value.number))
    return source.at(value, fmt::format("{} must be a whole number", mark));
  if (value.number > format)
    return source.at(value, fmt::format("a session of format {:.0f}; this program reads format {}", value.number, format));
  return Done{};
}

}  // namespace

bool is_session(const std::string& path) { return path.ends_with(view::session_ending); }

std::string write_session(const view::Session& session, const std::string& path) {
  JsonObject out;
  out.number(mark, format);
  if (!session.file.empty()) out.text("trace", seen_from(path, session.file));
  else if (!session.lesson.empty()) out.add("lesson", write_lesson(session));
  out.text("playlist", session.teaching.playlist);
  for (const SessionArea& area : session_areas()) out.add(area.name, area.write(session));
  return out.block() + "\n";
}

Status SavedSession::into(view::Session& session, bool picture) const {
  for (const SessionArea& area : session_areas())
    if (const json::Value* value = areas.find(area.name); value && (picture || area.name != "picture"))
      if (const Status read = area.read(source, *value, session); !read) return read;
  return Done{};
}

Result<SavedSession> read_session(const std::string& path, std::string_view text) {
  auto whole = json::read(path, text);
  if (!whole) return Error{whole.error()};
  SavedSession saved;
  saved.source.file = path;
  const json::Value* version = whole->find(mark);
  if (!version) return saved.source.at(*whole, fmt::format("no session: it lacks \"{}\"", mark));
  Fields fields(saved.source, *whole, "a session");
  fields.value(mark, [&](const json::Value& value) { return read_format(saved.source, value); });
  fields.value("lesson", [&](const json::Value& value) { return read_lesson(saved, value); });
  fields.value("trace", [&](const json::Value& value) -> Status {
    if (saved.scenario) return saved.source.at(value, "a session has a lesson or a trace, not both");
    return read_trace(saved, value);
  });
  fields.string("playlist", saved.playlist);
  view::Session trial;
  for (const SessionArea& area : session_areas())
    fields.value(area.name, [&](const json::Value& value) { return area.read(saved.source, value, trial); });
  if (const Status read = fields.end(); !read) return Error{read.error()};
  saved.areas = std::move(*whole);
  return saved;
}

Result<SavedSession> load_session(const std::string& path) {
  std::error_code error;
  if (const auto size = fs::file_size(path, error); !error && size > largest)
    return Error{fmt::format("{}: a session is never larger than 1 MB", path)};
  const auto text = read_file(path);
  if (!text) return Error{text.error()};
  return read_session(path, *text);
}

}  // namespace awaitscope::desk
