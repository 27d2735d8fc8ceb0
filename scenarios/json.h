#pragma once
// A JSON file as a tree whose values remember their lines, for errors that say where.
#include <string>
#include <vector>

#include "core/base/result.h"

namespace awaitscope::json {

enum class Type : std::uint8_t { null,
                                 boolean,
                                 number,
                                 string,
                                 array,
                                 object };

struct Member;

struct Value {
  Type type = Type::null;
  int line = 0;  ///< from 1
  bool boolean = false;
  double number = 0;
  std::string string;
  std::vector<Value> items;  ///< of an array
  std::vector<Member> members;  ///< of an object, in order

  /// The member of that name, null where there is none.
  const Value* find(std::string_view name) const;
};

struct Member {
  std::string name;
  Value value;
};

/// "a string", "an array".
std::string_view name(Type type);
/// The whole file; the error says the line.  `file` is for the error.
Result<Value> read(const std::string& file, std::string_view text);
/// "file:line: message".
Error error_at(const std::string& file, int line, const std::string& message);

}  // namespace awaitscope::json
