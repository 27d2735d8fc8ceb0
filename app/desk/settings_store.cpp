#include "app/desk/settings_store.h"

#include <cmath>
#include <filesystem>
#include <sstream>

#include <fmt/format.h>

#include "core/findings/words.h"
#include "core/formats/files.h"

namespace awaitscope::desk {
namespace {

constexpr std::uintmax_t largest = 1 << 20;
const std::vector<std::string_view> themes = {"dark", "light"}, languages = {"en", "zh"};

std::string write_keys(const view::KeyMap& keys) {
  JsonObject maps;
  for (const bool room : {false, true}) {
    JsonObject map;
    for (const view::ActionInfo& info : view::all_actions())
      if (const auto changed = keys.of(room).find(info.act); changed != keys.of(room).end())
        map.text(info.name, changed->second);
    if (!map.empty()) maps.add(room ? "room" : "desk", map.line());
  }
  return maps.empty() ? "" : maps.line();
}

/// The keys of one action, each spelt as the table does.
Result<std::string> read_keys_of(const Source& source, const json::Value& value) {
  if (value.type != json::Type::string) return source.at(value, "keys are a string, e.g. \"J Shift+Right\"");
  std::string out;
  std::istringstream words(value.string);
  for (std::string word; words >> word;) {
    const auto key = view::spelt(word);
    if (!key)
      return source.at(value, fmt::format("'{}' is no key; Ctrl+Shift+Right, F5 or J would be", plain(word.substr(0, 80))));
    out += (out.empty() ? "" : " ") + *key;
  }
  return out;
}

Status read_map(const Source& source, const json::Value& value, view::KeyMap& keys, bool room) {
  const std::string where = room ? "room" : "desk";
  Fields fields(source, value, "the keys of the " + where);
  for (const view::ActionInfo& info : view::all_actions())
    fields.value(info.name, [&](const json::Value& given) -> Status {
      auto read = read_keys_of(source, given);
      if (!read) return Error{read.error()};
      keys.of(room)[info.act] = std::move(*read);
      return Done{};
    });
  if (const Status read = fields.end(); !read) return read;
  const auto twice = view::clash(keys, room);
  if (!twice) return Done{};
  // The line of whichever of the two stands in the file.
  const json::Value* given = value.find(twice->second) ? value.find(twice->second) : value.find(twice->first);
  return source.at(given ? *given : value,
                   fmt::format("{} is bound twice: {} and {}", twice->key, twice->first, twice->second));
}

Status read_keys(const Source& source, const json::Value& value, view::KeyMap& keys) {
  Fields fields(source, value, "keys");
  for (const bool room : {false, true})
    fields.value(room ? "room" : "desk", [&](const json::Value& map) { return read_map(source, map, keys, room); });
  return fields.end();
}

}  // namespace

std::string write_settings(const view::Session& session) {
  JsonObject out;
  const view::Chosen& chosen = session.chosen;
  out.text("theme", themes[chosen.theme == view::Theme::light]);
  out.text("language", languages[chosen.language == Language::chinese]);
  out.number("text_size", std::round(static_cast<double>(chosen.text_size)));
  out.flag("votes", chosen.votes);
  return out.add("keys", write_keys(session.keys)).block() + "\n";
}

Status read_settings(const std::string& file, std::string_view text, view::Session& session) {
  const auto whole = json::read(file, text);
  if (!whole) return Error{whole.error()};
  const Source source{file};
  Fields fields(source, *whole, "a settings file");
  view::Chosen chosen = session.chosen;
  int theme = chosen.theme == view::Theme::light, language = chosen.language == Language::chinese;
  double size = static_cast<double>(chosen.text_size);
  view::KeyMap keys;
  fields.word("theme", themes, theme);
  fields.word("language", languages, language);
  fields.number("text_size", size, 14, 64);
  fields.boolean("votes", chosen.votes);
  fields.value("keys", [&](const json::Value& value) { return read_keys(source, value, keys); });
  if (const Status read = fields.end(); !read) return read;
  chosen.theme = theme ? view::Theme::light : view::Theme::dark;
  chosen.language = language ? Language::chinese : Language::english;
  chosen.text_size = static_cast<float>(size);
  session.chosen = chosen;
  session.theme = chosen.theme;
  session.language = chosen.language;
  session.text_size = chosen.text_size;
  session.teaching.votes = chosen.votes;
  session.keys = std::move(keys);
  return Done{};
}

Status load_settings(const std::string& path, view::Session& session) {
  std::error_code error;
  if (const auto size = std::filesystem::file_size(path, error); !error && size > largest)
    return Error{path + ": a settings file is never larger than 1 MB"};
  const auto text = read_file(path);
  if (!text) return Error{text.error()};
  return read_settings(path, *text, session);
}

}  // namespace awaitscope::desk
