#include "core/trace/redact.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <unordered_map>

namespace awaitscope {
namespace {

/// Numbers equal strings alike.
class Placeholders {
 public:
  std::string of(std::string_view text, const char* word) {
    if (text.empty()) return {};
    const auto known = made_.find(std::string(text));
    if (known != made_.end()) return known->second;
    return made_.emplace(text, std::string(word) + "-" + std::to_string(made_.size() + 1)).first->second;
  }

 private:
  std::unordered_map<std::string, std::string> made_;
};

/// What a text is called after: what the first event that has it says with it.
const char* word_for(Kind kind) {
  switch (kind) {
    case Kind::task_created: return "task";
    case Kind::resource_created: return "resource";
    case Kind::coro_begin:
    case Kind::coro_unstarted:
    case Kind::callback_begin:
    case Kind::job_submitted: return "function";
    case Kind::request_begin: return "request";
    case Kind::block_begin: return "call";
    default: return "text";
  }
}

/// The kind of file says which language it is and nothing else.
std::string ending_of(std::string_view file) {
  constexpr std::array<std::string_view, 11> known = {".py", ".pyx", ".pyi", ".c",  ".cc", ".cpp",
                                                      ".h",  ".hpp", ".js",  ".ts", ".mjs"};
  const std::size_t dot = file.find_last_of('.');
  const std::string_view ending = dot == std::string_view::npos ? std::string_view{} : file.substr(dot);
  return std::find(known.begin(), known.end(), ending) == known.end() ? std::string() : std::string(ending);
}

/// Words of runtimes, and version numbers.
bool names_a_runtime(std::string_view text) {
  constexpr std::array<std::string_view, 11> known = {"awaitscope", "CPython", "Python",   "PyPy", "asyncio", "trio",
                                                      "uvloop",     "node",    "imported", "from", "Chrome"};
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, space);
    const bool number =
        word.size() <= 12 && std::all_of(word.begin(), word.end(), [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
    if (!number && word != "JSON" && std::find(known.begin(), known.end(), word) == known.end()) return false;
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return true;
}

TraceInfo redacted(const TraceInfo& info, bool keep_header, Placeholders& texts) {
  TraceInfo out = info;
  if (info.clock != "virtual" && info.clock != "steady") out.clock = texts.of(info.clock, "text");
  if (!names_a_runtime(info.runtime)) out.runtime = texts.of(info.runtime, "text");
  if (keep_header) return out;
  out.scenario = texts.of(info.scenario, "program");
  out.variant = texts.of(info.variant, "variant");
  out.schedule.policy = info.schedule.policy == "fifo" ? "fifo" : texts.of(info.schedule.policy, "policy");
  for (auto& [name, value] : out.parameters) {
    name = texts.of(name, "parameter");
    value = texts.of(value, "value");
  }
  return out;
}

}  // namespace

Trace redacted(const Trace& trace, bool keep_header) {
  Trace out;
  Placeholders texts, files;
  out.info = redacted(trace.info, keep_header, texts);
  std::vector<std::uint32_t> text_ids(trace.text_count());  // new numbers by old ones, 0: not used yet
  std::vector<std::uint16_t> site_ids(trace.site_count());
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    const Event event = trace[seq];
    Record record = event;
    const KindInfo& kind = info(event.kind);
    const auto replaced = [&](const FieldInfo& field, std::uint32_t value) {
      if (field.type != Field::text || value == 0) return value;
      const auto made = [&] { return out.intern(texts.of(trace.text(value), word_for(event.kind))).value; };
      if (value >= text_ids.size()) return made();
      if (!text_ids[value]) text_ids[value] = made();
      return text_ids[value];
    };
    record.a = replaced(kind.a, event.a);
    record.b = replaced(kind.b, event.b);
    record.d = replaced(kind.d, event.d);
    record.site = 0;
    if (event.site && event.site < site_ids.size()) {
      std::uint16_t& id = site_ids[event.site];
      const Site& site = trace.site(event.where());
      if (!id)
        id = static_cast<std::uint16_t>(out.intern({files.of(site.file, "file") + ending_of(site.file), site.line}).value);
      record.site = id;
    }
    out.append(record);
  }
  for (const Note& note : trace.notes) {
    out.notes.push_back(note);
    out.notes.back().text = texts.of(note.text, "text");
  }
  return out;
}

}  // namespace awaitscope
