// The scalar lowering: selects machine instructions for every program, element by element, with a check at each access
// that is not proven. Complete: what the vector lowerings do not take comes here.
//
// The invariant of values in registers. A value of a 64-bit type fills its register. A value of any other type fills
// the low 32 bits, in the canonical form of its type extended to 32 bits (sign-extended for I8 and I16, zero-extended
// for Bool, U8 and U16); the upper 32 bits are arbitrary. So arithmetic and comparisons take 4 or 8 bytes, only results
// that may leave the range of a type of 8 or 16 bits are extended again, conversions between types of at most 32 bits
// are mostly free, and those to 64 bits extend from 32. In memory, in argument slots and in the result slot values are
// canonical 64-bit forms (ir/type.h).
//
// A float is in the lowest lane of a vector register, whose other lanes hold anything. Generated code runs with the
// caller's floating-point environment and assumes the default one: rounding to nearest even, denormals kept.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/dispatch.h"
#include "analysis/placement.h"
#include "analysis/ranges.h"
#include "ir/lane_loop.h"
#include "ir/parallel_loops.h"
#include "ir/program.h"
#include "x86/coalesce_moves.h"
#include "x86/fuse_instructions.h"
#include "x86/hoist_addresses.h"
#include "x86/lanes.h"
#include "x86/machine_program.h"
#include "x86/rotate_loops.h"
#include "x86/sink_returns.h"

namespace cogent::x86 {

/// The instruction on a float of the type; those on F64 follow those on F32.
constexpr Opcode of_type(Opcode on_f32, ir::Type type) {
  return type == ir::Type::F32 ? on_f32 : static_cast<Opcode>(static_cast<int>(on_f32) + 1);
}

class ScalarLowering {
 public:
  /// Appends the program, a well-formed one, to the empty `machine`. Linear; memory is kept from one program to the
  /// next. Those of its loops that `lanes` describes, by growing statement, are done with vectors as far as they go.
  /// Parallel loops are done in parts by `run_parts`; without it, one round after the other.
  void run(const ir::Program& program, MachineProgram& machine, std::span<const ir::LaneLoop> lanes = {},
           RunParts run_parts = nullptr);

  /// How each of the last program's `lanes` was done.
  std::span<const LanePlan> lane_plans() const { return lane_plans_; }

 private:
  using Id = ir::Id;
  struct Scope {  // a region whose statements are being written
    Id owner;     // the statement it belongs to; none for the body
    Id region;
    Id next;                        // the next statement
    Label head = none, end = none;  // of a loop; where an If or a Block ends
    Operand limit;                  // For: the value of the index behind its last round
    std::size_t deferred = 0;       // of deferred_, before the region
    bool is_tail = false;           // behind a loop, where its deferred branches are written
  };
  struct Deferred {  // an If whose body is written behind the loop that it leaves
    Id statement;
    Label label;
  };
  struct Test {  // a condition that a jump or a move can take
    Condition condition;
    std::uint8_t size;
    VirtualRegister a;
    Operand b;
  };

  struct Quotient {  // by a constant's magnitude, so that a / c and a % c divide once
    VirtualRegister a = none;
    ir::Type type = ir::Type::Void;
    std::uint64_t magnitude = 0;
    VirtualRegister result = none;
  };

  struct PoolEntry {  // a constant that conversions and functions of floats need
    std::uint64_t bits;
    std::uint8_t size;
    bool is_mask;  // for the instructions on all lanes
    VirtualRegister reg;
  };
  struct ScaledIndex {  // in bytes, so that the fields of an element multiply once
    VirtualRegister index = none;
    std::int64_t step = 0;
    VirtualRegister result = none;
  };

  // ---- scalar.cpp: statements
  void prepare();
  void prepare_accesses();
  void prepare_array(Id array, bool needs_size);
  VirtualRegister address_of(Id array);
  void write_statements();
  void compute_before(Id statement);
  void write(Id statement);
  void let(Id statement);
  void set(const ir::Statement& statement);
  void open(Id owner, Id region);
  void close();
  void open_if(Id statement);
  Label only_jump(Id region) const;
  bool leaves_loop(Id region) const;
  bool goes_on(Id region, std::uint16_t depth) const;
  void end_loop(const Scope& scope, bool is_reached);
  void write_deferred(const Scope& scope);
  void open_loop(Id statement);
  void open_block(Id statement);
  void return_value(Id node);
  void store_in_slot(const Address& slot, Id value);
  void at_line(ir::Line line) { machine_->line = line; }
  const ir::Node& node(Id id) const { return program_->nodes[id]; }
  ir::Type type(Id id) const { return program_->nodes[id].type; }

