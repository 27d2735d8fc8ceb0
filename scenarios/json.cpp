#include "scenarios/json.h"

#include <algorithm>
#include <simdjson.h>

namespace awaitscope::json {
namespace {

namespace ondemand = simdjson::ondemand;
constexpr int most_depth = 32;

class Reader {
 public:
  explicit Reader(const simdjson::padded_string& text) : text_(text) {}

  Value value(ondemand::value in, int depth = 0) {
    if (depth > most_depth) throw simdjson::simdjson_error(simdjson::DEPTH_ERROR);
    Value out;
    out.line = line_at(in.raw_json_token().data());
    switch (in.type()) {
      case ondemand::json_type::null:
        if (!in.is_null()) throw simdjson::simdjson_error(simdjson::N_ATOM_ERROR);
        break;
      case ondemand::json_type::boolean:
        out.type = Type::boolean;
        out.boolean = in.get_bool();
        break;
      case ondemand::json_type::number:
        out.type = Type::number;
        out.number = in.get_double();
        break;
      case ondemand::json_type::string:
        out.type = Type::string;
        out.string = std::string(std::string_view(in.get_string()));
        break;
      case ondemand::json_type::array:
        out.type = Type::array;
        for (ondemand::value item : in.get_array()) out.items.push_back(value(item, depth + 1));
        break;
      case ondemand::json_type::object:
        out.type = Type::object;
        for (ondemand::field field : in.get_object()) {
          std::string name{std::string_view(field.unescaped_key())};
          out.members.push_back({std::move(name), value(field.value(), depth + 1)});
        }
        break;
    }
    return out;
  }

  int line_at(const char* place) {
    if (place < text_.data() || place > text_.data() + text_.size()) return line_;
    if (place >= from_) {  // places come in order, nearly always
      line_ += static_cast<int>(std::count(from_, place, '\n'));
    } else {
      line_ = 1 + static_cast<int>(std::count(text_.data(), place, '\n'));
    }
    from_ = place;
    return line_;
  }
  int line() const { return line_; }

 private:
  const simdjson::padded_string& text_;
  const char* from_ = text_.data();
  int line_ = 1;
};

}  // namespace

const Value* Value::find(std::string_view name) const {
  for (const auto& [key, value] : members)
    if (key == name) return &value;
  return nullptr;
}

std::string_view name(Type type) {
  constexpr std::string_view names[] = {"null", "true or false", "a number", "a string", "an array", "an object"};
  return names[static_cast<int>(type)];
}

Error error_at(const std::string& file, int line, const std::string& message) {
  return Error{file + ":" + std::to_string(line) + ": " + message};
}

Result<Value> read(const std::string& file, std::string_view text) {
  const simdjson::padded_string padded(text);
  ondemand::parser parser;
  Reader reader(padded);
  const char* place = nullptr;
  try {
    ondemand::document document = parser.iterate(padded);
    try {
      Value out = reader.value(document.get_value());
      const char* rest = nullptr;  // what follows is an error of ours, not of the parser
      if (!document.current_location().get(rest) && !std::string_view(rest, padded.data() + padded.size()).empty() &&
          std::string_view(rest, padded.data() + padded.size()).find_first_not_of(" \t\r\n") != std::string_view::npos)
        return error_at(file, reader.line(), "something follows the end of the JSON value");
      return out;
    } catch (const simdjson::simdjson_error&) {
      if (document.current_location().get(place)) place = nullptr;
      throw;
    }
  } catch (const simdjson::simdjson_error& error) {
    return error_at(file, place ? reader.line_at(place) : reader.line(), std::string("no JSON: ") + error.what());
  }
}

}  // namespace awaitscope::json
