#include "app/desk/fields.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/desk/json.h"
#include "core/findings/words.h"

namespace awaitscope::desk {

Fields::Fields(const Source& source, const json::Value& object, std::string what)
    : source_(source), object_(object), what_(std::move(what)) {
  if (object.type != json::Type::object) fail(object, what_ + " must be an object");
}

void Fields::fail(const json::Value& value, const std::string& message) {
  if (error_.empty()) error_ = source_.at(value, message).what;
}

const json::Value* Fields::find(std::string_view name, json::Type type) {
  known_.emplace(name);
  const json::Value* found = object_.find(name);
  if (!found || found->type == type) return found;
  fail(*found, fmt::format("{} of {} must be {}", name, what_, json::name(type)));
  return nullptr;
}

void Fields::number(std::string_view name, double& out, double least, double most) {
  if (const json::Value* found = find(name, json::Type::number))
    out = std::isfinite(found->number) ? std::clamp(found->number, least, most) : least;
}

void Fields::boolean(std::string_view name, bool& out) {
  if (const json::Value* found = find(name, json::Type::boolean)) out = found->boolean;
}

void Fields::string(std::string_view name, std::string& out) {
  const json::Value* found = find(name, json::Type::string);
  if (found && found->string.find('\0') != std::string::npos) return fail(*found, fmt::format("{} holds a zero byte", name));
  if (found) out = found->string;
}

void Fields::word(std::string_view name, const std::vector<std::string_view>& words, int& out) {
  const json::Value* found = find(name, json::Type::string);
  if (!found) return;
  const auto at = std::find(words.begin(), words.end(), found->string);
  if (at != words.end()) out = static_cast<int>(at - words.begin());
  else fail(*found, fmt::format("{} of {} must be one of {}", name, what_, fmt::join(words, ", ")));
}

void Fields::numbers(std::string_view name, std::vector<double>& out, double least, double most, std::size_t most_items) {
  const json::Value* found = find(name, json::Type::array);
  if (!found) return;
  out.clear();
  for (const json::Value& item : found->items) {
    if (item.type != json::Type::number) return fail(item, fmt::format("{} of {} holds numbers", name, what_));
    if (out.size() < most_items) out.push_back(std::isfinite(item.number) ? std::clamp(item.number, least, most) : least);
  }
}

void Fields::value(std::string_view name, const std::function<Status(const json::Value&)>& read) {
  known_.emplace(name);
  const json::Value* found = object_.find(name);
  if (!found || !error_.empty()) return;
  if (const Status done = read(*found); !done) error_ = done.error();
}

Status Fields::end() const {
  if (!error_.empty()) return Error{error_};
  std::set<std::string_view> seen;
  for (const auto& [name, value] : object_.members) {
    if (!known_.count(name)) return source_.at(value, fmt::format("{} has no '{}'", what_, plain(name.substr(0, 80))));
    if (!seen.insert(name).second) return source_.at(value, fmt::format("'{}' of {} stands here twice", name, what_));
  }
  return Done{};
}

std::string json_number(double value) { return fmt::format("{}", std::isfinite(value) ? value : 0.0); }

JsonObject& JsonObject::add(std::string_view name, const std::string& json) {
  if (!json.empty()) members_.push_back(quoted_json(name) + ": " + json);
  return *this;
}
JsonObject& JsonObject::text(std::string_view name, std::string_view text) { return add(name, quoted_json(text)); }
JsonObject& JsonObject::number(std::string_view name, double value) { return add(name, json_number(value)); }
JsonObject& JsonObject::flag(std::string_view name, bool value) { return add(name, value ? "true" : "false"); }

std::string JsonObject::join(std::string_view between) const {
  std::string out;
  for (const std::string& member : members_) out += (out.empty() ? "" : std::string(between)) + member;
  return out;
}

}  // namespace awaitscope::desk
