#include "core/formats/chrome_reader.h"

#include <cmath>

#include <simdjson.h>

namespace awaitscope::chrome {
namespace {

namespace json = simdjson::ondemand;
using importing::Events;
using importing::TraceEvent;

/// A string, or a number as it stands in the file.
std::string as_text(json::value value) {
  std::string_view text;
  if (value.get_string().get(text) == simdjson::SUCCESS) return std::string(text);
  text = value.raw_json_token();
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t'))
    text.remove_suffix(1);
  return std::string(text);
}

/// Microseconds, a number or a string, as nanoseconds.  A double is exact to the nanosecond for 104 days.
std::optional<std::int64_t> as_time(json::value value) {
  double us = 0;
  if (value.get_double().get(us) != simdjson::SUCCESS && value.get_double_in_string().get(us) != simdjson::SUCCESS)
    return std::nullopt;
  if (!(std::abs(us) < 2e15)) return std::nullopt;  // 2e18 ns, so that sums of two fit; wall time from 1970 fits until 2033
  return std::llround(us * 1000);
}

void read_args(json::value args, TraceEvent& out) {
  json::object object;
  if (args.get_object().get(object) != simdjson::SUCCESS) return;
  for (auto field : object) {
    std::string_view key;
    json::value value;
    json::json_type type;
    if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS ||
        value.type().get(type) != simdjson::SUCCESS)
      return;
    const std::string name(key);
    if (name == "true_us") out.true_time = as_time(value);
    else if (name == "true_dur_us") out.true_length = as_time(value);
    else if (type == json::json_type::string && (name == "name" || name == "text")) out.text = as_text(value);
    else if (type == json::json_type::string && name == "at") out.site = as_text(value);
    else if (type == json::json_type::number && out.phase == 'C') {
      double number = 0;
      if (value.get_double().get(number) == simdjson::SUCCESS) out.values.emplace_back(name, number);
    }
  }
}

bool read_event(json::document& document, TraceEvent& out) {
  json::object object;
  if (document.get_object().get(object) != simdjson::SUCCESS) return false;
  std::string_view phase;
  if (object["ph"].get_string().get(phase) != simdjson::SUCCESS || phase.size() != 1) return false;
  out.phase = phase[0];
  bool any = false;
  if (object.reset().get(any) != simdjson::SUCCESS) return false;
  for (auto field : object) {
    std::string_view key_view;
    json::value value;
    if (field.unescaped_key().get(key_view) != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS) return false;
    const std::string key(key_view);
    if (key == "name") out.name = as_text(value);
    else if (key == "cat") out.category = as_text(value);
    else if (key == "id") out.id = as_text(value);
    else if (key == "pid") out.pid = as_text(value);
    else if (key == "tid") out.tid = as_text(value);
    else if (key == "bp") out.binds_to_enclosing = as_text(value) == "e";
    else if (key == "args") read_args(value, out);
    else if (key == "ts" || key == "dur") {
      const std::optional<std::int64_t> time = as_time(value);
      if (!time) return false;
      (key == "ts" ? out.time : out.length) = *time;
    }
  }
  return out.phase != 'X' || out.length >= 0;
}

}  // namespace

Events read_events(std::string_view text, const Scan& scan, const Stretch& progress) {
  Events out;
  const simdjson::padded_string padded(text);  // simdjson reads a few bytes beyond the end
  json::parser parser;
  for (const std::string_view event : scan.events) {
    const std::size_t offset = static_cast<std::size_t>(event.data() - text.data());
    if (progress.stops(offset, text.size())) break;
    const simdjson::padded_string_view view(padded.data() + offset, event.size(),
                                            text.size() - offset + simdjson::SIMDJSON_PADDING);
    json::document document;
    TraceEvent read;
    if (parser.iterate(view).get(document) == simdjson::SUCCESS && read_event(document, read))
      out.events.push_back(std::move(read));
    else if (out.unreadable++ == 0) out.first_unreadable = offset;
  }
  return out;
}

std::optional<OwnBlock> read_own_block(std::string_view block) {
  const simdjson::padded_string padded(block);
  json::parser parser;
  json::document document;
  std::string_view hash, native;
  if (parser.iterate(padded).get(document) != simdjson::SUCCESS) return std::nullopt;
  if (document["sha256"].get_string().get(hash) != simdjson::SUCCESS) return std::nullopt;
  if (document["native_b64"].get_string().get(native) != simdjson::SUCCESS) return std::nullopt;
  return OwnBlock{std::string(hash), std::string(native)};
}

}  // namespace awaitscope::chrome
