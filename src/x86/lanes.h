// The body of a vectorised loop: its steps as vector instructions, for one block of lanes.
//
// A step's value lies in one or more registers, lane after lane; if a register is not full, its upper part holds
// anything. Masks are vectors whose lanes have all bits equal.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "ir/lane_loop.h"
#include "x86/lane_plan.h"
#include "x86/machine_program.h"

namespace cogent::x86 {

/// Where a block finds what is not computed in it. Vectors are indexed as the loop's steps and accesses are.
struct LaneSurroundings {
  std::vector<VirtualRegister> invariants;  // per step: of an Invariant, its value, of a 64-bit type in 64 bits
  std::vector<Address> accesses;            // the element of iteration 0
  VirtualRegister iteration = none;         // the first of the block, in 64 bits
  VirtualRegister first_index = none;       // the loop's index in iteration 0
};

/// Kept and reused per thread.
class LaneBody {
 public:
  /// Begins a program. `constants` receives instructions that belong to its beginning, where every path comes by: all
  /// its loops share them.
  void start_program(MachineProgram& machine, std::vector<Instruction>& constants);
  void start(const ir::LaneLoop& loop, const LanePlan& plan);
  /// What a loop needs to have computed before it.
  void write_invariants(const LaneSurroundings& surroundings);
  /// `first_lane`: those below it, which have been done before, are left out of sums; none: all are to be done.
  void write_block(const LaneSurroundings& surroundings, VirtualRegister first_lane = none);
  bool has_sums() const;
  /// Whether a block may have so many lanes, fewer than planned, because registers are used as they are in others.
  bool may_have(int lanes) const;
  /// Of the blocks that follow.
  void set_lanes(int lanes) { plan_.lanes = lanes; }
  /// Behind the last block: what all lanes together give, in 64 bits, of a Reduce.
  VirtualRegister finish_reduction(std::uint32_t number);

 private:
  using Step = ir::LaneStep;
  using Registers = std::span<VirtualRegister>;

  // ---- lanes.cpp
  void count_uses();
  void count_uses(bool with_shifts);
  void use(std::uint32_t operand, std::uint32_t user);
  void use_operands(std::uint32_t number);
  bool is_needed(std::uint32_t number) const;
  void invariant(std::uint32_t number, const LaneSurroundings& surroundings);
  void first_indexes(std::uint32_t number, VirtualRegister first_index);
  void index(std::uint32_t number);
  VirtualRegister count_upward(int bytes, std::size_t number);
  VirtualRegister broadcast(VirtualRegister value, int bytes, int size);
  void load(std::uint32_t number);
  void store(const Step& step);
  Address address_of(const Step& access, int offset) const;
  bool alternates(const Step& access) const { return loop_->accesses[access.access].stride > 1; }
  const Step& step(std::uint32_t number) const { return loop_->steps[number]; }
  std::size_t count_of(std::uint32_t number) const {
    return static_cast<std::size_t>(plan_.registers_of(step(number).bytes));
  }
  Registers registers(std::uint32_t number) { return {registers_.data() + first_[number], count_of(number)}; }
  // With that of the lanes behind the block, if these are looked at.
  Registers all_registers(std::uint32_t number) {
    return {registers_.data() + first_[number], count_of(number) + (beyond_[number] != 0 ? 1 : 0)};
  }
  std::uint8_t size_of_register(std::uint32_t number, std::size_t i) const {
    return i == count_of(number) ? 16 : size_of(number);
  }
  std::uint8_t size_of(std::uint32_t number) const {
    return static_cast<std::uint8_t>(plan_.register_size(step(number).bytes));
  }
  bool has_avx512() const { return machine_->level == CpuLevel::Avx512; }
  VirtualRegister pool_constant(std::uint64_t value, int bytes);
  VirtualRegister begin_with(VirtualRegister constant);
  VirtualRegister all_ones() { return pool_constant(~std::uint64_t{0}, 8); }

