#pragma once
// The pieces of the JSON that commands print.
#include <string>
#include <string_view>

#include "core/formats/chrome_names.h"

namespace awaitscope::desk {

/// A string with its quotes and escapes.
inline std::string quoted_json(std::string_view text) {
  std::string out;
  chrome::put_json(out, text);
  return out;
}

/// "[a,b,c]", each written by `write`.
template <class List, class Write>
std::string json_array(const List& list, Write write) {
  std::string out = "[";
  for (const auto& item : list) out += (out.size() > 1 ? "," : "") + write(item);
  return out + "]";
}

}  // namespace awaitscope::desk
