// run_checked: the body's rule, then plain run, interpreter and machine code side by side. Calls are made in the plain
// run only; the others get what came of them.
#include <cogent/error.h>

#include <new>
#include <optional>

#include "interpret/interpreter.h"
#include "ir/number_text.h"
#include "ir/semantics.h"
#include "jit/argument_copy.h"
#include "jit/function_implementation.h"
#include "stage/restage.h"

namespace cogent::detail {
namespace {

using jit::ArgumentCopy;

/// What one way of running a call came to.
struct Ending {
  std::optional<RunTimeError> error;
  std::exception_ptr thrown;  // the error, or what else a callee threw
  std::uint64_t result = 0;
  bool was_unchecked = false;  // of the interpreter: the error is an index that machine code does not check

  /// What only a callee can have thrown: the same object in all ways of running.
  std::exception_ptr foreign() const { return error ? nullptr : thrown; }
};

template <class Run>
Ending run_to_end(std::uint64_t* slots, Run&& run) {
  Ending ending;
  try {
    run();
    ending.result = slots[0];
  } catch (const RunTimeError& error) {
    ending.error = error;
    ending.thrown = std::current_exception();
  } catch (const Error&) {  // a misuse in a plain run, or a difference
    throw;
  } catch (const std::bad_alloc&) {  // the check has no memory, or a callee, which then cannot be compared
    throw;
  } catch (...) {
    ending.thrown = std::current_exception();
  }
  return ending;
}

class Check {
 public:
  Check(const jit::FunctionIdentity& identity, const ir::Program& program, const stage::CallJournal& journal,
        const Call& call)
      : identity_(identity), program_(program), journal_(journal), before_(program, call.slots) {}

  /// Interprets the program on a copy of the arrays as they were, and notes what C++ would call undefined.
  void interpret() { ending_ = interpret(before_, {.undefined = &undefined_}); }

  /// Whether it ended with an index that machine code does not check and that must not happen there.
  bool ended_unchecked() const { return ending_.was_unchecked; }

  /// Throws CheckError unless the other way of running ended like the interpreter.
  void compare(const char* way, const Ending& ending, const std::uint64_t* slots, const ArgumentCopy& untouched) const {
    if (ending.error.has_value() != ending_.error.has_value() || ending.foreign() != ending_.foreign() ||
        (ending.error && !is_same_error(*ending.error)))
      raise(way, "ends with: " + describe(ending) + ", the interpreter with: " + describe(ending_), line_of(ending));
    if (!ending.thrown && !is_same_result(ending))
      raise(way, "gives " + describe(ending) + ", the interpreter " + describe(ending_), {});
    if (const auto difference = before_.find_difference(slots)) raise_difference(way, *difference, untouched);
  }

  /// Throws CheckError where C++ itself would have been undefined.
  void report_undefined() const {
    if (undefined_.empty()) return;
    const interpret::Undefined& first = undefined_.front();
    throw CheckError("in C++ this would be undefined (a signed overflow or a shift by too much): the operands are " +
                         std::to_string(first.a) + " and " + std::to_string(first.b) +
                         "; generated code wraps. Use a wider or an unsigned type",
                     stage::position_of(program_, first.line));
  }