  // ---- lane_shifts.cpp: values that another one has at a later iteration
  struct Shape {                      // of loads from one array, and of operations on them
    std::uint32_t load = none;        // one of the loads; none: it has no shape
    std::uint32_t first_load = none;  // the first of them
    int cost = 0;                     // of what is computed for it alone, see lane_shifts.cpp
    int offset = 0;                   // elements from those that it is like
    std::uint32_t like = none;        // the first one that differs by elements alone; its latest like it
    std::uint32_t latest = none, earlier = none, next = none;
    bool has_next = false;  // what lies 16 bytes further is there
  };
  struct Shift {
    std::uint32_t base = none;
    int lanes = 0;
  };
  bool is_same_in_all(std::uint32_t number) const;
  bool find_shapes();
  bool find_operands_shape(std::uint32_t number);
  bool find_alike(std::uint32_t number);
  bool are_loads_alike(std::uint32_t number, std::uint32_t first);
  bool are_operations_alike(std::uint32_t number, std::uint32_t first) const;
  void weigh_block();
  bool find_shift(std::uint32_t number);
  bool is_worth_a_shift(std::uint32_t number, int cost);
  void load_beyond(std::uint32_t number);
  void shift_lanes(std::uint32_t number);
  VirtualRegister shifted(std::uint8_t size, VirtualRegister low, VirtualRegister high, int bytes);
  VirtualRegister next_pieces(std::uint8_t size, VirtualRegister low, VirtualRegister high);

  // ---- lane_groups.cpp: elements that alternate in memory
  struct Picks {  // for each element of a result, from which register and which element of it
    std::uint8_t source[64], element[64];
  };
  struct Layout {             // of a group
    int bytes, stride, size;  // an element's bytes, a stride's elements, a register's bytes
    int pieces;               // of a register, within which elements can move: of 16 bytes, or the one whole
    bool keeps_registers;     // they are in memory as in registers, which decides about the lanes' order
    int per_piece() const { return size / pieces / bytes; }
  };
  Layout layout_of(const Step& access) const;
  bool may_keep_registers() const;
  void start_groups();
  void begin_groups();
  VirtualRegister iteration_times(int stride);
  Address address_of_group(const Layout& layout, const ir::LaneGroup& group, int offset);
  int offset_of_piece(const Layout& layout, const ir::LaneGroup& group, int piece) const;
  void load_group(const Layout& layout, std::uint32_t group, std::size_t count);
  void load_from_group(std::uint32_t number);
  void store_to_group(const Step& stored);
  VirtualRegister pick(const Layout& layout, const VirtualRegister* sources, const Picks& picks);
  VirtualRegister pick_across(const Layout& layout, const VirtualRegister* sources, const Picks& picks);
  VirtualRegister pick_from_two(const Layout& layout, const VirtualRegister* sources, const Picks& picks);
  VirtualRegister pick_bytes(const Layout& layout, VirtualRegister source, int number, const Picks& picks);
  VirtualRegister vector_constant(const void* bytes, int size);
  bool permutes_registers(int bytes) const { return has_avx512() && (bytes > 1 || machine_->has_byte_permutations); }

  // ---- lane_twos.cpp: bytes that alternate in twos, as words
  bool is_of_twos(const Step& made) const;
  bool may_take_twos() const;
  VirtualRegister twos(const Step& loaded, std::size_t number);
  void widen_twos(std::uint32_t number);
  bool is_sum_of_twos(std::uint32_t number) const;
  void add_twos(std::uint32_t number);

  // ---- lane_bytes.cpp: bytes taken out of the middle of 4
  bool takes_byte(std::uint32_t number) const;
  bool is_taken_out(std::uint32_t number) const;
  void take_bytes(std::uint32_t number);

  // ---- lane_dots.cpp: dot products of elements that alternate in memory
  struct Quads {  // of a group, the elements of each lane in 4 bytes: in quads_ from `first` on
    std::uint32_t group;
    std::uint64_t positions;  // all: as they lie in memory
    std::size_t first;
  };
  static constexpr std::uint64_t as_in_memory = ~std::uint64_t{0};
  void load_quads(std::uint32_t number);
  std::size_t find_quads(std::uint32_t group, std::uint64_t positions) const;
  int begin_of_piece(const Step& load, int number) const;
  int size_of_piece() const;
  void order_quads(const Step& load, const Step& dot);
  void dot(std::uint32_t number);
  VirtualRegister dot_of_quads(const Step& made, VirtualRegister quads, VirtualRegister sum);

