// differential_interpreter: programs of spec.md or trio_spec.md on stdin, one JSON line each; their results on stdout.
#include <iostream>

#include "tests/differential/interpreter.h"
#include "tests/differential/trio_interpreter.h"

int main() {
  using namespace awaitscope::differential;
  std::ios::sync_with_stdio(false);
  std::size_t number = 0;
  for (std::string line; std::getline(std::cin, line);) {
    ++number;
    if (line.empty()) continue;
    try {
      const Node program = read_json(line);
      const bool trio = !program["mode"].null() && program["mode"].text() == "trio";
      const Result result = trio ? TrioInterpreter(program, {}).execute() : Interpreter(program, {}).execute();
      std::string out = "{\"id\":" + quoted(program["id"].text()) + ",\"log\":[";
      for (std::size_t i = 0; i < result.log.size(); ++i) out += (i ? "," : "") + quoted(result.log[i]);
      out += "],\"ticks\":[";
      for (std::size_t i = 0; i < result.ticks.size(); ++i)
        out += (i ? "," : "") + (result.ticks[i] ? std::to_string(*result.ticks[i]) : "null");
      std::cout << out << "]}\n" << std::flush;
    } catch (const std::exception& error) {
      std::cerr << "line " << number << ": " << error.what() << '\n';
      std::cout << "{\"id\":\"line " << number << "\",\"log\":[],\"ticks\":[]}\n" << std::flush;
    }
  }
}
