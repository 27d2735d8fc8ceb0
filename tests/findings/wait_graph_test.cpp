#include "core/findings/wait_graph.h"

#include "core/model/replay.h"
#include "tests/findings/graphed.h"

namespace awaitscope {
namespace {

std::string shown(const Run& run, const WaitNode& node) {
  switch (node.type) {
    case WaitNode::Type::task: return run.name_of(TaskId{node.id});
    case WaitNode::Type::scope: return "scope " + std::to_string(node.id);
    case WaitNode::Type::resource: return run.name_of(ResourceId{node.id});
    case WaitNode::Type::request: return "request " + std::to_string(node.id);
    case WaitNode::Type::job: return "job " + std::to_string(node.id);
    case WaitNode::Type::timer: return "timer " + std::to_string(node.id);
    case WaitNode::Type::outside: break;
  }
  return "outside";
}

/// One line an edge: "a waits b 12 a.cpp:3", with a ! before what is stuck; sorted.
std::string edges(const Run& run, const WaitGraph& graph) {
  constexpr std::string_view types[] = {"waits", "held", "child", "deadline"};
  const auto node = [&](std::uint32_t n) { return (graph.nodes[n].stuck ? "!" : "") + shown(run, graph.nodes[n]); };
  std::vector<std::string> lines;
  for (const WaitEdge& edge : graph.edges)
    lines.push_back(node(edge.from) + " " + std::string(types[static_cast<int>(edge.type)]) + " " + node(edge.to) + " " +
                    std::to_string(edge.since) + " " + show(run.trace.site(edge.site)) + "\n");
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

std::string edges_at_end(const std::string& text) {
  const auto r = recorded(text);
  return edges(r->run, wait_graph(r->run, r->history.model));
}

std::string rings(const std::string& text) {
  const auto r = recorded(text);
  std::string out;
  for (const WaitRing& ring : wait_graph(r->run, r->history.model).cycles()) {
    for (const TaskId task : ring.tasks) out += r->run.name_of(task) + " ";
    out += "\n";
  }
  return out;
}

const std::string made = R"(
0 resource_created resource=1 type=lock capacity=1 name=l
0 resource_created resource=2 type=semaphore capacity=2 name=s
0 resource_created resource=3 type=event name=e
0 task_created task=1 name=a
0 task_created task=2 name=b
0 task_created task=3 name=c
0 task_created task=4 name=d
)";  // 7 events

TEST(WaitGraph, HasAnEdgeForEachKindOfWait) {
  EXPECT_EQ(edges_at_end(made + R"(
0 acquired task=1 resource=1 at=a.cpp:3
1 timer_set task=1 timer=5 when=2 for=sleep
1 step_end task=1 waits=sleep at=a.cpp:4
1 acquire_begin task=2 resource=1 waiters=1
1 step_end task=2 object=1 waits=lock at=a.cpp:5
1 scope_enter task=3 scope=1 type=timeout deadline=9
1 timer_set task=3 timer=6 when=9 for=deadline at=a.cpp:6
1 step_end task=3 object=2 waits=task at=a.cpp:7
1 job_submitted task=4 job=1
1 step_end task=4 object=1 waits=job at=a.cpp:8
)"),
            "a waits timer 5 10 a.cpp:4\n"
            "b waits l 12 a.cpp:5\n"
            "c deadline timer 6 0 a.cpp:6\n"
            "c waits b 15 a.cpp:7\n"
            "d waits job 1 17 a.cpp:8\n"
            "l held a 8 a.cpp:3\n");
  EXPECT_EQ(edges_at_end(made + R"(
1 request_begin task=1 request=4 service=9
1 step_end task=1 object=4 waits=request at=a.cpp:1
1 step_end task=2 waits=future at=a.cpp:2
1 scope_enter task=3 scope=1 type=gather
1 task_created task=5 name=x parent=3 scope=1 at=a.cpp:3
1 scope_child task=3 scope=1 child=4
1 step_end task=3 object=1 waits=gather at=a.cpp:4
1 step_end task=4 object=3 waits=event at=a.cpp:5
)"),
            "a waits request 4 9 a.cpp:1\n"
            "b waits outside 10 a.cpp:2\n"
            "c waits scope 1 14 a.cpp:4\n"
            "d waits e 15 a.cpp:5\n"
            "scope 1 child d 7 ?\n"
            "scope 1 child x 12 a.cpp:3\n");
}

TEST(WaitGraph, IsThatOfTheMomentAskedFor) {
  const auto r = recorded(made + "1 step_end task=1 object=2 waits=task\n2 task_ready task=1\n");
  Replay replay(r->trace);
  EXPECT_NE(wait_graph(r->run, replay.at(8)).wait_of({1}), nullptr);
  EXPECT_EQ(wait_graph(r->run, replay.at(9)).wait_of({1}), nullptr);
  EXPECT_EQ(wait_graph(r->run, replay.at(0)).node({1}), nullptr);
}

TEST(WaitGraph, LeavesOutWhatIsOverAlthoughNobodyWokeTheTask) {
  const auto r = recorded(made + "1 step_end task=1 object=2 waits=task\n1 task_done task=2\n1 step_end task=3 waits=sleep\n");
  const WaitGraph graph = wait_graph(r->run, r->history.model);
  EXPECT_NE(graph.node({1}), nullptr);
  EXPECT_EQ(graph.wait_of({1}), nullptr);
  EXPECT_EQ(graph.wait_of({3}), nullptr);
  EXPECT_EQ(graph.node({2}), nullptr);  // it has ended, and holds nothing
}

TEST(WaitGraph, FindsTwoLocksInOppositeOrders) {
  const std::string locks = R"(
0 resource_created resource=1 type=lock capacity=1 name=l
0 resource_created resource=2 type=lock capacity=1 name=m
0 task_created task=1 name=a
0 task_created task=2 name=b
0 task_created task=3 name=c
0 acquired task=1 resource=1
0 acquired task=2 resource=2
1 step_end task=1 object=2 waits=lock
1 step_end task=3 object=1 waits=lock
)";
  EXPECT_EQ(rings(locks), "");
  EXPECT_EQ(rings(locks + "2 step_end task=2 object=1 waits=lock\n"), "a b \n");  // c is stuck too, but in no ring
  EXPECT_EQ(rings(locks + "2 step_end task=2 waits=future\n"), "");
}

TEST(WaitGraph, ASemaphoreIsExhaustedOnlyWhenAllItsHoldersAreStuck) {
  const std::string text = made + R"(
0 acquired task=1 resource=2 left=1
0 acquired task=2 resource=2
1 step_end task=1 object=2 waits=semaphore
)";
  EXPECT_EQ(rings(text + "1 timer_set task=2 timer=1 when=2 for=sleep\n1 step_end task=2 waits=sleep\n"), "");
  EXPECT_EQ(rings(text + "1 step_end task=2 object=2 waits=semaphore\n"), "a b \n");
  // One holder has ended without giving back: the other waits for itself.
  EXPECT_EQ(rings(text + "1 task_done task=2\n"), "a \n");
}

