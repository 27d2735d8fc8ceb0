#pragma once
// A random program of spec.md: JSON as a tree of nodes.
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace awaitscope::differential {

/// A JSON value.  Programs are generated, so a node of the wrong kind is an error of the kit: it throws.
class Node {
 public:
  enum class Kind : std::uint8_t { null, boolean, number, text, list, map };

  bool null() const { return kind == Kind::null; }
  int number() const { return static_cast<int>(number_of()); }
  bool boolean() const { return number_of() != 0; }
  const std::string& text() const;
  const std::vector<Node>& list() const;
  /// Item `i` of a list; null past its end, as optional arguments are.
  const Node& operator[](std::size_t i) const;
  /// Member of a map; null if it has none of this name.
  const Node& operator[](const std::string& name) const;
  const std::map<std::string, Node>& map() const { return members; }
  /// As labels print it: null is None.
  std::string shown() const;

  Kind kind = Kind::null;
  std::int64_t value = 0;
  std::string string;
  std::vector<Node> items;
  std::map<std::string, Node> members;

 private:
  std::int64_t number_of() const;
};

/// An op's name and arguments, as labels print them.
std::string label_of(const Node& op);
/// Reads one line of JSON; throws std::runtime_error with the reason.
Node read_json(const std::string& line);
std::string quoted(const std::string& text);

}  // namespace awaitscope::differential
