// What the environment asks to be shown of generated code: COGENT_DEBUG=gdb,perf tells debuggers and profilers of every
// function, COGENT_DUMP=stages writes every stage of every function to files.
#pragma once
#include <memory>

#include "debug/gdb_interface.h"
#include "jit/compiled_code.h"
#include "jit/compiler.h"

namespace cogent::jit {

struct FunctionIdentity;

/// Whether the environment says that gdb or perf should know the generated code.
bool expects_tools();

/// What was made of a function, and what it was made by; `compiled` is null where there can be no machine code.
struct MadeVersion {
  const FunctionIdentity& identity;
  Compiler& compiler;
  const x86::MachineCode& code;
  const CompiledCode* compiled;
  bool is_general;
};

/// Does what the environment asks for, and nothing quickly when it asks for nothing. The registration lives as long as
/// the code; null: no debugger is told. Files go to COGENT_FOLDER, or to cogent-PID in TMPDIR or /tmp. Never throws for
/// what cannot be written.
std::unique_ptr<debug::GdbRegistration> show_version(const MadeVersion& version);

}  // namespace cogent::jit
