#include "app/platform/chinese_font.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace awaitscope::platform {
namespace {

namespace fs = std::filesystem;

/// Faces known to hold simplified Chinese, the best first.
struct Known {
  std::string_view file;
  int index;
};
constexpr Known known[] = {
    {"NotoSansCJKsc-Regular.otf", 0},
    {"NotoSansSC-Regular.otf", 0},
    {"SourceHanSansSC-Regular.otf", 0},
    {"NotoSansCJK-Regular.ttc", 2},
    {"SourceHanSans-Regular.ttc", 2},
    {"wqy-microhei.ttc", 0},
    {"wqy-zenhei.ttc", 0},
    {"DroidSansFallbackFull.ttf", 0},
    {"DroidSansFallback.ttf", 0},
};
constexpr std::size_t best = 0, none = std::size(known);

std::size_t rank(const std::string& file) {
  for (std::size_t i = 0; i < none; ++i)
    if (known[i].file == file) return i;
  return none;
}

std::string from_environment(const char* name, std::string otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? value : std::move(otherwise);
}

std::uint32_t big_endian(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t out = 0;
  for (std::size_t i = at; i < at + static_cast<std::size_t>(count); ++i)
    out = out << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
  return out;
}

/// The offset of a table of a face in a TrueType or OpenType file or collection; 0: it has none.
std::size_t table_at(std::string_view bytes, int face, std::string_view name) {
  const std::size_t start =
      bytes.starts_with("ttcf") ? big_endian(bytes, 12 + 4 * static_cast<std::size_t>(face), 4) : std::size_t{0};
  const std::uint32_t count = big_endian(bytes, start + 4, 2);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = start + 12 + 16 * i;
    if (entry + 16 <= bytes.size() && bytes.substr(entry, 4) == name) return big_endian(bytes, entry + 8, 4);
  }
  return 0;
}

/// What its line takes, in ems, by the tables that FreeType goes by.
float line_of(std::string_view bytes, int face) {
  const std::size_t head = table_at(bytes, face, "head"), lines = table_at(bytes, face, "hhea");
  const auto em = static_cast<float>(big_endian(bytes, head + 18, 2));
  const auto ascent = static_cast<std::int16_t>(big_endian(bytes, lines + 4, 2)),
             descent = static_cast<std::int16_t>(big_endian(bytes, lines + 6, 2));
  const float line = head && lines && em > 0 ? static_cast<float>(ascent - descent) / em : 0;
  return line > 0.5F && line < 3 ? line : 1.2F;
}

}  // namespace

std::vector<std::string> font_folders() {
  const std::string home = from_environment("HOME", "");
  std::vector<std::string> out;
  out.push_back(from_environment("XDG_DATA_HOME", home + "/.local/share") + "/fonts");
  out.push_back(home + "/.fonts");
  std::istringstream shared(from_environment("XDG_DATA_DIRS", "/usr/local/share:/usr/share"));
  for (std::string folder; std::getline(shared, folder, ':');) out.push_back(folder + "/fonts");
  return out;
}

std::optional<ChineseFace> find_chinese_face(const std::vector<std::string>& folders) {
  std::size_t found = none;
  fs::path where;
  for (const std::string& folder : folders) {
    std::error_code wrong;
    constexpr auto options = fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator entry(folder, options, wrong), end; !wrong && entry != end; entry.increment(wrong)) {
      if (const std::size_t its = rank(entry->path().filename().string()); its < found && entry->is_regular_file(wrong))
        found = its, where = entry->path();
      if (found == best) break;
    }
  }
  if (found == none) return {};
  std::ifstream file(where, std::ios::binary);
  // Made in its place: g++ sees a false overread where a string moves into an optional.
  std::optional<ChineseFace> face(std::in_place);
  std::error_code unknown;
  const std::uintmax_t size = fs::file_size(where, unknown);
  face->bytes.resize(unknown ? 0 : size);
  file.read(face->bytes.data(), static_cast<std::streamsize>(face->bytes.size()));
  if (!file) face->bytes.clear();
  face->index = known[found].index;
  if (face->bytes.size() < 1000) face.reset();
  else face->line = line_of(face->bytes, face->index);
  return face;
}

}  // namespace awaitscope::platform
