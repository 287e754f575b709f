// The table of witnesses.
#include "programs/witnesses.h"

#include "optimize/pipeline.h"
#include "support/machine_code.h"

namespace cogent::programs {
namespace {

using interpret::Outcome;

Outcome interpret_optimised(const ir::Program& program, std::uint64_t* arguments) {
  static const testing::Executor interpret = testing::interpreter();
  thread_local optimize::Pipeline pipeline;
  return interpret(pipeline.run(program), arguments);
}

std::vector<Witness> make_witnesses() {
  std::vector<Witness> list;
  list.push_back({"the optimised program", interpret_optimised});
  for (const x86::CpuLevel level : testing::cpu_levels()) {
    const std::string code = std::string("machine code for ") + x86::name(level);
    list.push_back({code, testing::machine_code(level)});
    list.push_back({"optimised " + code, testing::best_machine_code(level)});
  }
  return list;
}

}  // namespace

const std::vector<Witness>& witnesses() {
  static const std::vector<Witness> list = make_witnesses();
  return list;
}

}  // namespace cogent::programs
