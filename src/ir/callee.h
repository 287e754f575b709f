// What a Call calls: its signature, and how generated code and the interpreter reach it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ir/type.h"

namespace cogent::ir {

enum class Access : std::uint8_t { In, Out, InOut };

/// Some rounds of a parallel loop, which an activation of generated code does in place of all else.
struct Part {
  std::uint64_t loop = 0;                 // which of the code's parallel loops
  std::uint64_t first = 0, last = 0;      // the rounds first ... last - 1, counted from 0
  const std::uint64_t* values = nullptr;  // what they need of the activation that came to the loop
};

/// What a run shares with the calls that it makes; contexts begin with one.
struct RunState {
  /// For the scratch arrays that are not in the frame, aligned to 64 bytes.
  void* memory = nullptr;
  /// How often a program may still call itself, as it was when it last called something else.
  std::int64_t calls_left = 0;
  /// What the activation that begins with this is to do; null: all. It sets it to null.
  const Part* part = nullptr;
};

/// Does a call: takes the arguments from the slots, from slot 1 on, and puts the canonical result into slot 0. 0 when
/// all went well; anything else ends the run that calls, with that status. Never throws. `context` is that run's.
using Thunk = std::int32_t (*)(const void* data, std::uint64_t* slots, void* context);

/// A value takes one slot, its canonical form; an array takes its address and, if wanted, its size in elements in the
/// next slot.
struct CalleeArgument {
  Type type;  // of the value, or of the elements
  bool is_array = false;
  bool passes_size = false;
  Access access = Access::In;
  bool is_written() const { return is_array && access != Access::In; }
};

enum class CalleeKind : std::uint8_t {
  Function,   // a C++ function
  Print,      // code.print; the name is the format
  Recurse,    // the program itself, with the arguments of its signature
  Generated,  // another generated function, or another specialisation of this one
};

struct Callee {
  CalleeKind kind;
  Type result = Type::Void;
  std::string name;
  std::vector<CalleeArgument> arguments;
  Thunk thunk = nullptr;             // null for Recurse, and in a program that was read from a text
  std::shared_ptr<const void> data;  // the thunk's; what is compiled from the program keeps it
  const void* identity = nullptr;    // equal for calls of the same function; null: unknown

  /// Slot 0, then those of the arguments.
  std::uint32_t slot_count() const {
    std::uint32_t count = 1;
    for (const CalleeArgument& argument : arguments) count += argument.passes_size ? 2 : 1;
    return count;
  }
};

}  // namespace cogent::ir