  // ---- lane_pairs.cpp: words and lanes of 4 bytes beside each other, and products of pairs of words
  VirtualRegister unpack(std::size_t half, std::uint8_t size, VirtualRegister low, VirtualRegister high);
  VirtualRegister join_words(const Step& made, std::uint8_t size, VirtualRegister low, VirtualRegister high);
  void widen_words(std::uint32_t number);
  void narrow_words(std::uint32_t number);
  void pair(std::uint32_t number);
  void pair_dot(std::uint32_t number);
  VirtualRegister nearest_root(std::uint8_t size, VirtualRegister words);

  // ---- lane_masks.cpp: what is conditional
  bool is_conditional(const Step& access) const { return loop_->accesses[access.access].is_conditional; }
  void load_masked(std::uint32_t number);
  void store_masked(const Step& stored);

  // ---- lane_bits.cpp: functions of an integer's bits
  VirtualRegister population_count(const Step& step, std::uint8_t size, VirtualRegister a);
  VirtualRegister counts_in_bytes(std::uint8_t size, VirtualRegister a);
  VirtualRegister nibble_counts(std::uint8_t size);

  // ---- lane_permutations.cpp: elements copied in another order
  void permute_block();
  int source_of_byte(int to) const;
  void permute_register(const Address& from, const Address& to);
  void permute_pieces(const Address& from, const Address& to);

  // ---- lane_halves.cpp: registers of words that are every second byte of one of bytes
  bool may_halve() const;
  void widen_halves(std::uint32_t number);
  bool may_change(std::uint32_t load, std::uint32_t from, std::uint32_t to) const;
  VirtualRegister bytes_of(std::uint32_t source, std::size_t number);
  VirtualRegister half_of(std::uint32_t source, std::size_t number, int parity);
  VirtualRegister make_half(const Step& source, VirtualRegister whole, int parity);
  void narrow_halves(std::uint32_t number);
  VirtualRegister join_bytes(bool is_signed, VirtualRegister even, VirtualRegister odd);

  // ---- lane_tables.cpp
  void begin_look_up(std::uint32_t number, const LaneSurroundings& surroundings);
  void look_up(std::uint32_t number);

  // ---- lane_reductions.cpp
  void begin_reduction(std::uint32_t number);
  void reduce(std::uint32_t number);
  void gather(const Step& step, std::uint8_t size, VirtualRegister gathered, VirtualRegister a);
  VirtualRegister without_repeated(const Step& value, std::size_t i, VirtualRegister a);
  Registers accumulators(std::uint32_t number) {
    return {accumulators_.data() + step_accumulators_[number], count_of(step(number).a)};
  }

  // ---- lane_operations.cpp
  void compute(std::uint32_t number);
  VirtualRegister integer_operation(const Step& step, std::uint8_t size, VirtualRegister a, VirtualRegister b);
  VirtualRegister shift(const Step& step, std::uint8_t size, VirtualRegister a, VirtualRegister b);
  VirtualRegister absolute(const Step& made, std::uint8_t size, VirtualRegister a);
  VirtualRegister extreme(const Step& step, std::uint8_t size, VirtualRegister a, VirtualRegister b);
  VirtualRegister multiply_wide(std::uint8_t size, VirtualRegister a, VirtualRegister b);
  VirtualRegister compare(const Step& step, std::uint8_t size, VirtualRegister a, VirtualRegister b);
  VirtualRegister compare_integers(const Step& step, std::uint8_t size, VirtualRegister a, VirtualRegister b);
  VirtualRegister select(std::uint8_t size, VirtualRegister mask, VirtualRegister a, VirtualRegister b);
  VirtualRegister selection(const Step& select, std::uint8_t size, VirtualRegister mask, VirtualRegister a,
                            VirtualRegister b);
  bool is_constant(std::uint32_t number, std::int64_t value) const;
  VirtualRegister negate_mask(std::uint8_t size, VirtualRegister mask);
  VirtualRegister float_operation(const Step& step, std::uint8_t size, VirtualRegister a, VirtualRegister b,
                                  VirtualRegister c);
  VirtualRegister round_half_away(const Step& step, std::uint8_t size, VirtualRegister a);
  VirtualRegister add_lanes(int bytes, std::uint8_t size, VirtualRegister a, VirtualRegister b);
  VirtualRegister subtract_lanes(int bytes, std::uint8_t size, VirtualRegister a, VirtualRegister b);
  VirtualRegister shift_right(ir::Type type, std::uint8_t size, VirtualRegister a, int count);

