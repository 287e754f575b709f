// Errors of running code and of plain runs, put into words.
#pragma once
#include <cogent/error.h>

#include "interpret/interpreter.h"
#include "ir/program.h"
#include "jit/compiled_code.h"
#include "jit/specialized.h"
#include "optimize/prove_bounds.h"
#include "stage/call_depth.h"
#include "stage/plain_run.h"

namespace cogent::jit {

/// `depth`: what ended the calls of the program by itself, if they were too many.
[[noreturn]] void raise_fault(const FunctionIdentity& identity, const FaultSite& site, const x86::ErrorRecord& record,
                              const std::uint64_t* slots, stage::DepthLimit depth = stage::DepthLimit::Calls);
[[noreturn]] void raise_fault(const FunctionIdentity& identity, const stage::PlainFault& fault,
                              const ArrayOrigin& array);
[[noreturn]] void raise_fault(const FunctionIdentity& identity, const ir::Program& program,
                              const interpret::Fault& fault);
/// What every call would do wrong.
[[noreturn]] void raise_provable(const FunctionIdentity& identity, const ir::Program& program,
                                 const optimize::ProvableFault& fault);

/// The user's name of a parameter, by its position in the signature.
std::string parameter_name(const FunctionIdentity& identity, std::uint16_t position);
/// The user's name of an array: of a parameter, or of what code.table(...) or code.scratch(...) was assigned to.
std::string array_name(const FunctionIdentity& identity, const ArrayOrigin& origin);
std::string array_name(const FunctionIdentity& identity, const ir::Program& program, ir::Id array);

}  // namespace cogent::jit
