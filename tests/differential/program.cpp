#include "tests/differential/program.h"

#include <simdjson.h>

#include <stdexcept>

namespace awaitscope::differential {
namespace {

Node converted(simdjson::dom::element element) {
  Node node;
  switch (element.type()) {
    case simdjson::dom::element_type::NULL_VALUE: break;
    case simdjson::dom::element_type::BOOL:
      node.kind = Node::Kind::boolean;
      node.value = bool(element);
      break;
    case simdjson::dom::element_type::INT64:
      node.kind = Node::Kind::number;
      node.value = std::int64_t(element);
      break;
    case simdjson::dom::element_type::STRING:
      node.kind = Node::Kind::text;
      node.string = std::string(std::string_view(element));
      break;
    case simdjson::dom::element_type::ARRAY:
      node.kind = Node::Kind::list;
      for (auto item : simdjson::dom::array(element)) node.items.push_back(converted(item));
      break;
    case simdjson::dom::element_type::OBJECT:
      node.kind = Node::Kind::map;
      for (auto member : simdjson::dom::object(element)) node.members.emplace(std::string(member.key), converted(member.value));
      break;
    default: throw std::runtime_error("a number that is no integer");
  }
  return node;
}

const Node none;

}  // namespace

std::int64_t Node::number_of() const {
  if (kind != Kind::number && kind != Kind::boolean) throw std::runtime_error("expected a number, not " + shown());
  return value;
}
const std::string& Node::text() const {
  if (kind != Kind::text) throw std::runtime_error("expected a string, not " + shown());
  return string;
}
const std::vector<Node>& Node::list() const {
  if (kind != Kind::list) throw std::runtime_error("expected a list, not " + shown());
  return items;
}
const Node& Node::operator[](std::size_t i) const { return i < items.size() ? items[i] : none; }
const Node& Node::operator[](const std::string& name) const {
  const auto found = members.find(name);
  return found == members.end() ? none : found->second;
}
std::string Node::shown() const {
  switch (kind) {
    case Kind::null: return "None";
    case Kind::boolean: return value ? "True" : "False";
    case Kind::number: return std::to_string(value);
    case Kind::text: return string;
    case Kind::list: return "[...]";
    case Kind::map: return "{...}";
  }
  return {};
}

std::string label_of(const Node& op) {
  std::string label;
  for (const Node& word : op.list()) label += (label.empty() ? "" : " ") + word.shown();
  return label;
}

Node read_json(const std::string& line) {
  thread_local simdjson::dom::parser parser;
  return converted(parser.parse(line));
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace awaitscope::differential
