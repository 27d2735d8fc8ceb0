// The table of events: read back cell by cell, and inert in a spreadsheet.

#include <map>

#include "core/formats/format.h"
#include "tests/formats/story.h"
#include "tests/formats/synthetic.h"

namespace awaitscope::tests {
namespace {

std::string table(const Trace& trace) {
  std::string out;
  for (const Format& format : all_formats())
    if (format.id == "csv") { EXPECT_TRUE(format.write(trace, out)); }
  return out;
}

/// The rows of a file by RFC 4180, as read by a machine of its own.
std::vector<std::vector<std::string>> rows(const std::string& csv) {
  std::vector<std::vector<std::string>> out;
  std::vector<std::string> row = {""};
  bool is_quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (is_quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') row.back() += '"', ++i;
    else if (c == '"') is_quoted = !is_quoted;
    else if (is_quoted) row.back() += c;
    else if (c == ',') row.emplace_back();
    else if (c == '\r') EXPECT_EQ(csv.at(i + 1), '\n');
    else if (c == '\n') out.push_back(std::move(row)), row = {""};
    else row.back() += c;
  }
  EXPECT_EQ(row, std::vector<std::string>{""}) << "the last line ends too";
  return out;
}
std::map<std::string, std::string> cells(const std::vector<std::vector<std::string>>& table, std::size_t row) {
  std::map<std::string, std::string> out;
  for (std::size_t i = 0; i < table[0].size(); ++i)
    if (!table[row][i].empty()) out[table[0][i]] = table[row][i];
  return out;
}

TEST(Csv, HasARowForEachEventAndAColumnForEachField) {
  const auto table_ = rows(table(from_text(small)));
  ASSERT_EQ(table_.size(), 38u);
  using Cells = std::map<std::string, std::string>;
  EXPECT_EQ(cells(table_, 2), (Cells{{"seq", "2"},
                                     {"time_s", "0.000000000"},
                                     {"kind", "resource_created"},
                                     {"task", "0"},
                                     {"task_name", "loop"},
                                     {"resource", "1"},
                                     {"capacity", "1"},
                                     {"type", "semaphore"},
                                     {"name", "gate"}}));
  EXPECT_EQ(cells(table_, 16), (Cells{{"seq", "16"},
                                      {"time_s", "0.000000000"},
                                      {"kind", "block_begin"},
                                      {"task", "2"},
                                      {"task_name", "fetch-1"},
                                      {"site", "s.cpp:6"},
                                      {"what", "time.sleep"},
                                      {"length", "0.200000000"},
                                      {"cpu", "no"}}));
  EXPECT_EQ(cells(table_, 34), (Cells{{"seq", "34"},
                                      {"time_s", "1.200000000"},
                                      {"kind", "step_begin"},
                                      {"task", "1"},
                                      {"task_name", "main"},
                                      {"cause", "34"}}));
  for (const std::string& column : table_[0]) EXPECT_NE(column, "deadline") << "no event here has one";
}

TEST(Csv, HasOneWidth) {
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const Trace trace = random_trace(seed, 300, true);
    const auto table_ = rows(table(trace));
    ASSERT_EQ(table_.size(), trace.size() + 1);
    for (const auto& row : table_) ASSERT_EQ(row.size(), table_[0].size());
  }
}

TEST(Csv, IsTextToASpreadsheet) {
  for (const std::string text :
       {"=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1", "\t=1", "\r=1", "a\nb", "say \"x\", y", "\u202eabc", " x"}) {
    Trace trace;
    Record record;
    record.kind = Kind::log;
    record.a = trace.intern(text).value;
    trace.append(record);
    const std::string csv = table(trace);
    const std::string shown = rows(csv)[1].back();
    const std::string line = csv.substr(csv.find('\n') + 1);
    EXPECT_EQ(line.find_first_of("\t\n"), line.size() - 1) << text;
    EXPECT_EQ(line.find("\u202e"), std::string::npos);
    EXPECT_EQ(shown.find_first_of("=+-@\t\r"), text[0] == '=' || text[0] == '+' || text[0] == '-' || text[0] == '@' ? 1u
                                               : text.find('=') != std::string::npos ? shown.find('=')
                                                                                     : std::string::npos)
        << shown;
    if (shown[0] == '\'') { EXPECT_NE(line.find("\"'"), std::string::npos) << line; }
    if (text == "say \"x\", y" || text == " x") { EXPECT_EQ(shown, text); }
    if (text == "\t=1") { EXPECT_EQ(shown, "\\t=1"); }
    if (text == "\uff1d1") { EXPECT_EQ(shown, "'\uff1d1"); }
  }
}

}  // namespace
}  // namespace awaitscope::tests
