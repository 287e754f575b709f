// Control flow as the session sees it: loops, branches, leaving. The objects that the code block gives are thin layers
// over this.
#pragma once
#include <exception>
#include <span>
#include <string_view>

#include <cogent/detail/export.h>
#include <cogent/logic.h>

namespace cogent::detail {

enum class LoopKind : std::uint8_t { Range, While, Forever, Unrolled, Cases, States };

// ---- loops; a loop is open from its open_... to close_loop or abandon_loop
COGENT_EXPORT Word open_range(Session& session, ScalarType type, Word first, Word last, Word step,
                              bool is_parallel);                   // recording; gives the index
COGENT_EXPORT void open_endless(Session& session, LoopKind kind);  // recording
/// Recording: whether the body of the range or endless loop that was just opened is generated. False only while the
/// rule is checked; the loop must be closed then.
COGENT_EXPORT bool enters_loop(Session& session);
COGENT_EXPORT void open_unrolled(Session& session);  // recording
COGENT_EXPORT void next_unrolled(Session& session);  // recording: another iteration begins
COGENT_EXPORT void open_plain_loop(Session& session, LoopKind kind);
/// The innermost loop is the one that breaks("name") and continues("name") mean.
COGENT_EXPORT void name_loop(Session& session, const char* name);
/// Ends the body. True while recording if the body is to be recorded once more, to compare (`index` is then the new
/// one).
COGENT_EXPORT bool close_loop(Session& session, Word* index);
/// The body was left by a C++ break, return or exception, or by a break that code.breaks() announced.
COGENT_EXPORT void abandon_loop(Session& session, int exceptions_at_entry) noexcept;
/// In a plain run, at the end of an iteration of the innermost loop: whether it goes on.
COGENT_EXPORT bool plain_goes_on(Session& session);
/// How many times a plain range runs.
COGENT_EXPORT std::uint64_t plain_trip_count(Session& session, ScalarType type, std::int64_t first, std::int64_t last,
                                             std::int64_t step);
[[noreturn]] COGENT_EXPORT void throw_zero_step(Session& session);

/// Recording: the innermost loop goes on only while the condition holds.
COGENT_EXPORT void record_loop_test(Session& session, Word condition);
COGENT_EXPORT bool record_breaks(Session& session, const char* loop);  // null: the innermost
COGENT_EXPORT bool record_continues(Session& session, const char* loop);
/// In a plain run: the loop that has just ended was left for the sake of one around it.
COGENT_EXPORT bool was_left(Session& session);

// ---- choices: code.cases and code.states are loops too
/// Recording: opens the region of the first constant. False: there is none.
COGENT_EXPORT bool open_cases(Session& session, Word selector, std::span<const std::int64_t> constants);
COGENT_EXPORT void next_case(Session& session, std::int64_t constant);
/// Plain: whether one of the values is the selector, so that the body is run.
COGENT_EXPORT void open_plain_cases(Session& session, bool is_taken);
COGENT_EXPORT void open_states(Session& session, int count, std::int64_t start);
/// Recording: ends the state's body; gives the next state to record, or a negative number.
COGENT_EXPORT int next_state(Session& session);
/// Plain: ends the state's body; gives the state that follows, or a negative number when the states are left.
COGENT_EXPORT int next_plain_state(Session& session);
COGENT_EXPORT bool record_go(Session& session, std::int64_t state);
COGENT_EXPORT bool record_go(Session& session, Word byte, std::span<const std::int64_t, 256> states);
COGENT_EXPORT bool record_leave(Session& session);
COGENT_EXPORT void check_distinct(Session& session, std::span<const std::int64_t> constants);
[[noreturn]] COGENT_EXPORT void throw_misuse(Session& session, const char* text);
COGENT_EXPORT void record_return(Session& session, Word value, ScalarType type);  // type Void: no value
COGENT_EXPORT void record_struct_return(Session& session);                        // whose value is stored
/// What the body ends with: its result, or nothing (type Void).
COGENT_EXPORT void finish_body(Session& session, Word value, ScalarType type);
COGENT_EXPORT void record_require(Session& session, Word condition, std::string_view message);
COGENT_EXPORT void record_comment(Session& session, std::string_view text);
/// Accesses from here on are not checked at run time, or are. Gives what was so before.
COGENT_EXPORT bool leave_unchecked(Session& session, bool unchecked) noexcept;

/// Leaves accesses unchecked while it lives.
class UncheckedScope {
 public:
  explicit UncheckedScope(Session& session) : session_(session), before_(leave_unchecked(session, true)) {}
  UncheckedScope(const UncheckedScope&) = delete;
  UncheckedScope& operator=(const UncheckedScope&) = delete;
  ~UncheckedScope() { leave_unchecked(session_, before_); }

 private:
  Session& session_;
  bool before_;
};

// ---- branches: whether the body of the branch is to be run now
COGENT_EXPORT bool open_when(Session& session, Word condition);
COGENT_EXPORT bool open_otherwise(Session& session);
COGENT_EXPORT bool open_otherwise_when(Session& session, Word condition);
COGENT_EXPORT void close_branch(Session& session, bool is_chained, bool was_taken) noexcept;

/// What a loop object shares: it ends its loop exactly once, however the body is left.
class LoopScope {
 public:
  explicit LoopScope(Session& session) : session_(session), exceptions_(std::uncaught_exceptions()) {}
  /// A loop that is not open yet, with a name.
  LoopScope(const LoopScope& other, const char* name)
      : session_(other.session_), exceptions_(std::uncaught_exceptions()), name_(name) {}
  LoopScope(const LoopScope&) = delete;
  LoopScope& operator=(const LoopScope&) = delete;
  ~LoopScope() {
    if (is_open_) abandon_loop(session_, exceptions_);
  }

 protected:
  bool records() const { return session_.records(); }
  const char* name() const { return name_; }
  void opened() {
    is_open_ = true;
    if (name_ != nullptr) name_loop(session_, name_);
  }
  Session& session_;
  bool is_open_ = false;

 private:
  int exceptions_;
  const char* name_ = nullptr;
};

struct LoopEnd {};

/// What `for (auto _ : ...)` gives where there is no index. Not trivial, so that compilers do not call it unused.
struct Iteration {
  ~Iteration() {}  // NOLINT(modernize-use-equals-default)
};

}  // namespace cogent::detail
