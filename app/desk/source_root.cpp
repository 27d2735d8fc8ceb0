#include "app/desk/source_root.h"

#include <algorithm>
#include <filesystem>

#include "app/view/inspect.h"
#include "core/findings/words.h"
#include "core/formats/files.h"

namespace awaitscope::desk {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest = 1 << 20;

bool lies_below(const fs::path& base, const fs::path& file) {
  const auto [left, right] = std::mismatch(base.begin(), base.end(), file.begin(), file.end());
  return left == base.end();
}

/// The path, then without its first folder, without its first two, and so on: a recorder writes where the file was, not where
/// it is now.
std::vector<fs::path> ends_of(const fs::path& path) {
  std::vector<fs::path> out;
  std::vector<fs::path> parts;
  for (const fs::path& part : path)
    if (part != path.root_path() && !part.empty()) parts.push_back(part);
  constexpr std::size_t most = 64;
  for (std::size_t from = 0; from < std::min(parts.size(), most); ++from) {
    fs::path end;
    for (std::size_t i = from; i < parts.size(); ++i) end /= parts[i];
    out.push_back(std::move(end));
  }
  return out;
}

}  // namespace

Result<std::string> read_below(const std::string& root, const std::string& path) {
  const std::string name = plain(path);
  std::error_code error;
  const fs::path base = fs::canonical(root, error);
  if (error || !fs::is_directory(base, error)) return Error{root + ": is no folder; the source root takes one"};
  if (path.empty() || path.size() > 4096 || path.find('\0') != std::string::npos) return Error{"the trace names no file"};
  bool outside = false;
  for (const fs::path& end : ends_of(path)) {
    const fs::path file = fs::canonical(base / end, error);
    if (error) continue;
    if (!lies_below(base, file)) {
      outside = true;
      continue;
    }
    if (!fs::is_regular_file(file, error) || error) continue;
    if (const auto size = fs::file_size(file, error); error || size > largest) return Error{name + ": is over 1 MB"};
    auto text = read_file(file.string());
    if (!text) return Error{name + ": cannot be read"};
    if (text->find('\0') != std::string::npos) return Error{name + ": is no text"};
    return text;
  }
  return Error{name + (outside ? ": leads out of " : ": is not below ") + root};
}

void find_source(view::Session& session) {
  const std::string& root = session.inspection.source_root;
  const std::string wanted = root.empty() ? std::string() : view::wanted_source(session);
  if (wanted.empty()) {
    if (root.empty()) session.outside.reset();
    return;  // nothing is selected that has a place: the last file stays
  }
  if (session.outside && session.outside->root == root && session.outside->wanted == wanted) return;
  view::OutsideSource found;
  found.root = root;
  found.wanted = wanted;
  found.file.path = wanted;
  found.file.language = wanted.ends_with(".py")                              ? view::SourceLanguage::python
                        : wanted.ends_with(".js") || wanted.ends_with(".ts") ? view::SourceLanguage::javascript
                                                                             : view::SourceLanguage::cpp;
  if (auto text = read_below(root, wanted)) found.file.text = std::move(*text);
  else found.error = text.error();
  session.outside = std::move(found);
}

}  // namespace awaitscope::desk
