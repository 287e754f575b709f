// One running of a body: a recording, or a plain run whose values act at once. Staged values belong to exactly one
// session, and every use of a value checks that it is the current one of this thread.
#pragma once
#include <cstdint>
#include <source_location>
#include <string>

#include <cogent/detail/export.h>
#include <cogent/detail/mathematical_function.h>
#include <cogent/detail/scalar_type.h>

namespace cogent::stage {
class Recorder;
}

namespace cogent::detail {

class PlainRun;
class OwnFunction;
struct StructResult;

struct Session {
  std::uint32_t number;                         // unique in the process
  stage::Recorder* recorder;                    // null in a plain run
  PlainRun* plain;                              // null in a recording
  Session* outer = nullptr;                     // the one that was current when this one began
  const OwnFunction* own = nullptr;             // the function whose body runs, for code.recurse
  const StructResult* struct_result = nullptr;  // where its result goes, if that is a struct
  bool records() const { return recorder != nullptr; }
};

COGENT_EXPORT inline constinit thread_local Session* current_session = nullptr;

/// A staged value: while recording, the number of what computes it; in a plain run, the value's canonical form.
struct Word {
  std::int64_t bits = 0;
  std::uint32_t session = 0;
};

/// Explains why a value or code block of session `number` cannot be used here, and throws GenerationError.
[[noreturn]] COGENT_EXPORT void throw_foreign(std::uint32_t number);

inline Session& session_of(std::uint32_t number) {
  Session* session = current_session;
  if (session == nullptr || session->number != number) [[unlikely]]
    throw_foreign(number);
  return *session;
}
/// The current session, for an operand that belongs to none. Throws where there is none.
COGENT_EXPORT Session& require_session();

/// The current session, told where the user's program stands; every operand tells.
COGENT_EXPORT Session& mark_place(const std::source_location& at);

// ---- recording; each takes and gives words of the current session
COGENT_EXPORT Word record_constant(std::int64_t canonical, ScalarType type);
COGENT_EXPORT Word record_binary(Operation operation, Word a, Word b);
COGENT_EXPORT Word record_select(Word condition, Word if_true, Word if_false);
COGENT_EXPORT Word record_convert(Word value, ScalarType to);
COGENT_EXPORT Word record_not(Word condition);
COGENT_EXPORT Word record_unary(Operation operation, Word a);
COGENT_EXPORT Word record_bits(Word value, ScalarType to);
COGENT_EXPORT Word record_fused_multiply_add(Word a, Word b, Word c);
COGENT_EXPORT Word record_mathematics(MathematicalFunction function, Word a);
COGENT_EXPORT Word record_mathematics(MathematicalFunction function, Word a, Word b);
COGENT_EXPORT Word record_size(std::uint32_t array);
COGENT_EXPORT Word record_load(std::uint32_t array, Word index);
/// A store to the element that `loaded` has just read: the load goes away if nothing came between.
COGENT_EXPORT void record_element_store(std::uint32_t array, Word index, Word loaded, Word value);
COGENT_EXPORT std::uint32_t record_variable(ScalarType type, Word initial);
COGENT_EXPORT Word record_get(std::uint32_t variable);
COGENT_EXPORT void record_set(std::uint32_t variable, Word value);

/// What had happened when a condition was computed, so that && can tell what its right side did.
struct Moment {
  std::uint32_t region = 0, last = 0, changes = 0, variables = 0;
};
COGENT_EXPORT Moment moment_now(Session& session);
/// `value` if `condition` holds, else `otherwise`; what was recorded since the moment happens only if it holds. In a
/// plain run the faults since the moment are dropped unless it holds.
COGENT_EXPORT Word skip_unless(Session& session, const Moment& since, Word condition, bool otherwise, Word value);

// ---- faults of a plain run. A fault is pending until the next effect, because && may still drop it.
COGENT_EXPORT void plain_index_fault(Session& session, std::uint32_t array, std::int64_t index, std::int64_t size,
                                     int dimension = 0, int rank = 1);
COGENT_EXPORT void plain_division_fault(Session& session);
/// Throws the pending fault, if any: called by every effect.
COGENT_EXPORT void plain_effect(Session& session);

}  // namespace cogent::detail
