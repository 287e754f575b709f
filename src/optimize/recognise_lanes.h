// Recognises loops whose iterations may be done many at once: what a vector lowering needs to know of each.
#pragma once
#include <span>
#include <vector>

#include "analysis/dependences.h"
#include "analysis/ranges.h"
#include "ir/lane_loop.h"
#include "optimize/fuel.h"
#include "optimize/narrow_lanes.h"

namespace cogent::optimize {

/// Kept and reused per thread. Linear in the program.
class LaneRecogniser {
 public:
  /// Requires an optimised program, and the ranges and forms of its nodes; changes nothing.
  /// Finds each innermost For that counts upward by 1 around loads, stores, pure operations and sums alone, of which
  /// loads and stores may be conditional, where
  /// nothing can fault, indexes are up to four times the loop's index plus what does not change in the loop, and what
  /// is carried from one iteration to another lies at a known distance or is seen to be none when the loop begins. Each
  /// loop takes fuel.
  void run(const ir::Program& program, const analysis::Ranges& ranges, analysis::LinearForms& forms, Fuel& fuel);

  std::span<const ir::LaneLoop> loops() const { return {loops_.data(), count_}; }

  /// The innermost loops that were refused, and why: the rest of a sentence that begins with "because".
  struct Refusal {
    ir::Line line;
    const char* why;
  };
  std::span<const Refusal> refusals() const { return refusals_; }

 private:
  bool is_innermost(const ir::Statement& loop) const;
  bool recognise(Id statement, ir::LaneLoop& loop);
  bool check_statements(const ir::Statement& loop);
  bool check_statement(Id statement);
  bool check_conditional(const ir::Statement& statement, int conditions);

  void count_rounds(const ir::Statement& statement, ir::LaneLoop& loop) const;

  // ---- lane_accesses.cpp
  bool add_access(const ir::Statement& statement, bool is_conditional, ir::LaneLoop& loop);
  bool add_look_up(const ir::Statement& statement, ir::LaneLoop& loop);
  bool is_invariant(const analysis::LinearForm& form) const;
  bool is_always_inside(const ir::Array& array, Id index) const;
  void add_terms(const analysis::LinearForm& form, ir::LaneAccess& access, ir::LaneLoop& loop);
  void add_to_group(std::uint32_t number, ir::LaneLoop& loop);
  bool fits_group(const ir::LaneGroup& group, std::uint32_t number, const ir::LaneLoop& loop) const;
  void join_group(std::uint32_t number, std::uint32_t group, ir::LaneLoop& loop);
  bool check_groups(const ir::LaneLoop& loop);
  bool is_known_pair(const ir::LaneLoop& loop, const ir::LanePair& pair) const;
  bool find_pairs(ir::LaneLoop& loop);
  bool never_meet(const analysis::LinearAccess& a, const analysis::LinearAccess& b, const ir::LaneLoop& loop) const;
  bool always_differ(Id a, Id b, std::int64_t& most) const;
  void add_pair(std::uint32_t earlier, std::uint32_t later, ir::LaneLoop& loop);
  bool refuse(const char* why, ir::Line line);

  // ---- lane_permutations.cpp
  struct Copies {  // what the loop loads, or stores
    Id array = ir::none;
    ir::Line line = 0;
    std::int64_t stride = 0;
    analysis::LinearForm first, walking;   // of the first one, without the loop's index and with it
    std::int64_t lowest = 0, highest = 0;  // beyond it
  };
  struct CopiedElement {
    Id node;  // the load
    std::int8_t at;
    bool is_stored;
  };
  bool recognise_permutation(const ir::Statement& loop, ir::LaneLoop& lanes);
  bool add_copy(const ir::Statement& statement);
  bool begin_copies(Copies& copies, const analysis::LinearForm& form, std::int64_t constant,
                    const ir::Statement& statement);
  bool find_sources(int stride, ir::LanePermutation& permutation);

  const ir::Program* program_ = nullptr;
  const analysis::Ranges* ranges_ = nullptr;
  analysis::LinearForms* forms_ = nullptr;
  LaneNarrowing narrowing_;
  LaneReductions reductions_;
  std::vector<ir::LaneLoop> loops_;
  std::size_t count_ = 0;
  std::vector<analysis::LinearAccess> accesses_;
  std::vector<Refusal> refusals_;
  struct {
    Copies loads, stores;
    std::vector<CopiedElement> elements;
  } copies_;
  std::vector<std::int8_t> copied_from_;  // per node from the index on: the number of the element, or -1
  Id index_ = ir::none;
  Id last_node_ = 0;  // the highest that the loop's statements name
};

}  // namespace cogent::optimize
