#pragma once
// An object of a JSON file that people and strangers write: what is missing keeps its value, numbers are clamped to what the
// app takes, anything else that is wrong is an error with file and line.
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/json.h"

namespace awaitscope::desk {

/// Where values stand, for errors.
struct Source {
  std::string file;
  Error at(const json::Value& value, const std::string& message) const { return json::error_at(file, value.line, message); }
};

class Fields {
 public:
  /// `what` names the object in errors: "position".
  Fields(const Source& source, const json::Value& object, std::string what);

  void number(std::string_view name, double& out, double least, double most);
  template <class Integer>
  void whole(std::string_view name, Integer& out, double least, double most) {
    double value = static_cast<double>(out);
    number(name, value, least, most);
    out = static_cast<Integer>(value);
  }
  void boolean(std::string_view name, bool& out);
  void string(std::string_view name, std::string& out);
  /// One of `words`; `out` is its index.
  void word(std::string_view name, const std::vector<std::string_view>& words, int& out);
  /// A list of numbers, cut to `most_items`.
  void numbers(std::string_view name, std::vector<double>& out, double least, double most, std::size_t most_items);
  /// Any value, read by `read`.
  void value(std::string_view name, const std::function<Status(const json::Value&)>& read);

  /// The first error: a member of the wrong kind, one twice, one that nobody asked for.
  Status end() const;

 private:
  const json::Value* find(std::string_view name, json::Type type);
  void fail(const json::Value& value, const std::string& message);
  const Source& source_;
  const json::Value& object_;
  std::string what_, error_;
  std::set<std::string, std::less<>> known_;
};

/// {"a":1}: an object's members as they come.
class JsonObject {
 public:
  JsonObject& add(std::string_view name, const std::string& json);  ///< "" adds nothing
  JsonObject& text(std::string_view name, std::string_view text);
  JsonObject& number(std::string_view name, double value);
  JsonObject& flag(std::string_view name, bool value);
  bool empty() const { return members_.empty(); }
  std::string line() const { return "{" + join(", ") + "}"; }
  /// A member a line.
  std::string block() const { return "{\n  " + join(",\n  ") + "\n}"; }

 private:
  std::string join(std::string_view between) const;
  std::vector<std::string> members_;
};
/// As short as it can be and read back the same.
std::string json_number(double value);

}  // namespace awaitscope::desk
