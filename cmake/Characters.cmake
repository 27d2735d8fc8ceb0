# Collects the Chinese characters and full-width signs of FILES behind `std::string_view SYMBOL()`, each once, as UTF-8: what a
# font has to hold for the program's own words.
set(all "")
file(STRINGS ${LIST} FILES)
foreach(file IN LISTS FILES)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(..)" "\\1 " hex "${hex}")
  # U+2E80 to U+9FFF and U+FF00 to U+FFEF: three bytes each.
  string(REGEX MATCHALL "(e[3-9] [89ab]. [89ab].|e2 b[a-f] [89ab].|ef b[c-f] [89ab].)" found "${hex}")
  list(APPEND all ${found})
  list(REMOVE_DUPLICATES all)
endforeach()
list(SORT all)
set(bytes "")
foreach(character IN LISTS all)
  string(REGEX REPLACE "(..) (..) (..)" "0x\\1,0x\\2,0x\\3," character "${character}")
  string(APPEND bytes "${character}")
endforeach()
file(WRITE ${OUT} "// Generated.
#include <string_view>

namespace awaitscope {
namespace {
const unsigned char characters[] = {${bytes}0};
}  // namespace

std::string_view ${SYMBOL}();
std::string_view ${SYMBOL}() { return {reinterpret_cast<const char*>(characters), sizeof characters - 1}; }

}  // namespace awaitscope
")
