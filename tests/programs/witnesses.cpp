// The table of witnesses.
#include "programs/witnesses.h"

#include "optimize/pipeline.h"
#include "support/machine_code.h"

namespace cogent::programs {
namespace {

using interpret::Outcome;

testing::Executor interpret_optimised(optimize::PassSet disabled) {
  return [disabled](const ir::Program& program, std::uint64_t* arguments) {
    static const testing::Executor interpret = testing::interpreter();
    thread_local optimize::Pipeline pipeline;
    return interpret(pipeline.run(program, {.disabled = disabled}), arguments);
  };
}

}  // namespace

std::vector<Witness> witnesses(optimize::PassSet disabled) {
  std::vector<Witness> list;
  list.push_back({"the optimised program", interpret_optimised(disabled)});
  for (const x86::CpuLevel level : testing::cpu_levels()) {
    const std::string code = std::string("machine code for ") + x86::name(level);
    list.push_back({code, testing::machine_code(level)});
    list.push_back({"optimised " + code, testing::best_machine_code(level, disabled)});
  }
  return list;
}

}  // namespace cogent::programs
