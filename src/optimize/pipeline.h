// The ordered table of passes, and the way of a program through it.
#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "optimize/prove_bounds.h"
#include "optimize/recognise_lanes.h"
#include "optimize/transformation.h"

namespace cogent::optimize {

/// A row of the table. Passes of the phase Transform share copies of the program: each loop, branch and division that a
/// copy reaches is offered to their hooks in the order of the table. Removing a pass may change only speed.
struct Pass {
  enum class Phase : std::uint8_t { Transform, Prove, Hoist, Clean, Lanes };
  const char* name;
  Phase phase;
  const char* why_here;
  /// Transform: whether a (further) copy is worth it for this pass.
  bool (*has_candidate)(const Scan& scan, int round) = nullptr;
  Hooks hooks = {};
};

/// Passes by their position in the table.
using PassSet = std::uint32_t;

std::span<const Pass> passes();
/// The set of the one pass of that name; empty if there is none.
PassSet pass_named(std::string_view name);

struct PipelineOptions {
  PassSet disabled = 0;
  std::uint32_t fuel = Fuel::unlimited;  // rewrites that may be made, in the order in which they come up
  bool collect_notes = false;
};

/// Optimises programs. Kept and reused per thread.
class Pipeline {
 public:
  /// The optimised program, which lives until the next run. Requires a well-formed program and ensures one that does
  /// the same, faults included.
  const ir::Program& run(const ir::Program& recorded, const PipelineOptions& options = {});

  /// The loops of the optimised program that may be vectorised; for machines that have vectors, and only if the program
  /// is lowered loop by loop. They live until the next run. Takes what fuel the run has left, the first time.
  std::span<const ir::LaneLoop> find_lanes();

  /// What every call would do wrong, found by the last run. (A program that has it may be run all the same.)
  const std::optional<ProvableFault>& fault() const { return fault_; }
  /// Accesses of the optimised program, and how many of them need no check.
  std::uint32_t accesses() const { return accesses_; }
  std::uint32_t proven() const { return proven_; }
  /// How many are checked once before a loop.
  std::uint32_t hoisted() const { return hoisted_; }
  /// How many are checked each time.
  std::uint32_t checked() const { return checked_; }
  /// How many rewrites the last run has made, and the last one that its fuel allowed.
  const Fuel& fuel() { return transformation_.fuel(); }
  /// The ranges and linear forms of the optimised program, for later stages.
  const analysis::Ranges& ranges() { return transformation_.ranges(); }
  analysis::LinearForms& forms() { return transformation_.forms(); }
  /// In program order of the passes' work; empty unless collected.
  std::span<const Note> notes() const { return notes_; }

 private:
  void transform(const ir::Program& recorded, PassSet disabled);
  void prove();
  void hoist();
  void drop_unused_loads();
  bool gather_hooks(const ir::Program& program, PassSet disabled, int round);
  bool copy();

  ir::Program programs_[2];
  const ir::Program* current_ = nullptr;
  bool is_too_deep_ = false, collects_notes_ = false, vectorises_ = true, lanes_are_found_ = false;
  Scan scan_;
  Transformation transformation_;
  BoundsProver prover_;
  LaneRecogniser lanes_;
  std::vector<Hooks> hooks_;
  std::optional<ProvableFault> fault_;
  std::uint32_t accesses_ = 0, proven_ = 0, hoisted_ = 0, checked_ = 0;
  std::vector<Note> notes_;
};

}  // namespace cogent::optimize
