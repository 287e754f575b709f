// Calls as the session sees them: what is called, with which arguments, and how a callee's arguments lie in slots.
#pragma once
#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cogent/detail/export.h>
#include <cogent/error.h>
#include <cogent/local_array.h>

namespace cogent::detail {

// Numbered as in ir/callee.h.
enum class ArrayAccess : std::uint8_t { In, Out, InOut };
enum class CallKind : std::uint8_t { Function, Print, Recurse, Generated };

/// What a call calls. Slot 0 takes the canonical result, the arguments lie in the slots from 1 on: a value in one, an
/// array in one or two (its address, then its size if the callee takes it), and what else the callee wants to know of
/// its shape in those behind, as values; a struct is an array of one.
class COGENT_EXPORT CallTarget {
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
  ScalarType type;  // of the value, or of the elements; of structs U8
  bool is_array = false;
  bool passes_size = false;
  ArrayAccess access = ArrayAccess::In;
  Word value{};
  ArrayHandle array{};
  std::int64_t bytes = 0;  // of an array in a plain run: from its address to the end of its last element
  LocalMemory memory{};    // of a struct in a plain run
};
using CallArguments = std::vector<CallArgument>;

/// An array of the body, whatever its rank.
struct PassedArray {
  ScalarType type;
  ArrayHandle array;
  int rank;
  std::int64_t element_bytes;
  std::int64_t extents[3] = {}, strides[3] = {};  // while recording only if they are known
};

template <class U>
concept ArrayOperand = requires { typename std::remove_cvref_t<U>::element_type; } &&
                       requires(const std::remove_cvref_t<U>& array) { array.handle(); };

template <ArrayOperand U>
PassedArray passed_array(const U& array) {
  using T = typename U::element_type;
  const auto& handle = array.handle();
  PassedArray result{element_scalar<T>(), {handle.number, handle.session, handle.memory, 0, 0}, U::rank, sizeof(T)};
  if constexpr (U::rank == 1) {
    result.array = handle;
    result.extents[0] = handle.size;
    result.strides[0] = handle.step / result.element_bytes;
  } else {
    std::copy_n(handle.extents, U::rank, result.extents);
    std::copy_n(handle.strides, U::rank, result.strides);
  }
  return result;
}

/// What a callee learns of the shape of an array: nothing, because it takes elements without gaps or knows the shape;
/// the size of elements without gaps; all extents and strides.
enum class ShapePassed : std::uint8_t { Nothing, Known, Size, Whole };

/// Appends the array, and the extents and strides behind it. Raises a mistake where gaps would be lost.
COGENT_EXPORT void pass_array(const PassedArray& array, ArrayAccess access, ShapePassed shape, CallArguments& passed);

/// Appends the address of a copy of the struct.
template <PlainStruct S>
void pass_struct(Session& session, const StructWords<S>& words, CallArguments& passed) {
  CallArgument argument{.type = element_scalar<S>(), .is_array = true, .bytes = sizeof(S)};
  argument.array = make_scratch(session, 1, sizeof(S), leaves_of<S>(), true, words.data(), argument.memory);
  passed.push_back(std::move(argument));
}
/// Appends the address of memory for the struct that the callee gives, and says where it is.
template <PlainStruct S>
ArrayHandle pass_struct_result(Session& session, CallArguments& passed) {
  pass_struct<S>(session, constant_struct(some_struct<S>()), passed);
  passed.back().access = ArrayAccess::Out;
  return passed.back().array;
}
/// The struct at an address from a slot. (Of a recording there is none.)
template <PlainStruct S>
S take_struct(const std::uint64_t*& slot) {
  const auto* const memory = reinterpret_cast<const S*>(static_cast<std::uintptr_t>(*slot++));
  return memory != nullptr ? *memory : some_struct<S>();
}

struct CallRequest {
  CallKind kind;
  std::string_view name;
  ScalarType result;
  std::span<const CallArgument> arguments;
  std::shared_ptr<const CallTarget> target;  // may be null while recording a Recurse
};

/// Records the call, or does it now in a plain run. The result; nothing if the callee gives none.
COGENT_EXPORT Word record_call(Session& session, const CallRequest& request);
/// Raises a mistake at the present line: while recording at once, in a plain run as well.
[[noreturn]] COGENT_EXPORT void fail(Session& session, const std::string& text);

/// Where the session stands in the user's source.
COGENT_EXPORT SourcePosition present_place(const Session& session);
/// The slots of a call of arrays as they are now; of a recording the known sizes alone mean something, and values are
/// 0.
COGENT_EXPORT std::vector<std::uint64_t> sample_slots(std::span<const CallArgument> arguments);

/// A call of a generated function by another one that is going on in this thread. Throws RunTimeError when too many are
/// (set_recursion_limit) or the stack is nearly full.
class COGENT_EXPORT CallLevel {
 public:
  explicit CallLevel(const SourcePosition& at);
  ~CallLevel();
  CallLevel(const CallLevel&) = delete;
  CallLevel& operator=(const CallLevel&) = delete;
};

}  // namespace cogent::detail
