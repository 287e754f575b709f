// What runs of a program share with the calls that they make: the context pointer of the entry convention.
#pragma once
#include <cstdint>
#include <exception>

#include "ir/callee.h"

namespace cogent::stage {

class CallReplay;

struct RunContext {
  ir::RunState state{};
  std::exception_ptr exception;         // what a callee threw
  CallReplay* replay = nullptr;         // the calls are not made, but taken from here
  std::int64_t calls_left = 0;          // of state, when the run began
  const void* parallel_code = nullptr;  // a jit::ParallelCode, where the code has parallel loops
};

/// What a thunk returns when the context has got an exception; x86::Status::Exception.
inline constexpr std::int32_t threw = 3;

/// The thunk of all calls: `data` is a detail::CallTarget, `context` a RunContext.
std::int32_t call_target(const void* data, std::uint64_t* slots, void* context);

}  // namespace cogent::stage
