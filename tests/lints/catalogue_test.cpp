// What every rule owes: a file of its name, a description, settings with units, and four kinds of tests.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/lints/judged.h"

namespace awaitscope {
namespace {

namespace fs = std::filesystem;
const fs::path root = AWAITSCOPE_SOURCE_DIR;

std::string read(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// "slow-step" -> "slow_step"
std::string file_name(std::string id) {
  std::replace(id.begin(), id.end(), '-', '_');
  return id;
}

/// "slow-step" -> "SlowStep"
std::string suite_name(const std::string& id) {
  std::string out;
  bool capital = true;
  for (const char c : id) {
    if (c != '-') out += capital ? static_cast<char>(std::toupper(c)) : c;
    capital = c == '-';
  }
  return out;
}

/// The kinds of tests that a rule's file has not, and does not say why: "// No Recheck: ...".
std::string missing_kinds(const std::string& suite, const std::string& tests) {
  std::string out;
  for (const std::string kind : {"Fires", "NearlyFires", "Recheck", "Spares"}) {
    const std::size_t waived = tests.find("// No " + kind + ": ");
    const bool why = waived != std::string::npos && tests.find('\n', waived) > waived + kind.size() + 12;
    if (!why && tests.find("TEST(" + suite + ", " + kind) == std::string::npos) out += " " + kind;
  }
  return out;
}

/// What is wrong with a setting's name and value, or "".
std::string fault(const std::string& name, double value) {
  const auto in = [&](const std::string& unit) { return name == unit || name.ends_with("_" + unit); };
  if (in("share")) return value > 0 && value <= 1 ? "" : "a share lies between 0 and 1";
  if (in("ms") || in("s") || in("ratio")) return value > 0 ? "" : "it must be above 0";
  for (const char* unit : {"us", "ns", "seconds", "percent", "minutes"})
    if (in(unit)) return "units are ms, s, share and ratio";
  return value >= 1 && value == std::floor(value) ? "" : "without a unit it is a count, and no whole number";
}

TEST(Catalogue, EachRuleIsAFileOfItsName) {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(root / "core/lints")) files += entry.path().extension() == ".cpp";
  EXPECT_EQ(files, all_lints().size());
  for (const Lint& lint : all_lints()) {
    const std::string source = read(root / "core/lints" / (file_name(lint.id) + ".cpp"));
    EXPECT_TRUE(source.starts_with("// " + lint.id + ": "))
        << lint.id << " is no file, or its first line does not say what it is";
  }
}

TEST(Catalogue, EachRuleDescribesItself) {
  for (const Lint& lint : all_lints()) {
    EXPECT_FALSE(lint.summary.empty() || lint.fix.empty()) << lint.id;
    EXPECT_EQ((lint.summary + lint.fix).find('\n'), std::string::npos) << lint.id;
    EXPECT_TRUE(lint.lesson.empty() || fs::exists(root / "scenarios" / (lint.lesson + ".cpp")))
        << lint.id << ": " << lint.lesson;
  }
}

TEST(Catalogue, EachSettingHasAUnitAndIsRead) {
  // By the rule, or by what it shares with others.
  std::string shared;
  for (const auto& entry : fs::directory_iterator(root / "core/findings"))
    if (entry.path().extension() == ".cpp") shared += read(entry.path());
  for (const Lint& lint : all_lints()) {
    const std::string source = read(root / "core/lints" / (file_name(lint.id) + ".cpp")) + shared;
    for (const auto& [name, value] : lint.defaults) {
      EXPECT_EQ(fault(name, value), "") << lint.id << "." << name;
      EXPECT_NE(source.find("\"" + lint.id + "." + name + "\""), std::string::npos)
          << lint.id << "." << name << " is never read";
    }
  }
}

TEST(Catalogue, EachRuleHasTheFourKindsOfTests) {
  for (const Lint& lint : all_lints())
    EXPECT_EQ(missing_kinds(suite_name(lint.id), read(root / "tests/lints" / (file_name(lint.id) + "_test.cpp"))), "")
        << lint.id;
}

TEST(Catalogue, TheChecksThemselvesCanFail) {
  EXPECT_EQ(suite_name("cpu-on-loop"), "CpuOnLoop");
  EXPECT_EQ(missing_kinds("A", ""), " Fires NearlyFires Recheck Spares");
  EXPECT_EQ(
      missing_kinds("A", "TEST(A, NearlyFiresX) {}\nTEST(B, FiresX) {}\n// No Recheck: it cannot be cut\n// No Spares: \n"),
      " Fires Spares");
  EXPECT_EQ(fault("limit_ms", 5) + fault("share", 0.8) + fault("calls", 10) + fault("wait_s", 0.5), "");
  EXPECT_NE(fault("share", 80), "");
  EXPECT_NE(fault("limit", 0.5), "");
  EXPECT_NE(fault("limit_percent", 5), "");
  EXPECT_NE(fault("limit_ms", 0), "");
}

}  // namespace
}  // namespace awaitscope
