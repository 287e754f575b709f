// get_source, get_program, get_assembly and explain: what a call's specialisation looks like at each stage.
#include <cogent/error.h>

#include <algorithm>

#include "cpp/source.h"
#include "ir/text.h"
#include "jit/explain_calls.h"
#include "jit/explain_parallel.h"
#include "jit/faults.h"
#include "jit/function_implementation.h"
#include "jit/json.h"
#include "jit/present_level.h"
#include "jit/volatile_constants.h"
#include "x86/disassemble.h"

namespace cogent::detail {
namespace {

using jit::Compiler;

struct Fact {
  const char* name;
  std::uint64_t value;
};

/// What explain tells, gathered once for text and JSON.
struct Facts {
  std::string function, level, lowering, plan, reason;
  SourcePosition reason_position;
  std::vector<Fact> counts;
  std::vector<Fact> nanoseconds;
  std::vector<std::pair<SourcePosition, std::string>> notes;
  std::vector<std::string> warnings;
  std::uint32_t folded = 0;
};

/// The text of a note, with the user's name of its array.
std::string worded(const optimize::Note& note, const ir::Program& program, const jit::FunctionIdentity& identity) {
  std::string text = note.text;
  const std::size_t at = text.find("{}");
  if (note.array == ir::none || at == std::string::npos) return text;
  return text.replace(at, 2, jit::array_name(identity, program, note.array));
}

void add_vectorised_loops(Facts& facts, const Compiler& compiler) {
  const ir::Program& program = compiler.optimized();
  for (std::size_t i = 0; i < compiler.lanes().size(); ++i) {
    const ir::Line line = program.statements[compiler.lanes()[i].statement].line;
    facts.notes.emplace_back(stage::position_of(program, line),
                             x86::describe(compiler.lane_plans()[i], compiler.lanes()[i]));
  }
}

bool has_loop(const ir::Program& program) {
  return std::ranges::any_of(program.statements, [](const ir::Statement& it) { return it.what == ir::Do::For; });
}

Facts gather(Compiler& compiler, const x86::MachineCode& code, const jit::FunctionIdentity& identity) {
  const ir::Program& program = compiler.optimized();
  const jit::CompileReport& report = compiler.report();
  const optimize::Pipeline& pipeline = compiler.pipeline();
  Facts facts;
  facts.function = program.name;
  facts.folded = compiler.folded();
  facts.level = x86::name(jit::present_level());
  const bool is_stencil = report.lowering == jit::Lowering::Stencil;
  facts.lowering = is_stencil ? "stencil" : compiler.lanes().empty() ? "scalar" : "lanes";
  if (is_stencil) facts.plan = compiler.describe_stencil();
  if (report.not_stencil != nullptr) facts.reason = report.not_stencil;
  facts.reason_position = stage::position_of(program, report.not_stencil_line);
  facts.counts = {
      {"operations_recorded", compiler.recorded().nodes.size() + compiler.recorded().statements.size()},
      {"operations_optimized", program.nodes.size() + program.statements.size()},
      {"accesses", pipeline.accesses()},
      {"accesses_proven", pipeline.proven()},
      {"accesses_hoisted", pipeline.hoisted()},
      {"accesses_checked", pipeline.checked()},
      {"accesses_unchecked", pipeline.accesses() - pipeline.proven() - pipeline.hoisted() - pipeline.checked()},
      {"instructions", compiler.machine().instructions.size()},
      {"general_registers_spilled", report.spills.general},
      {"vector_registers_spilled", report.spills.vector},
      {"code_bytes", code.code_size},
      {"constant_bytes", code.bytes.size() - code.code_size}};
  for (int i = 0; i < jit::stage_count; ++i)
    facts.nanoseconds.push_back({name_of(static_cast<jit::Stage>(i)), report.nanoseconds[static_cast<std::size_t>(i)]});
  for (const optimize::Note& note : pipeline.notes())
    facts.notes.emplace_back(stage::position_of(program, note.line), worded(note, program, identity));
  if (!is_stencil) add_vectorised_loops(facts, compiler);
  if (!is_stencil && jit::present_level() == x86::CpuLevel::Baseline && has_loop(program))
    facts.notes.emplace_back(SourcePosition{}, "no loop is vectorised, because the CPU level is baseline");
  const auto parallel = jit::describe_parallel_loops(program, is_stencil, compiler.machine().parallel_loops);
  for (const jit::ParallelSentence& sentence : parallel)
    facts.notes.emplace_back(stage::position_of(program, sentence.line), sentence.text);
  for (const jit::CallSentence& sentence : jit::describe_calls(program))
    facts.notes.emplace_back(stage::position_of(program, sentence.line), sentence.text);
  return facts;
}

std::string spaced(std::string_view name) {
  std::string text(name);
  for (char& c : text)
    if (c == '_') c = ' ';
  return text;
}

std::string place(const SourcePosition& position) {
  return position.line == 0 ? "" : position.file + ":" + std::to_string(position.line);
}

std::string prefix(const SourcePosition& position) { return position.line == 0 ? "" : place(position) + ": "; }

/// What the function has become, and at which level.
std::string headline(const Facts& facts) {
  if (facts.lowering == "interpreted") return "interpreted, because " + facts.reason;
  if (facts.lowering == "lanes") return "vector code (lanes) for " + facts.level;
  return facts.lowering + " code for " + facts.level;
}

std::string to_text(const Facts& facts) {
  std::string text = facts.function + ": " + headline(facts) + "\n";
  if (!facts.plan.empty()) text += "  " + facts.plan + "\n";
  const std::string no_stencil = facts.reason.empty() || facts.lowering == "interpreted"
                                     ? ""
                                     : "  no stencil, because " + prefix(facts.reason_position) + facts.reason + "\n";
  const bool has_vectors = facts.lowering == "lanes";
  if (!has_vectors) text += no_stencil;
  if (facts.folded != 0)
    text += "  " + std::to_string(facts.folded) + " operations on known values were computed while recording\n";
  for (const auto& [position, note] : facts.notes) text += "  " + prefix(position) + note + "\n";
  if (has_vectors) text += no_stencil;
  for (const std::string& warning : facts.warnings) text += "  warning: " + warning + "\n";
  for (const Fact& fact : facts.counts) text += "  " + spaced(fact.name) + ": " + std::to_string(fact.value) + "\n";
  text += "  nanoseconds:";
  for (const Fact& fact : facts.nanoseconds) text += std::string(" ") + fact.name + " " + std::to_string(fact.value);
  return text + "\n";
}

void write_position(jit::JsonWriter& json, const SourcePosition& position) {
  json.key("file").value(position.file).key("line").value(position.line);
}

std::string to_json(const Facts& facts) {
  jit::JsonWriter json;
  json.begin_object().key("function").value(facts.function).key("level").value(facts.level);
  json.key("lowering").value(facts.lowering);
  if (!facts.plan.empty()) json.key("plan").value(facts.plan);
  if (!facts.reason.empty()) {
    json.key(facts.lowering == "interpreted" ? "interpreted" : "not_stencil")
        .begin_object()
        .key("reason")
        .value(facts.reason);
    write_position(json, facts.reason_position);
    json.end_object();
  }
  json.key("operations_folded").value(std::uint64_t{facts.folded});
  json.key("notes").begin_array();
  for (const auto& [position, note] : facts.notes) {
    json.begin_object().key("text").value(note);
    write_position(json, position);
    json.end_object();
  }
  json.end_array();
  json.key("warnings").begin_array();
  for (const std::string& warning : facts.warnings) json.value(warning);
  json.end_array();
  for (const Fact& fact : facts.counts) json.key(fact.name).value(fact.value);
  json.key("nanoseconds").begin_object();
  for (const Fact& fact : facts.nanoseconds) json.key(fact.name).value(fact.value);
  return json.end_object().end_object().text();
}

Facts explain(const jit::FunctionIdentity& identity, const jit::CodeCache<jit::Specialized>& cache, const Call& call) {
  const jit::CompilerLoan compiler;
  const jit::CompileOptions options{.explain = true};
  jit::record_and_optimize(*compiler, identity, call.staging, options);
  Facts facts;
  try {
    facts = gather(*compiler, compiler->lower(options), identity);
  } catch (const x86::EncodingError& error) {
    facts = gather(*compiler, {}, identity);
    facts.lowering = "interpreted";
    facts.reason = error.what();
  }
  for (const jit::VolatileConstant& constant : jit::find_volatile_constants(call, cache.keys()))
    facts.warnings.push_back(jit::describe(identity, constant));
  return facts;
}

}  // namespace

void FunctionCore::explain(const Call& call, std::string& text, std::string& json) {
  const Facts facts = detail::explain(*implementation_->identity, implementation_->cache, call);
  text = to_text(facts);
  json = to_json(facts);
}

std::string FunctionCore::get_source(const Call& call, bool with_lines) {
  const jit::FunctionIdentity& identity = *implementation_->identity;
  const jit::CompilerLoan compiler;
  jit::record_and_optimize(*compiler, identity, call.staging, {});
  const cpp::Origin origin{identity.at.file_name(), identity.at.line(), identity.at.column()};
  return cpp::print_source(compiler->recorded(), {.origin = origin, .with_lines = with_lines});
}

std::string FunctionCore::get_program(const Call& call, bool optimized) {
  const jit::CompilerLoan compiler;
  jit::record_and_optimize(*compiler, *implementation_->identity, call.staging, {});
  return ir::print(optimized ? compiler->optimized() : compiler->recorded());
}

std::string FunctionCore::get_assembly(const Call& call) {
  const jit::CompilerLoan compiler;
  jit::record_and_optimize(*compiler, *implementation_->identity, call.staging, {});
  const ir::Program& program = compiler->optimized();
  try {
    const x86::MachineCode code = compiler->lower({});
    return x86::disassemble(code, [&](std::uint16_t line) { return place(stage::position_of(program, line)); });
  } catch (const x86::EncodingError& error) {
    return std::string("; interpreted, because ") + error.what() + "\n";
  }
}

}  // namespace cogent::detail
