// The writing half of the text notation; text_reader.cpp reads it.
#include "core/trace/text.h"

#include "core/trace/notes.h"
#include "core/trace/quote.h"

namespace awaitscope {
namespace {

void header(std::string& out, std::string_view key, std::string_view value) {
  out.append("# ").append(key).append(" ");
  const bool plain = !value.empty() && value.front() != ' ' && value.back() != ' ' && value.front() != '"' && harmless(value);
  out.append(plain ? std::string(value) : quoted(value)).append("\n");
}

/// A schedule's text form reads back only if the policy is a word; a foreign one is made so.
Schedule readable(Schedule schedule) {
  if (schedule.policy.empty()) schedule.policy = "_";
  for (char& c : schedule.policy) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
    if (!fits) c = '_';
  }
  return schedule;
}

void field(std::string& out, const Trace& trace, const FieldInfo& info, std::uint32_t value, const Event& event) {
  if (info.type == Field::none) return;
  const auto put = [&](std::string_view text) { out.append(" ").append(info.name).append("=").append(text); };
  if (info.type == Field::text) {
    if (const std::string_view text = trace.text(value); !text.empty()) put(quoted(text));
  } else if (info.type == Field::time) {
    if (event.nanoseconds()) put(seconds({event.nanoseconds()}, 9));
  } else if (const std::string_view name = value < 256 ? enum_name(info.type, static_cast<std::uint8_t>(value)) : "";
             !name.empty()) {
    if (name != "none" && name != "no") put(name);
  } else if (value) {
    put(std::to_string(value));
  }
}

void line(std::string& out, const Trace& trace, const Event& event) {
  const KindInfo& kind = info(event.kind);
  out += std::to_string(event.seq);
  out.append(" ").append(seconds(event.at(), 9)).append(" ").append(kind.name);
  if (event.task) out.append(" task=").append(std::to_string(event.task));
  if (event.cause) out.append(" cause=").append(std::to_string(event.cause));
  field(out, trace, kind.a, event.a, event);
  field(out, trace, kind.b, event.b, event);
  field(out, trace, kind.c, event.c, event);
  field(out, trace, kind.d, event.d, event);
  if (const Site& site = trace.site(event.where()); site.line)
    out.append(" at=").append(word(site.file + ":" + std::to_string(site.line)));
}

}  // namespace

std::string to_text(const Trace& trace, const Event& event) {
  std::string out;
  line(out, trace, event);
  return out;
}

std::string to_text(const Trace& trace) {
  std::string out;
  if (!trace.info.scenario.empty()) header(out, "scenario", trace.info.scenario);
  if (!trace.info.variant.empty()) header(out, "variant", trace.info.variant);
  for (const auto& [key, value] : trace.info.parameters) {
    out.append("# parameter ").append(word(key)).append("=").append(quoted(value)).append("\n");
  }
  header(out, "schedule", to_text(readable(trace.info.schedule)));
  header(out, "clock", trace.info.clock);
  header(out, "runtime", trace.info.runtime);
  for (const Note& note : trace.notes) out.append("# ").append(to_text(note)).append("\n");
  for (Seq seq = 1; seq <= trace.size(); ++seq) {
    line(out, trace, trace[seq]);
    out += '\n';
  }
  return out;
}

}  // namespace awaitscope