  // ---- scalar_loops.cpp: counted loops
  void open_for(Id statement);
  void close_for(const Scope& scope);
  VirtualRegister rounds(ir::Type type, VirtualRegister distance, Operand stride);
  Operand known_limit(const ir::Statement& loop);
  VirtualRegister limit_upward(const ir::Statement& loop);
  VirtualRegister limit_downward(const ir::Statement& loop);
  void limit_by_sign(const ir::Statement& loop, Id statement, Label done, VirtualRegister limit);
  void skip_if_empty(const ir::Statement& loop, bool down, Label done);

  // ---- scalar_parallel.cpp: parallel loops
  struct PartValue {  // that the rounds of a parallel loop need and that is made before the loop
    enum class Kind : std::uint8_t { Node, Variable, Memory } kind;
    Id id;
  };
  struct PartCode {  // the rounds of a parallel loop, written behind everything else
    Id statement;
    Label label;
    std::uint32_t first_value, value_count;  // in part_values_
  };
  class PartSearch;
  bool is_done_in_parts(const ir::Statement& loop) const;
  void prepare_parts();
  void call_parts(Id statement);
  VirtualRegister rounds_of(const ir::Statement& loop);
  void write_parts();
  void write_part(const PartCode& part);
  void load_part_value(PartValue value, const Address& from);
  void open_part(const PartCode& part, VirtualRegister first, VirtualRegister last);
  RegisterClass class_of(PartValue value) const;
  VirtualRegister& register_of(PartValue value);

  // ---- scalar_lanes.cpp: the vectors before a counted loop
  struct LanePairs {  // whose addresses' distance, later - earlier, is `least` to `most` more than that of the bases
    VirtualRegister earlier, later;
    std::int32_t earlier_step, later_step;
    std::int32_t earlier_table, later_table;  // bytes of a table, 0: it is none
    bool must_be_apart;
    std::int64_t least, most;
    bool is_like(const LanePairs& other) const {
      return earlier == other.earlier && later == other.later && earlier_step == other.earlier_step &&
             later_step == other.later_step && earlier_table == other.earlier_table &&
             later_table == other.later_table && must_be_apart == other.must_be_apart;
    }
  };
  void find_lane_plans(std::span<const ir::LaneLoop> lanes);
  std::uint64_t known_trips(const ir::Statement& loop) const;
  bool write_lanes(Id statement, VirtualRegister index, Operand limit, Label done);
  Operand count_rounds(const ir::Statement& loop, VirtualRegister index, Operand limit);
  void find_lane_operands(const ir::Statement& loop, VirtualRegister index);
  VirtualRegister narrowed_invariant(const ir::LaneStep& step);
  VirtualRegister lane_base(const ir::LaneAccess& access, const ir::Statement& loop);
  Address lane_address(const ir::LaneAccess& access, const ir::Statement& loop);
  VirtualRegister look_for_overlap(Operand rounds, Label scalar);
  void gather_pairs(std::int64_t fewest_rounds);
  void look_at_pairs(const LanePairs& pairs, Operand rounds, VirtualRegister is_apart, Label scalar);
  void write_smaller_blocks(VirtualRegister iteration, Operand rounds);
  void repeat_block(VirtualRegister iteration, Operand rounds, Operand last, VirtualRegister is_apart, Label head,
                    Label leave);
  std::int32_t lanes_for_sums(std::int32_t iterations) const;
  void finish_sums(VirtualRegister iteration, Operand rounds, Operand last, VirtualRegister is_apart, Label leave);
  void update_variables();

  // ---- scalar_choices.cpp: Cases and States
  struct Slot {  // of a table: its number, in so many bytes
    VirtualRegister index;
    std::uint8_t size;
  };
  void open_cases(Id statement);
  void open_states(Id statement);
  void open_choice(Id owner, Id region);
  void close_choice(const Scope& scope);
  void go(const ir::Statement& statement);
  void drop_jump_to(Label label);
  void place_behind_jump(Label label);
  void branch(const analysis::Dispatch& dispatch, Id selector, Label otherwise);
  void branch_by_comparing(std::span<const analysis::TargetRange> ranges, analysis::Wide low, analysis::Wide high,
                           Label usual);
  void branch_if_within(const analysis::TargetRange& range, analysis::Wide low, analysis::Wide high);
  void branch_by_table(const analysis::Dispatch& dispatch);
  void branch_by_bits(const analysis::Dispatch& dispatch);
  void jump_if_selector(Condition condition, analysis::Wide value, Label label);
  Operand selector_operand(analysis::Wide value);
  VirtualRegister distance_from(analysis::Wide first);
  Slot slot_of_selector(const analysis::Dispatch& dispatch);
  Label target(Id region) const { return region == ir::none ? otherwise_ : entries_[region]; }
  Condition is_below() const { return ir::is_signed(selector_type_) ? Condition::Less : Condition::Below; }

