// What a report says and shows.
#include "app/desk/report.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/desk/runner.h"
#include "app/desk/sources.h"
#include "app/exports/report.h"
#include "core/formats/format.h"
#include "core/trace/text.h"

namespace awaitscope::exports {
namespace {

struct Made {
  Trace trace;
  History history;
  std::vector<Finding> findings;
  explicit Made(Trace t)
      : trace(std::move(t)), history(history_of(trace)), findings(run_lints({trace, history, {}}, all_lints())) {}
  Report report() const {
    return {trace, history, findings, desk::source_lines(trace.info, ""), "native", "name", desk::replay_command(trace.info),
            "",    {}};
  }
};

Made scenario(const char* name, const char* variant) {
  const Scenario& s = **find_scenario(name);
  return Made(*desk::record({&s, variant, *settings_for(s, {}), {}, false}));
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(Report, ShowsTheWorstFindingFirstWithItsLinePictureAndReplay) {
  const Made made = scenario("swallowed_cancel", "bad");
  const std::string page = report_html(made.report());
  EXPECT_TRUE(has(page, "<h1>swallowed_cancel · bad</h1>"));
  EXPECT_LT(page.find("cancel-swallowed"), page.find("<svg"));
  EXPECT_TRUE(has(page, "class=\"here\"><i>18</i>  "));
  EXPECT_TRUE(has(page, "awaitscope run swallowed_cancel --variant bad --set timeout=1"));
  EXPECT_TRUE(has(page, "Who asked whom to stop"));
  EXPECT_FALSE(has(page, "// @")) << "a lesson's marks are no part of the program";
}

TEST(Report, EveryIdOfAPageIsThereOnce) {
  const std::string page = report_html(scenario("unbounded_gather", "bad").report());
  std::size_t ids = 0;
  for (std::size_t at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1), ++ids) {
    const std::string id = page.substr(at, page.find('"', at + 5) - at + 1);
    EXPECT_EQ(count(page, id), 1u) << id;
  }
  EXPECT_GT(ids, 6u);
}

TEST(Report, EveryScenarioHasAMomentInsideItsRun) {
  for (const Scenario& s : all_scenarios())
    for (const auto& variant : s.variants) {
      const Made made = scenario(s.name.c_str(), variant.name.c_str());
      const Report report = made.report();
      for (const Finding& finding : made.findings) {
        const Moment moment = moment_of(report, finding);
        EXPECT_LT(moment.begin, moment.end) << s.name << " " << variant.name << " " << finding.rule;
        if (moment.order) continue;
        EXPECT_LE(moment.begin, finding.begin) << s.name << " " << variant.name << " " << finding.rule;
        EXPECT_GE(moment.end, std::min(finding.end, made.history.end)) << s.name << " " << variant.name << " " << finding.rule;
        if (finding.tasks.size() > 10) continue;
        for (const TaskId task : finding.tasks) {
          const auto& shown = moment.focus.tasks;
          EXPECT_NE(std::find(shown.begin(), shown.end(), task), shown.end()) << finding.sentence;
        }
      }
    }
}

TEST(Report, ALongRunWithAShortMomentIsShownClose) {
  std::string text = "0 run_begin\n0 task_created task=1 name=main\n0 step_begin task=1\n0 step_end task=1 waits=sleep\n";
  for (int i = 1; i <= 200; ++i)
    text += std::to_string(i) + " step_begin task=1\n" +
            (i == 100 ? "100 block_begin task=1 what=\"x\" length=200ms at=a.py:1\n100.2 block_end task=1\n" : "") +
            (i == 100 ? "100.2" : std::to_string(i)) + " step_end task=1 waits=sleep\n";
  const Made made(*read_text(text + "201 run_end\n"));
  ASSERT_FALSE(made.findings.empty());
  const Moment moment = moment_of(made.report(), made.findings.front());
  EXPECT_GE(moment.begin.ns, 98'000'000'000);
  EXPECT_LE(moment.end.ns, 103'000'000'000);
}

TEST(Report, MarkdownStaysShortWhateverIsFound) {
  std::string text =
      "# clock steady\n0 run_begin\n0 task_created task=1 name=\"" + std::string(5000, 'n') + "\"\n0 step_begin task=1\n";
  for (int i = 1; i <= 400; ++i)
    text += std::to_string(i) + " block_begin task=1 what=\"" + std::string(300, '@') + std::to_string(i) +
            "\" length=500ms at=a.py:" + std::to_string(i) + "\n" + std::to_string(i) + ".5 block_end task=1\n" +
            std::to_string(i) + ".5 step_end task=1 waits=sleep\n" + std::to_string(i) + ".6 step_begin task=1\n";
  for (int i = 0; i < 400; ++i) text += "500 log task=1 text=x\n";
  const Made made(*read_text(text));
  ASSERT_GT(made.findings.size(), 100u);
  const std::string markdown = report_markdown(made.report(), {});
  EXPECT_LT(markdown.size(), 60000u);
  EXPECT_TRUE(has(markdown, "more findings are in the report"));
  EXPECT_TRUE(has(markdown, "## Environment"));
}

TEST(Report, ARunWithoutFindingsOrTimeIsAPageToo) {
  const Made fine = scenario("blocking_sleep", "fixed");
  EXPECT_TRUE(fine.findings.empty() || has(report_html(fine.report()), "<section"));
  const Made empty(*read_text("0 run_begin\n"));
  EXPECT_TRUE(has(report_html(empty.report()), "No rule found anything wrong"));
  EXPECT_TRUE(has(report_markdown(empty.report(), {}), "No rule found anything wrong"));
}

TEST(Report, HoverSaysNameWhatAndWhen) {
  const Made made = scenario("swallowed_cancel", "bad");
  const Span& sleep = made.history.lanes[1].spans[made.history.lanes[1].spans.size() > 2 ? 2 : 0];
  EXPECT_EQ(hover_words(made.report(), {view::Hit::Kind::span, 2, sleep.first}),
            "worker · sleep · 0.000 s to 1.000 s (1.0 s) · swallowed_cancel.cpp:18");
  EXPECT_EQ(hover_words(made.report(), {view::Hit::Kind::span, 99, 4'000'000'000u}), "task 99");
  EXPECT_EQ(hover_words(made.report(), {view::Hit::Kind::event, 1, 4'000'000'000u}), "");
}

// ------------------------------------------------------------------------------------------------ files

class ReportFiles : public ::testing::Test {
 protected:
  ReportFiles() : folder_(std::filesystem::temp_directory_path() / ("report-test-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~ReportFiles() override { std::filesystem::remove_all(folder_); }
  std::string path(const char* name) const { return (folder_ / name).string(); }
  std::vector<std::string> files(const char* name) const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / name))
      out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }
  std::filesystem::path folder_;
  const Made made_ = scenario("swallowed_cancel", "bad");
};

TEST_F(ReportFiles, AFolderHoldsEveryFormThatCanBeRead) {
  ASSERT_TRUE(desk::write_report(made_.trace, path("out"), {}, {}));
  const auto there = files("out");
  for (const char* name : {"report.html", "report.md", "report.files", "swallowed_cancel.bad.zip"})
    EXPECT_NE(std::find(there.begin(), there.end(), name), there.end()) << name;
  for (const Format& format : all_formats())
    if (format.read && format.write) {
      const auto again = load_trace(path("out") + "/swallowed_cancel.bad" + format.extension);
      ASSERT_TRUE(again) << format.id;
      EXPECT_EQ(to_text(again->trace), to_text(made_.trace)) << format.id;
    }
  EXPECT_EQ(files("."), std::vector<std::string>{"out"}) << "nothing is left beside it";
}

TEST_F(ReportFiles, AnEarlierReportIsReplacedAndAnythingElseIsNot) {
  ASSERT_TRUE(desk::write_report(made_.trace, path("out"), {}, {}));
  EXPECT_TRUE(desk::write_report(made_.trace, path("out/"), {}, {}));
  std::ofstream(folder_ / "out" / "thesis.tex") << "years of work";
  const auto before = files("out");
  const Status refused = desk::write_report(made_.trace, path("out"), {}, {});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(has(refused.error(), "holds other files")) << refused.error();
  EXPECT_EQ(files("out"), before);
}

TEST_F(ReportFiles, WhatCannotBeWrittenLeavesNothing) {
  std::ofstream(folder_ / "file") << "x";
  std::filesystem::create_directories(folder_ / "dir.md");
  for (const char* name : {"file", "file/out", "nowhere/out.html", "nowhere/out.md", "dir.md"})
    EXPECT_FALSE(desk::write_report(made_.trace, path(name), {}, {})) << name;
  EXPECT_FALSE(desk::write_report(made_.trace, path("x.html"), {path("never")}, {})) << "no such source root";
  EXPECT_FALSE(desk::write_report(Trace{}, path("x.html"), {}, {}));
  EXPECT_EQ(files("."), (std::vector<std::string>{"dir.md", "file"}));
}

TEST_F(ReportFiles, ATraceTooLargeToSendIsCutToItsWorstFindingAndSaysSo) {
  std::string text = "# clock steady\n0 run_begin\n0 task_created task=1 name=main\n";
  for (int i = 1; i <= 200'000; ++i) {
    const std::string t = std::to_string(i);
    text += t + " step_begin task=1\n";
    const bool held = i == 150'000;
    if (held) text += t + " block_begin task=1 what=\"x\" length=700ms at=a.py:1\n" + t + ".7 block_end task=1\n";
    text +=
        t + (held ? ".7" : "") + " log task=1 text=\"" + t + "\"\n" + t + (held ? ".7" : "") + " step_end task=1 waits=sleep\n";
  }
  ASSERT_TRUE(desk::write_report(*read_text(text), path("out"), {}, {}));
  std::stringstream page;
  page << std::ifstream(path("out/report.html")).rdbuf();
  EXPECT_TRUE(has(page.str(), "The whole trace has 600,004 events and is too large to send"));
  EXPECT_LT(std::filesystem::file_size(path("out/trace.zip")), 20'000'000u);
  const auto piece = load_trace(path("out/trace.awtrace"));
  ASSERT_TRUE(piece);
  EXPECT_LT(piece->trace.size(), 600'000u);
  const Made made(piece->trace);
  ASSERT_FALSE(made.findings.empty());
  EXPECT_EQ(made.findings.front().begin.ns, 150'000'000'000'000) << made.findings.front().sentence;
  EXPECT_EQ(made.findings.front().rule, Made(*read_text(text)).findings.front().rule);
}

TEST_F(ReportFiles, MarkdownSaysThatItsPicturesAreSvgWithoutARenderer) {
  ASSERT_TRUE(desk::write_report(made_.trace, path("x.md"), {}, {}));
  std::stringstream text;
  text << std::ifstream(path("x.md")).rdbuf();
  EXPECT_TRUE(has(text.str(), "](x.files/finding-1.svg)"));
  EXPECT_TRUE(has(text.str(), "no renderer for PNG"));
  int drawn = 0;
  const desk::RenderPng render = [&](const view::Session& session, int, int) -> Result<std::string> {
    ++drawn;
    EXPECT_EQ(session.theme, view::Theme::light);
    return std::string("png");
  };
  ASSERT_TRUE(desk::write_report(made_.trace, path("x.md"), {}, render));
  EXPECT_EQ(drawn, 2) << "a finding and the whole run";
  EXPECT_EQ(files("x.files"), (std::vector<std::string>{"cancels.svg", "finding-1.png", "timeline.png"}));
}

TEST(BuiltIn, IsOnlyWhatTheProgramItselfCouldHaveWritten) {
  TraceInfo info = scenario("swallowed_cancel", "bad").trace.info;
  EXPECT_TRUE(desk::built_in(info));
  const auto changed = [&](auto change) {
    TraceInfo other = info;
    change(other);
    return desk::built_in(other);
  };
  EXPECT_FALSE(changed([](TraceInfo& i) { i.scenario = "billing"; }));
  EXPECT_FALSE(changed([](TraceInfo& i) { i.variant = "bad; rm -rf ~"; }));
  EXPECT_FALSE(changed([](TraceInfo& i) { i.parameters.emplace_back("password", "1"); }));
  EXPECT_FALSE(changed([](TraceInfo& i) { i.parameters[0].second = "secret"; }));
  EXPECT_FALSE(changed([](TraceInfo& i) { i.schedule.policy = "secret"; }));
  EXPECT_EQ(desk::replay_command({}), "");
}

}  // namespace
}  // namespace awaitscope::exports
