// Groups the calls of a program by their line and their callee.
#include "jit/explain_calls.h"

#include <algorithm>

namespace cogent::jit {
namespace {

using ir::Callee;
using ir::CalleeKind;
using ir::Id;
using ir::none;

/// The calls of one line that are the same: unrolling makes many.
struct Calls {
  ir::Line line;
  const Callee* callee;
  std::size_t count = 0, count_in_loops = 0;
};

bool is_same(const Callee& a, const Callee& b) {
  return a.kind == b.kind && a.name == b.name && a.identity == b.identity;
}

class CallCounter {
 public:
  explicit CallCounter(const ir::Program& program) : program_(program) { count(0, false); }

  std::vector<Calls> calls;

 private:
  void count(Id region, bool is_in_loop) {
    ir::for_each_statement(program_, region, [&](Id, const ir::Statement& statement) {
      if (statement.what == ir::Do::Call) add(statement, is_in_loop);
      if (!ir::has_regions(statement.what)) return;
      const bool repeats = is_in_loop || ir::repeats_regions(statement.what);
      ir::for_each_region(program_, statement, [&](Id inner) { count(inner, repeats); });
    });
  }
  void add(const ir::Statement& statement, bool is_in_loop) {
    const Callee& callee = program_.callees[statement.b];
    auto found = std::ranges::find_if(
        calls, [&](const Calls& other) { return other.line == statement.line && is_same(*other.callee, callee); });
    if (found == calls.end()) found = calls.insert(found, {statement.line, &callee});
    ++found->count;
    found->count_in_loops += is_in_loop;
  }

  const ir::Program& program_;
};

std::string name_of(const Callee& callee) {
  switch (callee.kind) {
    case CalleeKind::Function:
      return "a C++ function";
    case CalleeKind::Print:
      return "code.print";
    case CalleeKind::Recurse:
      return "this function itself";
    default:
      return "the generated function " + callee.name;
  }
}

const char* cost_of(const Callee& callee) {
  switch (callee.kind) {
    case CalleeKind::Function:
      return "through a thunk, its arguments and result passed in memory";
    case CalleeKind::Print:
      return "through a thunk that formats a text and hands it out under a lock";
    case CalleeKind::Recurse:
      return "directly, its arguments and result passed in memory";
    default:
      return "through a thunk, its arguments and result passed in memory; what it does is not merged into this code";
  }
}

std::string times(const Calls& calls) {
  if (calls.count == 1) return calls.count_in_loops == 1 ? "in a loop" : "once, in no loop";
  std::string text = "from " + std::to_string(calls.count) + " places, ";
  if (calls.count_in_loops == 0) return text + "none in a loop";
  return text + (calls.count_in_loops == calls.count ? "all" : std::to_string(calls.count_in_loops)) + " in loops";
}

}  // namespace

std::vector<CallSentence> describe_calls(const ir::Program& program) {
  std::vector<CallSentence> sentences;
  for (const Calls& calls : CallCounter(program).calls)
    sentences.push_back(
        {calls.line, "calls " + name_of(*calls.callee) + " " + times(calls) + ", " + cost_of(*calls.callee)});
  return sentences;
}

}  // namespace cogent::jit