  // ---- scalar_expressions.cpp: pure nodes and operands
  static Opcode opcode_of(ir::Op op, bool is_signed);
  void compute(Id id);
  VirtualRegister value(Id id);  // constants are loaded anew at each use
  Operand operand(Id id);        // an immediate if it fits
  VirtualRegister binary(Id id);
  VirtualRegister multiply_by_constant(ir::Type type, VirtualRegister a, std::int64_t factor);
  VirtualRegister shift(Id id);
  VirtualRegister select(Id id);
  VirtualRegister convert(Id id);
  VirtualRegister canonical(ir::Type type, VirtualRegister v);   // after an operation that may have left the range
  VirtualRegister to_64_bits(ir::Type type, VirtualRegister v);  // the canonical 64-bit form
  VirtualRegister value_in_64_bits(Id id);
  bool fills_register(Id id) const;
  Test test(Id condition);
  Test test_comparison(const ir::Node& comparison);
  static std::uint8_t operation_size(ir::Type type) { return ir::size_of(type) == 8 ? 8 : 4; }

  // ---- scalar_widths.cpp: where values of 32 bits fill their registers
  enum class Want : std::uint8_t { Any, Index, Canonical };  // of the upper half of a register with an I32
  void find_wants();
  void want_in_64_bits(Id convert);
  bool is_wanted(Id id) const { return !wants_.empty() && wants_[id] != Want::Any; }
  bool computes_in_64_bits(Id id) const;
  bool loads_in_64_bits(Id id) const;
  bool clears_upper_half(Id id) const;
  bool is_narrow_index(Id id) const { return !wants_.empty() && wants_[id] == Want::Index; }
  VirtualRegister narrow_index(Id convert);

  // ---- scalar_division.cpp
  VirtualRegister divide(Id id);
  VirtualRegister divide_by_register(const ir::Node& node);
  VirtualRegister divide_by_constant(const ir::Node& node, std::int64_t divisor);
  VirtualRegister divide_by_magnitude(Id dividend, VirtualRegister a, std::uint64_t magnitude);
  VirtualRegister divide_by_power_of_two(ir::Type type, VirtualRegister a, int log);
  VirtualRegister divide_by_multiplying(Id dividend, VirtualRegister a, std::uint64_t magnitude);
  VirtualRegister divide_small_by_multiplying(Id dividend, std::uint64_t magnitude);

  // ---- scalar_floats.cpp: floats, and constants of them
  VirtualRegister compute_float(Id id);
  VirtualRegister float_binary(Id id);
  bool ends_at(Id operand, Id id) const;
  VirtualRegister fused_multiply_add(Id id);
  VirtualRegister float_unary(const ir::Node& node);
  VirtualRegister round_half_away(const ir::Node& node);
  VirtualRegister call_libm(const ir::Node& node);
  VirtualRegister float_argument(std::uint32_t slot, ir::Type type);
  Test test_floats(const ir::Node& comparison);
  VirtualRegister operate_on(Opcode opcode, VirtualRegister a, Id b);
  std::size_t distance_of_load(Id id) const;
  VirtualRegister constant_of(Id id);
  VirtualRegister constant_of(std::uint64_t bits, std::uint8_t size);  // of 4 or 8 bytes
  VirtualRegister mask_of(std::uint64_t bits, std::uint8_t size);
  VirtualRegister begin_with(VirtualRegister constant);
  void write_constants();
  VirtualRegister new_register(ir::Type type) {
    return machine_->new_register(ir::is_float(type) ? RegisterClass::Vector : RegisterClass::General);
  }

  // ---- scalar_conversions.cpp: between floats and integers, by value and by bits
  VirtualRegister convert_float(const ir::Node& node);
  VirtualRegister float_from_integer(Id a, ir::Type to);
  VirtualRegister float_from_u64(VirtualRegister a, ir::Type to);
  VirtualRegister small_from_float(VirtualRegister a, ir::Type from, ir::Type to);
  VirtualRegister i64_from_float(VirtualRegister a, ir::Type from);
  VirtualRegister u64_from_float(VirtualRegister a, ir::Type from);
  VirtualRegister to_integer(Opcode opcode, VirtualRegister a);
  VirtualRegister bits(const ir::Node& node);

