// The table of events for spreadsheets and scripts (RFC 4180).  Written only: a table does not say what a trace is.
#include <algorithm>
#include <string>
#include <vector>

#include "core/formats/export_names.h"
#include "core/formats/format.h"

namespace awaitscope::formats {
namespace {

/// Whether a spreadsheet might compute the cell: it takes what begins so for a formula.
bool is_formula(std::string_view cell) {
  for (const std::string_view sign : {"=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"})
    if (cell.starts_with(sign)) return true;
  return false;
}

void put_cell(std::string& out, std::string_view text, bool is_first = false) {
  if (!is_first) out += ',';
  std::string cell = exporting::visible(text);
  if (is_formula(cell)) cell.insert(0, "'");  // text, says an apostrophe
  else if (cell.find_first_of("\",") == std::string::npos && (cell.empty() || (cell.front() != ' ' && cell.back() != ' '))) {
    out += cell;
    return;
  }
  out += '"';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

/// The text of a field; "" for what is 0.
std::string value(const Trace& trace, const Event& event, const FieldInfo& field, std::uint32_t number) {
  if (field.type == Field::text) return std::string(trace.text(number));
  if (field.type == Field::time) return event.nanoseconds() ? seconds({event.nanoseconds()}, 9) : "";
  const std::string_view name = number < 256 ? enum_name(field.type, static_cast<std::uint8_t>(number)) : "";
  if (!name.empty()) return std::string(name);
  return number ? std::to_string(number) : "";
}

class Table {
 public:
  explicit Table(const Trace& trace) : trace_(trace), names_(trace, history_ = history_of(trace)) { find_columns(); }

  std::string write() {
    std::string out;
    put_cell(out, "seq", true);
    for (const char* column : {"time_s", "kind", "task", "task_name", "site", "cause"}) put_cell(out, column);
    for (const std::string_view column : columns_) put_cell(out, column);
    out += "\r\n";
    for (Seq seq = 1; seq <= trace_.size(); ++seq) row(out, trace_[seq]);
    return out;
  }

 private:
  /// A column for each name of a field that the trace has, in the order of the table of events.
  void find_columns() {
    std::vector<bool> seen(kind_count);
    for (Seq seq = 1; seq <= trace_.size(); ++seq) seen[static_cast<std::size_t>(trace_.kind(seq))] = true;
    for (int kind = 0; kind < kind_count; ++kind) {
      places_.emplace_back();
      const KindInfo& what = info(static_cast<Kind>(kind));
      for (const FieldInfo* field : {&what.a, &what.b, &what.c, &what.d}) {
        if (!seen[static_cast<std::size_t>(kind)] || field->type == Field::none) {
          places_.back().push_back(0);
          continue;
        }
        const auto at = std::find(columns_.begin(), columns_.end(), field->name);
        places_.back().push_back(static_cast<std::size_t>(at - columns_.begin()));
        if (at == columns_.end()) columns_.push_back(field->name);
      }
    }
    cells_.resize(columns_.size());
  }

  void row(std::string& out, const Event& event) {
    const KindInfo& kind = info(event.kind);
    put_cell(out, std::to_string(event.seq), true);
    put_cell(out, seconds(event.at(), 9));
    put_cell(out, kind.name);
    put_cell(out, std::to_string(event.task));
    put_cell(out, names_.task(event.who()));
    put_cell(out, event.site ? show(trace_.site(event.where())) : "");
    put_cell(out, event.cause ? std::to_string(event.cause) : "");
    for (std::string& cell : cells_) cell.clear();
    const std::vector<std::size_t>& place = places_[static_cast<std::size_t>(event.kind)];
    const auto take = [&](std::size_t i, const FieldInfo& field, std::uint32_t number) {
      if (field.type != Field::none) cells_[place[i]] = value(trace_, event, field, number);
    };
    take(0, kind.a, event.a);
    take(1, kind.b, event.b);
    take(2, kind.c, event.c);
    take(3, kind.d, event.d);
    for (const std::string& cell : cells_) put_cell(out, cell);
    out += "\r\n";
  }

  const Trace& trace_;
  History history_;
  const exporting::Names names_;
  std::vector<std::string_view> columns_;
  std::vector<std::vector<std::size_t>> places_;  ///< by kind: the columns of a, b, c, d
  std::vector<std::string> cells_;
};

Status write(const Trace& trace, std::string& out) {
  out = Table(trace).write();
  return Done{};
}

}  // namespace

Format csv();
Format csv() { return {"csv", ".csv", "the table of events, for spreadsheets and scripts", nullptr, nullptr, write}; }

}  // namespace awaitscope::formats
