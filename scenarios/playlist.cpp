#include "scenarios/playlist.h"

#include <fstream>
#include <sstream>

#include "scenarios/json.h"

namespace awaitscope {
namespace {

using json::Type;

const json::Value* member(const json::Value& in, std::string_view name, Type type) {
  const json::Value* value = in.find(name);
  return value && value->type == type ? value : nullptr;
}

}  // namespace

Result<std::vector<Playlist>> read_playlists(const std::string& file, std::string_view text) {
  const auto all = json::read(file, text);
  if (!all) return Error{all.error()};
  if (all->type != Type::array) return json::error_at(file, all->line, "playlists are an array");
  std::vector<Playlist> out;
  for (const json::Value& one : all->items) {
    const json::Value* id = member(one, "id", Type::string);
    const json::Value* title = member(one, "title", Type::object);
    const json::Value* cards = member(one, "cards", Type::array);
    const json::Value* en = title ? member(*title, "en", Type::string) : nullptr;
    const json::Value* zh = title ? member(*title, "zh", Type::string) : nullptr;
    if (!id || !en || !zh || !cards)
      return json::error_at(file, one.line, "a playlist has an 'id', a 'title' with 'en' and 'zh', and an array of 'cards'");
    Playlist playlist{id->string, {en->string, zh->string}, {}};
    for (const json::Value& card : cards->items) {
      const auto scenario = find_scenario(card.string);
      if (!scenario) return json::error_at(file, card.line, scenario.error());
      playlist.scenarios.push_back(*scenario);
    }
    out.push_back(std::move(playlist));
  }
  return out;
}

Result<std::vector<Playlist>> load_playlists(const std::string& folder) {
  const std::string path = folder + "/playlists.json";
  if (std::ifstream in(path); !folder.empty() && in) {
    std::stringstream text;
    text << in.rdbuf();
    return read_playlists(path, text.str());
  }
  return read_playlists("scenarios/playlists.json", scenario_source("scenarios/playlists.json"));
}

Result<Playlist> find_playlist(const std::string& id, const std::string& folder) {
  const auto all = load_playlists(folder);
  if (!all) return Error{all.error()};
  std::string names;
  for (const Playlist& one : *all) {
    if (one.id == id) return one;
    names += (names.empty() ? "" : ", ") + one.id;
  }
  return Error{"unknown playlist '" + id + "'; there is: " + names};
}

}  // namespace awaitscope