  // ---- lane_divisions.cpp
  VirtualRegister divide(const Step& step, std::uint8_t size, VirtualRegister a);
  VirtualRegister divide_by_power_of_two(const Step& step, std::uint8_t size, VirtualRegister a, int log);
  VirtualRegister multiply_high(const Step& step, std::uint8_t size, VirtualRegister a, std::uint64_t factor);

  // ---- lane_conversions.cpp
  void convert(std::uint32_t number);
  bool widen_from_memory(std::uint32_t number);
  void widen(std::uint32_t number);
  void narrow(std::uint32_t number);
  void narrow_quads(std::uint32_t number);
  void float_to_integer(std::uint32_t number);
  void join_halves(std::uint32_t number, Opcode opcode, std::span<const VirtualRegister> sources);
  VirtualRegister part(std::uint32_t number, int offset);
  VirtualRegister in_order(VirtualRegister packed, int factor, std::uint8_t size);
  VirtualRegister order_constant(int factor, std::uint8_t size);

  struct PoolConstant {
    std::uint64_t value;
    int bytes;  // or a number that says which other vector it is
    VirtualRegister reg;
  };

  struct Half {  // of what a step loaded from there
    VirtualRegister base;
    std::int64_t displacement;
    std::uint32_t load;
    VirtualRegister reg;
  };

  const ir::LaneLoop* loop_ = nullptr;
  LanePlan plan_;
  MachineProgram* machine_ = nullptr;
  const LaneSurroundings* surroundings_ = nullptr;
  std::vector<std::uint32_t> first_;  // per step: in registers_
  std::vector<VirtualRegister> registers_;
  std::vector<std::uint16_t> uses_;               // per step, as vectors
  std::vector<std::uint32_t> last_user_;          // per step
  std::vector<VirtualRegister> iotas_;            // of Index steps: their vectors in the first block
  std::vector<std::uint32_t> step_accumulators_;  // per step: in accumulators_
  std::vector<VirtualRegister> accumulators_;
  VirtualRegister first_lane_ = none;
  VirtualRegister first_lanes_[4] = {};  // the same in all lanes of 1, 2, 4, 8 bytes
  bool keeps_registers_ = false;         // see Layout
  bool halves_ =
      false;  // lanes of 2 bytes: registers 2i and 2i + 1 hold the even and the odd lanes of register i of bytes
  bool takes_twos_ = false;
  std::vector<Half> known_halves_;
  std::vector<std::uint16_t> halved_;   // per step: how many of its uses make words of its bytes
  std::vector<Shape> shapes_;           // per step
  std::vector<Shift> shifts_;           // per step; without a base: it is computed
  std::vector<int> beyond_;             // per step: lanes behind the block that are looked at
  std::vector<bool> widened_;           // per step: whether more is made of it than operations on its lanes
  std::uint32_t last_shapes_[64] = {};  // by what they are made of, the last first one of its like
  int cost_of_loads_ = 0, cost_of_operations_ = 0;
  std::vector<std::pair<VirtualRegister, VirtualRegister>> known_next_;  // registers, and what is 16 bytes further
  std::vector<std::uint32_t> stores_;                                    // the steps that store
  std::vector<std::uint32_t> group_registers_;                           // per group: the first in group_values_
  std::vector<VirtualRegister> group_values_;                            // registers as they are in memory
  std::vector<std::uint16_t> dots_;                                      // per step: how many of its uses are a Dot's
  std::vector<Quads> known_quads_;
  std::vector<VirtualRegister> quads_;
  std::vector<std::uint32_t> step_of_access_;  // per access
  VirtualRegister iterations_[5];              // of the block, times each stride
  std::vector<VirtualRegister> vector_constants_;
  std::vector<std::uint32_t> step_tables_;  // per step, of a LookUp: in tables_
  std::vector<VirtualRegister> tables_;
  std::vector<PoolConstant> pool_constants_;
  std::vector<Instruction>* constants_ = nullptr;
};

}  // namespace cogent::x86