  // ---- scalar_bits.cpp: functions of an integer's bits
  VirtualRegister compute_bits(const ir::Node& node);
  VirtualRegister zero_extended(ir::Type type, VirtualRegister v);  // the type's bits, in 64
  VirtualRegister population_count(ir::Type type, VirtualRegister a);
  VirtualRegister count_leading_zeros(ir::Type type, VirtualRegister a);
  VirtualRegister count_trailing_zeros(ir::Type type, VirtualRegister a);
  VirtualRegister scan(Opcode opcode, VirtualRegister a, std::int64_t of_zero);
  VirtualRegister byte_swap(ir::Type type, VirtualRegister a);
  VirtualRegister rotate_left(const ir::Node& node);

  // ---- scalar_calls.cpp
  void prepare_passed_arrays(const ir::Statement& call);
  void prepare_calls();
  bool calls_itself() const;
  void call(Id statement);
  void call_thunk(const ir::Callee& callee, VirtualRegister block, VirtualRegister status);
  void call_self(Id statement, VirtualRegister block, VirtualRegister status);

  // ---- scalar_memory.cpp: accesses and checks
  void load(Id statement);
  void store(Id statement);
  void check(Id statement);
  Address checked_address(Id statement, Id array, Id index);
  Address unchecked_address(Id array, Id index);
  Address element(Id array, VirtualRegister index, std::int64_t offset);
  VirtualRegister scaled(VirtualRegister index, std::int64_t step);
  void lay_out_scratch();
  void fault_unless(Test test, ir::FaultKind kind, Id statement);

  VirtualRegister operate(Opcode opcode, std::uint8_t size, VirtualRegister a, Operand b) {
    return machine_->binary(opcode, size, a, b);
  }
  VirtualRegister operate(Opcode opcode, std::uint8_t size, VirtualRegister a, std::int32_t immediate) {
    return machine_->binary(opcode, size, a, Operand::of_immediate(immediate));
  }
  VirtualRegister operate(Opcode opcode, std::uint8_t size, VirtualRegister a, VirtualRegister b) {
    return machine_->binary(opcode, size, a, Operand::of(b));
  }

  const ir::Program* program_ = nullptr;
  analysis::Placement placement_;
  analysis::Ranges ranges_;             // run only if something is wanted or divided
  std::vector<Want> wants_;             // per node; empty: nothing is wanted
  std::vector<std::uint32_t> indexes_;  // per node: how many accesses have it as their index
  MachineProgram* machine_ = nullptr;
  VirtualRegister arguments_ = none;
  std::int32_t call_block_ = 0;             // the slots of calls, in local memory
  std::vector<VirtualRegister> registers_;  // per node
  std::vector<VirtualRegister> variables_;  // per variable
  std::vector<VirtualRegister> bases_;      // per array: its address; none if it is not accessed
  std::vector<Operand> sizes_;              // per array: its elements; only where an access is checked
  std::vector<std::int64_t> scratch_;       // per scratch array: where it lies in the local memory
  std::int32_t frame_memory_ = 0;           // where they lie in the frame,
  VirtualRegister run_memory_ = none;       // if they are not in memory of the run's own
  std::vector<Label> exits_, nexts_;        // per region: where Break and Continue go
  std::vector<Label> entries_;              // per region of a Cases or States
  VirtualRegister selector_ = none;         // of the branch that is being written
  ir::Type selector_type_ = ir::Type::Void;
  Label otherwise_ = none;  // where it goes when it chooses no region
  std::vector<Label> table_;
  std::vector<Scope> scopes_;
  std::vector<Deferred> deferred_;
  bool knows_ranges_ = false;
  Quotient last_quotient_;   // forgotten where a region begins or ends
  ScaledIndex last_scaled_;  // the same
  std::vector<PoolEntry> pool_entries_;
  std::vector<Instruction> constants_;  // floats of the pool, to be defined where the program begins
  std::span<const ir::LaneLoop> lanes_;
  std::vector<LanePlan> lane_plans_;         // of lanes_
  const ir::LaneLoop* lane_loop_ = nullptr;  // that is being written
  LanePlan lane_plan_;
  std::vector<VirtualRegister> lane_bases_;  // per access
  std::vector<LanePairs> lane_pairs_;
  LaneSurroundings lane_surroundings_;
  LaneBody lane_body_;
  RunParts run_parts_ = nullptr;
  Label dispatch_ = none;      // of activations that are to do a part; none: there are no parts
  bool writes_parts_ = false;  // now
  Id part_loop_ = ir::none;    // the loop whose part is being written
  std::vector<PartCode> parts_;
  std::vector<PartValue> part_values_;
  std::optional<ir::ParallelScopes> parallel_scopes_;  // of the program, if it has parts
  InstructionFusion instruction_fusion_;
  AddressHoisting address_hoisting_;
  MoveCoalescing coalescing_;
  ReturnSinking return_sinking_;
  LoopRotation loop_rotation_;
};

}  // namespace cogent::x86
