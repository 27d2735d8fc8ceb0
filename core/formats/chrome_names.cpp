#include "core/formats/chrome_names.h"

#include "core/formats/export_names.h"

namespace awaitscope::chrome {

void put_json(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : exporting::visible(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace awaitscope::chrome
