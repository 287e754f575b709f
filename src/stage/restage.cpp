// The takes of a body and what their differences tell.
#include "stage/restage.h"

#include <cogent/error.h>

#include "stage/compare_recordings.h"
#include "stage/recorder.h"

namespace cogent::stage {
namespace {

using Kind = RecordingDifference::Kind;

/// One recording of the body, kept for comparing.
struct Take {
  Recorder recorder;
  ir::Program program;

  void record(const detail::Staging& staging, std::string_view name, const RecordingMode& mode) {
    recorder.start(program, name, static_cast<ir::Type>(staging.result), mode);
    struct Stop {
      Recorder& recorder;
      ~Stop() { recorder.stop(); }
    } stop{recorder};
    staging.run(staging.arguments, recorder.session());
  }
};

[[noreturn]] void raise(const ir::Program& program, ir::Line line, const char* text) {
  throw GenerationError(text, position_of(program, line));
}

void check_loops(const Take& take) {
  for (const TwinLoops& twins : take.recorder.twins()) {
    RecordingComparison comparison(take.program, take.program, {});
    if (comparison.same_statement(twins.first, twins.second)) continue;
    raise(take.program, comparison.difference().line,
          "this would be different in another iteration of the generated loop around it: a plain C++ variable changes "
          "in the loop's body, which is generated only once; use code.variable(...)");
  }
}

/// What follows a loop must not depend on how often its body was generated. Of twins the second is compared, because an
/// otherwise follows only that one.
void check_behind_loops(const Take& usual, const Take& twice) {
  if (twice.recorder.twins().empty()) return;
  RecordingComparison comparison(usual.program, twice.program, {});
  for (const TwinLoops& twins : twice.recorder.twins()) comparison.leave_out(twins.first);
  if (comparison.same_region(0, 0)) return;
  const auto& [kind, line] = comparison.difference();
  raise(kind == Kind::OnlyFirst ? usual.program : twice.program, line,
        "this depends on how often the body of the loop before it is generated: a plain C++ variable changes in that "
        "body; use code.variable(...)");
}

const char* explain(Kind kind) {
  switch (kind) {
    case Kind::NotSkipped:
      return "this is generated where a code.when(...) is not taken: a C++ else does not belong to code.when; write  "
             "if (auto _ = code.otherwise()) {...}";
    case Kind::OnlySecond:
      return "this is not generated, because a C++ return, break or continue in a block of code.when(...) left before "
             "it; write  "
             "code.returns(...),  if (code.breaks()) break;  or  if (code.continues()) continue;  (or because a plain "
             "C++ variable changes in that block: use code.variable(...))";
    case Kind::Result:
      return "the result depends on whether the block of a code.when(...) or a loop's body is generated: a plain C++ "
             "variable changes in that block, or a C++ return left it; use code.variable(...) or write  "
             "code.returns(...)";
    default:
      return "this depends on whether the block of a code.when(...) or a loop's body before it is generated: a plain "
             "C++ variable changes in that block; use code.variable(...)";
  }
}

void check_bodies(const Take& usual, const Take& skipping) {
  RecordingComparison comparison(usual.program, skipping.program, skipping.recorder.skipped_regions());
  if (comparison.same_region(0, 0)) return;
  const auto& [kind, line] = comparison.difference();
  raise(kind == Kind::OnlyFirst ? usual.program : skipping.program, line, explain(kind));
}

}  // namespace

void check_rule(const detail::Staging& staging, std::string_view name) {
  Take usual, other;
  usual.record(staging, name, {.forwards_variables = false});
  usual.recorder.raise_mistakes();
  other.record(staging, name, {.every_loop_twice = true, .forwards_variables = false});
  check_loops(other);
  check_behind_loops(usual, other);
  for (int depth = 0; depth < usual.recorder.deepest_body(); ++depth) {
    other.record(staging, name, {.skipped_depth = depth, .forwards_variables = false});
    check_bodies(usual, other);
  }
}

}  // namespace cogent::stage
