// What a run of generated code gets from its caller: a context, scratch memory, and how deep it may call.
#pragma once
#include <cogent/error.h>

#include <cstddef>
#include <cstdint>

#include "jit/compiled_code.h"
#include "jit/run_memory.h"
#include "stage/call_depth.h"
#include "stage/run_context.h"

namespace cogent::jit {

/// Code, and what its runs need.
struct RunnableCode {
  const CompiledCode* code = nullptr;
  std::size_t frame_bytes = 0;         // of an activation
  std::uint64_t run_memory_bytes = 0;  // that each run gets for its scratch arrays
  bool asks_for_stack = false;         // its runs must know how much stack is left
  SourcePosition place;                // of the function, for an error without a better one
};

/// One run. Throws RunTimeError if the stack has no room for it.
class Activation {
 public:
  explicit Activation(const RunnableCode& code) : code_(code), memory_(code.run_memory_bytes) {
    // The system is not asked for the end of the stack where that does not matter: it takes its time to answer.
    if (code.asks_for_stack) room_ = stage::call_room(code.frame_bytes);
    if (room_.calls < 0) throw RunTimeError(stage::describe_depth(room_.limit), code.place);
    context.state.memory = memory_.get();
    context.state.calls_left = context.calls_left = room_.calls;
  }

  x86::Status run(std::uint64_t* slots, x86::ErrorRecord& error) {
    return code_.code->run(slots, error, &context, room_.calls);
  }
  stage::DepthLimit limit() const { return room_.limit; }

  stage::RunContext context;

 private:
  const RunnableCode& code_;
  RunMemory memory_;
  stage::CallRoom room_;
};

}  // namespace cogent::jit
