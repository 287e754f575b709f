// Calls as the session sees them: what is called, with which arguments, and how a callee's arguments lie in slots.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cogent/array.h>
#include <cogent/error.h>

namespace cogent::detail {

// Numbered as in ir/callee.h.
enum class ArrayAccess : std::uint8_t { In, Out, InOut };
enum class CallKind : std::uint8_t { Function, Print, Recurse, Generated };

/// What a call calls. Slot 0 takes the canonical result, the arguments lie in the slots from 1 on: a value in one, an
/// array in one or two (its address, then its size if the callee takes it).
class CallTarget {
 public:
  CallTarget() = default;
  virtual ~CallTarget() = default;
  CallTarget(const CallTarget&) = delete;
  CallTarget& operator=(const CallTarget&) = delete;

  virtual void run(std::uint64_t* slots) const = 0;
  /// The same from a plain run.
  virtual void run_plain(std::uint64_t* slots) const { run(slots); }
  /// Equal for targets that do the same; null: not known.
  virtual const void* identity() const { return nullptr; }
};

struct CallArgument {
  ScalarType type;  // of the value, or of the elements
  bool is_array = false;
  bool passes_size = false;
  ArrayAccess access = ArrayAccess::In;
  Word value{};
  ArrayHandle array{};
};

struct CallRequest {
  CallKind kind;
  std::string_view name;
  ScalarType result;
  std::span<const CallArgument> arguments;
  std::shared_ptr<const CallTarget> target;  // may be null while recording a Recurse
};

/// Records the call, or does it now in a plain run. The result; nothing if the callee gives none.
Word record_call(Session& session, const CallRequest& request);
/// Raises a mistake at the present line: while recording at once, in a plain run as well.
[[noreturn]] void fail(Session& session, const std::string& text);

/// Where the session stands in the user's source.
SourcePosition present_place(const Session& session);
/// The slots of a call of arrays as they are now; of a recording their sizes alone mean something.
std::vector<std::uint64_t> sample_slots(std::span<const CallArgument> arguments);

/// A call of a generated function by another one that is going on in this thread. Throws RunTimeError when too many are
/// (set_recursion_limit) or the stack is nearly full.
class CallLevel {
 public:
  explicit CallLevel(const SourcePosition& at);
  ~CallLevel();
  CallLevel(const CallLevel&) = delete;
  CallLevel& operator=(const CallLevel&) = delete;
};

}  // namespace cogent::detail
