// One recording: the session behind the staged values of a body that is being generated.
#pragma once
#include <cogent/detail/control.h>
#include <cogent/detail/parameter.h>
#include <cogent/error.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ir/builder.h"

namespace cogent::stage {

/// How a recording differs from the usual one, for re-staging (stage/restage.h).
struct RecordingMode {
  bool every_loop_twice = false;
  int skipped_depth = -1;          // the whens and loops nested in this many others are not entered
  bool forwards_variables = true;  // straight-line reads of a variable give its last value
};

/// A mistake noticed while recording, raised at the end of it.
struct Mistake {
  ir::Line line;
  std::string text;
};

/// Two recordings of one loop's body: the For or Loop statements.
struct TwinLoops {
  ir::Id first, second;
};

class Recorder {
 public:
  Recorder();
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Begins a recording into `program` and makes it the current session of this thread.
  void start(ir::Program& program, std::string_view name, ir::Type result, const RecordingMode& mode);
  /// Ends it: the session that was current before is so again.
  void stop() noexcept;

  detail::Session& session() { return session_; }
  ir::Builder& builder() { return builder_; }
  const ir::Builder& builder() const { return builder_; }
  /// Where the user's source does the next operation.
  void at(const ir::Place& place) {
    builder_.at(builder_.place(place));
    ++operations_;
  }
  ir::Id get(ir::Id variable) {
    ++operations_;
    return builder_.get(variable);
  }
  ir::Program& program() { return builder_.program(); }
  std::uint32_t folded() const { return builder_.folded(); }
  const std::vector<TwinLoops>& twins() const { return twins_; }
  bool has_parallel_loops() const { return has_parallel_loops_; }
  /// Regions of branches and loops that were not entered, by their numbers.
  const std::vector<ir::Id>& skipped_regions() const { return skipped_; }
  /// How deep whens and loops are nested.
  int deepest_body() const { return deepest_body_; }
  /// Raises the first mistake, if there was one.
  void raise_mistakes() const;
  void mistake(std::string text) { mistakes_.push_back({builder_.line(), std::move(text)}); }
  /// Raises a mistake at once.
  [[noreturn]] void fail(const std::string& text) const;

  // ---- control flow, as include/cogent/detail/control.h describes it
  ir::Id open_range(ir::Id first, ir::Id last, ir::Id step, bool is_parallel);
  void open_endless(detail::LoopKind kind);
  bool enters_loop() { return is_run(); }
  void open_unrolled();
  void next_unrolled();
  bool close_loop(ir::Id* index);
  void abandon_loop(bool by_exception) noexcept;
  void test_loop(ir::Id condition);
  void name_loop(const char* name) { loops_.back().name = name; }
  void breaks(const char* loop);
  void continues(const char* loop);
  bool open_when(ir::Id condition);
  bool open_otherwise();
  bool open_otherwise_when(ir::Id condition);
  void close_branch(bool is_chained) noexcept;
  void returns(ir::Id value);
  /// The end of the body, which gives the value; none: nothing.
  void finish(ir::Id value);

  // ---- recorder_choices.cpp
  bool open_cases(ir::Id selector, std::span<const std::int64_t> constants);
  void next_case(std::int64_t constant);
  void open_states(int count, std::int64_t start);
  int next_state();
  void go(std::int64_t state);
  void go(ir::Id byte, std::span<const std::int64_t> states);
  void leave_states();

 private:
  struct OpenLoop {
    detail::LoopKind kind;
    bool is_second = false, is_parallel = false;
    const char* name = nullptr;
    ir::Id region = ir::none;     // of the present body, left by breaks(); none while opening the next one may throw
    ir::Id iteration = ir::none;  // of an unrolled loop: the block of the present iteration
    ir::Id statement = ir::none;  // none: not open
    ir::Id first = ir::none, last = ir::none, step = ir::none;
    ir::Id selector = ir::none;  // of cases
    std::int64_t first_constant = 0;
  };
  struct OpenStates {  // of a loop of kind States
    int count, start;
    std::vector<ir::Id> regions;  // per state; none: not reached so far
    std::vector<int> waiting;     // reached, not recorded yet
  };

  struct ClosedBranch {
    ir::Id first_node = ir::none;  // the first that was made in it or later
    std::uint32_t operations = 0;  // so many were done before it was closed
  };

  const OpenLoop& loop_named(const char* name, const char* what) const;
  OpenStates& innermost_states(const char* what);
  void close_regions(const OpenLoop& loop);
  void open_first_case(OpenLoop& loop);
  int open_next_state();
  ir::Id region_of(OpenStates& states, std::int64_t state);
  void check_ends(ir::Id states);
  ir::Id open_loop_body(OpenLoop& loop);
  bool left_a_branch_with(ir::Id value) const;
  bool enter_branch();
  bool is_run();  // whether the body of the branch or loop that has just opened is recorded
  const ir::Builder::Branch& branch_to_continue(const char* what, bool may_have_condition);

  ir::Builder builder_;
  RecordingMode mode_;
  detail::Session session_{};
  detail::Session* previous_ = nullptr;
  std::vector<OpenLoop> loops_;
  std::vector<OpenStates> states_;
  std::vector<Mistake> mistakes_;
  std::vector<TwinLoops> twins_;
  std::vector<ir::Id> skipped_;
  std::vector<ir::Id> open_branches_;  // per branch, how many nodes there were when it was opened
  ClosedBranch last_branch_;
  std::uint32_t operations_ = 0;
  int body_depth_ = 0, deepest_body_ = 0;
  bool has_parallel_loops_ = false;
  bool lacks_memory_ = false;  // for a mistake that was noticed in a destructor
};

/// A position for an error, from a line of the program.
SourcePosition position_of(const ir::Program& program, ir::Line line);

}  // namespace cogent::stage