 private:
  // Where the stack ends calls within each other, it need not do so in all ways of running.
  bool is_same_error(const RunTimeError& error) const {
    const std::string_view one = error.what(), other = ending_.error->what();
    return one == other || (stage::is_about_depth(one) && stage::is_about_depth(other));
  }
  bool is_same_result(const Ending& ending) const {
    return ir::is_same_value(program_.result, static_cast<std::int64_t>(ending.result),
                             static_cast<std::int64_t>(ending_.result));
  }
  Ending interpret(ArgumentCopy& copy, const interpret::Options& options) const {
    stage::CallReplay replay(journal_, copy, "the interpreter");
    stage::RunContext context{.state = {}, .exception = nullptr, .replay = &replay};
    bool was_unchecked = false;
    Ending ending = run_to_end(copy.slots(), [&] {
      const auto outcome = jit::interpret_with_calls(program_, copy.slots(), context, options);
      was_unchecked = outcome.fault.was_unchecked;
      if (outcome.end == interpret::Outcome::End::Fault) jit::raise_fault(identity_, program_, outcome.fault);
    });
    replay.finish();
    ending.was_unchecked = was_unchecked;
    return ending;
  }
  std::string describe(const Ending& ending) const {
    if (ending.foreign()) return "an exception of a callee";
    return ending.error ? ending.error->what()
                        : ir::number_text(static_cast<std::int64_t>(ending.result), program_.result);
  }
  SourcePosition line_of(const Ending& ending) const {
    return ending.error ? ending.error->position() : ending_.error ? ending_.error->position() : SourcePosition{};
  }
  [[noreturn]] void raise(const char* way, const std::string& what, SourcePosition position) const {
    throw CheckError(identity_.name + ": " + way + " " + what, std::move(position));
  }
  [[noreturn]] void raise_difference(const char* way, const ArgumentCopy::Difference& difference,
                                     const ArgumentCopy& untouched) const {
    const ir::Type type = difference.type;
    raise(way,
          "makes " + jit::array_name(identity_, program_, difference.array) + before_.describe_place(difference) +
              " = " + ir::number_text(difference.theirs, type) + ", the interpreter " +
              ir::number_text(difference.ours, type) + hint_of_calls(),
          line_of_store(difference, untouched));
  }
  /// What the journal of calls cannot know.
  std::string hint_of_calls() const {
    if (journal_.entries().empty()) return "";
    return " (called functions run in the plain run only, and the others are given what these wrote to arrays that "
           "were "
           "passed to be written: a callee that reaches an array by other ways makes such a difference)";
  }
  /// The line of the last store to an element: found by interpreting once more.
  SourcePosition line_of_store(const ArgumentCopy::Difference& difference, const ArgumentCopy& untouched) const {
    ArgumentCopy fresh(program_, untouched.slots());
    ir::Line line = 0;
    interpret(fresh, {.watched = fresh.address_of(difference), .watched_line = &line});
    return stage::position_of(program_, line);
  }

  const jit::FunctionIdentity& identity_;
  const ir::Program& program_;
  const stage::CallJournal& journal_;
  ArgumentCopy before_;
  Ending ending_;
  std::vector<interpret::Undefined> undefined_;
};

}  // namespace

void FunctionCore::run_checked(const Call& call) {
  const jit::FunctionIdentity& identity = *implementation_->identity;
  const jit::CompilerLoan compiler;
  compiler->record(call.staging, identity.name);  // mistakes that need no comparing come first
  stage::check_rule(call.staging, identity.name);
  jit::record_and_optimize(*compiler, identity, call.staging, {});
  const ir::Program program = compiler->recorded();

  const ArgumentCopy untouched(program, call.slots);
  ArgumentCopy for_machine(program, call.slots);
  const stage::CallJournal journal;
  Check check(identity, program, journal, call);
  const Ending plain = run_to_end(call.slots, [&] { run_plain(call); });
  check.interpret();
  check.compare("the plain run", plain, call.slots, untouched);
  if (check.ended_unchecked()) std::rethrow_exception(plain.thrown);
  stage::CallReplay replay(journal, for_machine, "the machine code");
  const Ending machine = run_to_end(for_machine.slots(), [&] {
    const jit::Reclaimer::Guard guard;
    const Call copy{call.key, for_machine.slots(), call.staging};
    implementation_->find(copy, guard).run(copy, &replay);
  });
  replay.finish();
  check.compare("the machine code", machine, for_machine.slots(), untouched);
  check.report_undefined();
  if (plain.thrown) std::rethrow_exception(plain.thrown);
}

}  // namespace cogent::detail
