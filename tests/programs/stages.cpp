// The table of stages.
#include "programs/stages.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

#include "ir/text.h"
#include "ir/verifier.h"
#include "optimize/pipeline.h"
#include "programs/run_stage.h"
#include "support/machine_code.h"

namespace cogent::programs {
namespace {

std::string parsed(const ir::Program& program, const std::string& options) {
  return ir::print(program, {.lines = options == "lines"});
}

std::string verified(const ir::Program& program, const std::string&) {
  const std::string flaws = ir::describe(ir::verify(program));
  return flaws.empty() ? "well-formed\n" : flaws;
}

/// Options: `without PASS ...`.
std::string optimised(const ir::Program& program, const std::string& options) {
  std::istringstream words(options);
  std::string word;
  optimize::PassSet disabled = 0;
  if (words >> word && word != "without") throw std::runtime_error("optimize: expected `without PASS ...`");
  while (words >> word) {
    const optimize::PassSet pass = optimize::pass_named(word);
    if (pass == 0) throw std::runtime_error("optimize: there is no pass " + word);
    disabled |= pass;
  }
  optimize::Pipeline pipeline;
  const ir::Program& result = pipeline.run(program, {.disabled = disabled, .collect_notes = false});
  const std::string flaws = ir::describe(ir::verify(result));
  if (!flaws.empty())
    throw std::runtime_error("the optimised program is not well-formed:\n" + flaws + ir::print(result));
  return ir::print(result);
}

/// Options: the CPU level.
std::string lowered(const ir::Program& program, const std::string& options) {
  const auto level = x86::parse_cpu_level(options);
  if (!level) throw std::runtime_error("lowering: expected baseline, avx2 or avx512");
  return testing::describe_lowering(program, *level);
}

/// Options: the CPU level, then `optimized` if the passes are to run before.
std::string assembled(const ir::Program& program, const std::string& options) {
  std::istringstream words(options);
  std::string level_name, optimized;
  words >> level_name >> optimized;
  const auto level = x86::parse_cpu_level(level_name);
  if (!level || (!optimized.empty() && optimized != "optimized"))
    throw std::runtime_error("assembly: expected baseline, avx2 or avx512, then perhaps `optimized`");
  optimize::Pipeline pipeline;
  return testing::assembly_of(optimized.empty() ? program : pipeline.run(program), *level);
}

/// Whether there is a disassembler.
bool can_disassemble(const std::string&) {
  ir::Program empty;
  empty.clear();
  return testing::assembly_of(empty, x86::CpuLevel::Baseline).find("ret") != std::string::npos;
}

constexpr std::array stages = {
    Stage{"parse", parsed},
    Stage{"verify", verified},
    Stage{"optimize", optimised},
    Stage{"lowering", lowered},
    Stage{"assembly", assembled, can_disassemble},
    Stage{"run", text_after_run},
    Stage{"undefined", text_of_undefined},
};

}  // namespace

const Stage* find_stage(const std::string& name) {
  const auto found = std::find_if(stages.begin(), stages.end(), [&](const Stage& stage) { return name == stage.name; });
  return found == stages.end() ? nullptr : &*found;
}

}  // namespace cogent::programs
