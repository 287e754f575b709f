// The table of witnesses.
#include "programs/witnesses.h"

#include "optimize/pipeline.h"
#include "support/machine_code.h"

namespace cogent::programs {
namespace {

/// Optimises the program first.
testing::Executor optimised(testing::Executor execute) {
  return [execute = std::move(execute)](const ir::Program& program, std::uint64_t* arguments) {
    optimize::Pipeline pipeline;
    return execute(pipeline.run(program), arguments);
  };
}

std::vector<Witness> make_witnesses() {
  std::vector<Witness> list;
  list.push_back({"the optimised program", optimised(testing::interpreter())});
  for (const x86::CpuLevel level : testing::cpu_levels()) {
    const std::string code = std::string("machine code for ") + x86::name(level);
    list.push_back({code, testing::machine_code(level)});
    list.push_back({"optimised " + code, optimised(testing::machine_code(level))});
  }
  return list;
}

}  // namespace

const std::vector<Witness>& witnesses() {
  static const std::vector<Witness> list = make_witnesses();
  return list;
}

}  // namespace cogent::programs