TEST(WaitGraph, AGroupWaitsForAllOfItsTasksAWaitForAnyOne) {
  const auto text = [](const std::string& type) {
    return made + "0 acquired task=1 resource=1\n0 scope_enter task=1 scope=1 type=" + type + R"(
0 scope_child task=1 scope=1 child=2
0 scope_child task=1 scope=1 child=3
1 step_end task=1 object=1 waits=scope
1 step_end task=2 object=1 waits=lock
1 step_end task=3 object=3 waits=event
)";
  };
  EXPECT_EQ(rings(text("group")), "a b \n");
  EXPECT_EQ(rings(text("gather")), "a b \n");
  EXPECT_EQ(rings(text("wait")), "");
  EXPECT_EQ(rings(text("wait") + "1 task_done task=3\n"), "a b \n");
}

TEST(WaitGraph, NamesEveryTaskOfAKnotTheRingsFirst) {
  // a and b each hold a permit and wait for another one; c holds a lock that b wants too and waits for a.
  EXPECT_EQ(rings(made + R"(
0 acquired task=2 resource=2 left=1
0 acquired task=3 resource=2
1 step_end task=2 object=3 waits=task
1 step_end task=3 object=2 waits=semaphore
)"),
            "b c \n");
  EXPECT_EQ(rings(made + R"(
0 acquired task=1 resource=2 left=1
0 acquired task=2 resource=2
1 step_end task=1 object=2 waits=semaphore
1 step_end task=2 object=3 waits=task
1 step_end task=3 object=2 waits=semaphore
)"),
            "a b c \n");
}

TEST(WaitGraph, StandsHostileNumbers) {
  EXPECT_EQ(edges_at_end("0 acquired task=4000000000 resource=4000000000\n0 step_end task=3 object=4000000000 waits=task\n"
                         "0 step_end task=2 object=2 waits=task\n0 step_end task=1 object=4294967295 waits=lock\n"),
            "!task-2 waits !task-2 3 ?\ntask-1 waits outside 4 ?\ntask-3 waits outside 2 ?\n");
}

}  // namespace
}  // namespace awaitscope
