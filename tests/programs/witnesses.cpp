#include "programs/witnesses.h"

#include "optimize/pipeline.h"

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
  return list;
}

}  // namespace

const std::vector<Witness>& witnesses() {
  static const std::vector<Witness> list = make_witnesses();
  return list;
}

}  // namespace cogent::programs
