#include "app/desk/recent.h"

#include <algorithm>
#include <unistd.h>

#include "app/desk/fields.h"
#include "app/desk/json.h"
#include "app/view/kept.h"
#include "core/formats/files.h"

namespace awaitscope::desk {

std::string write_recent(const std::vector<view::RecentFile>& files) {
  return "{\"files\": " + json_array(files, [](const view::RecentFile& one) { return "\n  " + quoted_json(one.path); }) + "}\n";
}

std::vector<view::RecentFile> read_recent(const std::string& path) {
  std::vector<view::RecentFile> out;
  const auto text = read_file(path);
  if (!text || text->size() > (1 << 20)) return out;
  const auto whole = json::read(path, *text);
  if (!whole) return out;
  const json::Value* files = whole->find("files");
  for (const json::Value& item : files ? files->items : std::vector<json::Value>{})
    if (out.size() < view::most_recent && item.string.starts_with('/') && item.string.find('\0') == std::string::npos)
      out.push_back({item.string, true});
  look_after(out);
  return out;
}

void look_after(std::vector<view::RecentFile>& files) {
  for (view::RecentFile& file : files) file.there = ::access(file.path.c_str(), R_OK) == 0;
}

std::vector<view::RecentFile> joined(const std::vector<view::RecentFile>& newer, const std::vector<view::RecentFile>& older) {
  std::vector<view::RecentFile> out = newer;
  for (const view::RecentFile& one : older)
    if (std::none_of(out.begin(), out.end(), [&](const view::RecentFile& known) { return known.path == one.path; }))
      out.push_back(one);
  if (out.size() > view::most_recent) out.resize(view::most_recent);
  return out;
}

}  // namespace awaitscope::desk
