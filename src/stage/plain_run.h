// One plain run: the session behind staged values that act at once.
#pragma once
#include <cogent/detail/control.h>
#include <cogent/detail/parameter.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/fault_kind.h"
#include "ir/program.h"

namespace cogent::stage {

/// Thrown through the body by code.returns(), and caught by whoever runs the body.
struct PlainReturn {};

/// What a plain run cannot go on after; its runner makes a RunTimeError of it, with the array's name.
struct PlainFault {
  ir::FaultKind kind;
  std::source_location at;
  std::uint32_t array = 0;
  int dimension = 0, rank = 1;
  std::int64_t index = 0, size = 0;
  std::string message;
};

}  // namespace cogent::stage

namespace cogent::detail {

/// Where an array of a plain run comes from: a parameter, or where it was made.
struct PlainArray {
  ir::Storage storage = ir::Storage::Argument;
  std::uint16_t position = 0;
  std::source_location made_at{};
};

/// The state of a plain run. Public members: it is the counterpart of stage::Recorder for the functions of control.h.
class PlainRun {
 public:
  explicit PlainRun(ir::Type result);
  ~PlainRun();
  PlainRun(const PlainRun&) = delete;
  PlainRun& operator=(const PlainRun&) = delete;

  Session& session() { return session_; }
  /// The canonical result, once the body has ended or returned.
  std::int64_t result() const { return result_; }

  void at(const std::source_location& place) { place_ = place; }
  const std::source_location& place() const { return place_; }

  // A fault is pending from where it happened to the next effect: && may still drop it.
  void fault(stage::PlainFault fault);
  std::uint32_t faults() const { return faults_; }
  void drop_faults_since(std::uint32_t count);
  void effect();
  [[noreturn]] void fail(const std::string& text) const;

  void open_loop(LoopKind kind) { loops_.push_back({.kind = kind}); }
  void name_loop(const char* name) { loops_.back().name = name; }
  void close_loop();
  void abandon_loop(bool by_exception);
  /// At the end of an iteration of the innermost loop: whether it goes on.
  bool goes_on();
  void breaks(const char* loop);
  void continues(const char* loop);
  /// A loop is being left, and the one that was meant is still open.
  bool is_leaving() const { return leaving_.has_value(); }

  void open_cases(bool is_taken);
  void open_states(int count, std::int64_t start);
  int next_state();
  void go(std::int64_t state);
  void leave_states();

  bool open_when(bool condition);
  bool open_otherwise();
  bool open_otherwise_when(bool condition);
  void close_branch(bool is_chained, bool was_taken);

  void finish(std::int64_t value, ScalarType type);

  // The signature, bound parameter by parameter.
  std::uint32_t add_array();
  /// A table or scratch array that is made at the present place: one number for each place.
  std::uint32_t add_local_array(ir::Storage storage);
  void add_position() { ++signature_length_; }
  const PlainArray& array(std::uint32_t number) const { return arrays_[number]; }

 private:
  struct OpenLoop {
    LoopKind kind;
    const char* name = nullptr;
    bool is_taken = false;     // cases: one of the values is the selector
    int count = 0, state = 0;  // states: how many; the one that runs, or follows
  };
  struct Leaving {  // what code.breaks and its like have said, until C++ has left as many loops
    std::size_t loop;
    bool ends;               // it ends, or goes on with its next iteration
    const char* statement;   // how that is said
    std::size_t open_loops;  // when it was said
  };
  void leave(std::size_t loop, bool ends, const char* statement) { leaving_ = {loop, ends, statement, loops_.size()}; }
  [[noreturn]] void fail_after_leaving() const;
  std::size_t loop_named(const char* name, const char* what) const;
  std::size_t innermost_states(const char* what) const;
  void check_state(const OpenLoop& states, std::int64_t state) const;
  struct ClosedBranch {  // the one an otherwise would continue
    bool any_taken = false;
    std::uint32_t faults = 0;
  };

  Session session_{};
  Session* previous_;
  ir::Type result_type_;
  std::int64_t result_ = 0;
  std::source_location place_;
  std::optional<stage::PlainFault> pending_;
  std::uint32_t faults_ = 0;
  std::vector<OpenLoop> loops_;
  std::optional<Leaving> leaving_;
  std::vector<bool> chain_taken_;  // per open branch: whether an earlier one of its chain was taken
  std::optional<ClosedBranch> last_branch_;
  std::uint16_t signature_length_ = 0;
  std::vector<PlainArray> arrays_;
  const char* misuse_ = nullptr;  // noticed in a destructor, raised at the next effect
};

}  // namespace cogent::detail
