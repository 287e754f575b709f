// The machine program: a flat list of instructions over virtual registers, with marks around loops, a pool of constants
// and a table of fault sites. Instruction selection writes it, linear_scan gives it registers, the encoder its bytes.
//
// Calls. `call(address, arguments, count, result, name)` calls a C function by its absolute address, as System V has
// it: arguments of general registers go to rdi, rsi, rdx, rcx, r8, r9, those of vector registers (one float or double
// each) to xmm0 ... xmm7, each class in order; the result comes from rax or xmm0. Nothing else is needed: the
// allocation keeps what lives across the call out of the registers that the callee may change, or has them saved around
// it, and the stack is aligned. The callee must return, exceptions must not leave it. Blocks of memory for it are made
// by `local(bytes)`; their address in this activation is `local_address(offset)`. `error_record()` and `context()` are
// what the caller passed (entry_convention.h). `return_if_failed(status)` returns a status other than Done at once.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "ir/fault_kind.h"
#include "x86/cpu_features.h"
#include "x86/entry_convention.h"
#include "x86/opcodes.h"

namespace cogent::x86 {

/// A virtual register. It may be assigned any number of times, but on every path to a use there must be an assignment.
using VirtualRegister = std::uint32_t;
using Label = std::uint32_t;
inline constexpr VirtualRegister none = ~VirtualRegister{0};

/// A float lives in a vector register.
enum class RegisterClass : std::uint8_t { General, Vector };

/// The processor's condition codes, and two more. Floats are compared as the unsigned numbers are, and only by Above,
/// AboveEqual (false when either is NaN), their negations BelowEqual and Below (then true), Unordered, Ordered, and the
/// last two.
enum class Condition : std::uint8_t {
  Below = 2,  // unsigned
  AboveEqual = 3,
  Equal = 4,
  NotEqual = 5,
  BelowEqual = 6,
  Above = 7,
  Unordered = 10,  // of floats: one of them is NaN
  Ordered = 11,
  Less = 12,  // signed
  GreaterEqual = 13,
  LessEqual = 14,
  Greater = 15,
  EqualOrdered = 16,  // of floats: equal, and neither is NaN
  NotEqualOrUnordered = 17
};
constexpr Condition negate(Condition condition) { return static_cast<Condition>(static_cast<int>(condition) ^ 1); }
/// The condition that holds for (b, a) when `condition` holds for (a, b).
constexpr Condition swap_sides(Condition condition) {
  switch (condition) {
    case Condition::Below:
      return Condition::Above;
    case Condition::Above:
      return Condition::Below;
    case Condition::AboveEqual:
      return Condition::BelowEqual;
    case Condition::BelowEqual:
      return Condition::AboveEqual;
    case Condition::Less:
      return Condition::Greater;
    case Condition::Greater:
      return Condition::Less;
    case Condition::GreaterEqual:
      return Condition::LessEqual;
    case Condition::LessEqual:
      return Condition::GreaterEqual;
    default:
      return condition;
  }
}

/// One instruction. The operand fields mean:
/// - arithmetic: d = a op b, or d = a op immediate when b is `none`. `size` is 4 or 8 bytes; with 4 the upper half of d
///   becomes zero. Immediates are of 32 bits, sign-extended; only MoveImmediate takes 64.
/// - Move copies a register of either class.
/// - JumpIf, DeclineIf, FaultIf, SetIf, MoveIf: compare a with b or the immediate, in `size` bytes (4 or 8); with
///   `tests`, the bits that both have are compared with 0, for Equal and NotEqual. When a and b are vector registers,
///   they are compared as floats of that size.
/// - SignExtend, ZeroExtend: from the low `size` bytes (1, 2, 4) of a to 64 bits.
/// - memory operands: [b + c * scale + immediate], c may be `none`. Load and Store move `size` bytes (1, 2, 4, 8);
///   Load extends with zeros, LoadSigned with the sign, to 64 bits; Store stores a.
/// - AddToMemory adds a, or `control` with its sign when a is `none`, to the `size` bytes in memory.
/// - jumps keep their label, and FaultIf its site, in d; c of FaultIf is the index to report (or `none`: 0),
///   of 8 bytes, or with a size of 4 of those with their sign.
/// - JumpTable: to the label of slot a (`size` bytes of it, 4 or 8) of the table at `immediate` in the pool;
///   JumpIfInTable: to the label d if byte a of the table is not 0.
/// - MoveIf: d = c if the condition holds of (a, b), else unchanged; d and c are of either class. `control` is the size
///   of the float that d and c are.
/// - counts of bits, ByteSwap: of `size` 4 or 8 bytes; RotateLeft: d = a rotated in its low `size` bytes (1, 2, 4, 8).
///   BitScan's result is arbitrary when a is 0. PopulationCount, CountLeadingZeros and CountTrailingZeros do not exist
///   at Baseline.
/// - Call: d is the result or `none`; `immediate` is the number of the call in `calls`.
/// - vectors: see Descriptor; `size` is the vector's bytes (16, 32, 64): of the wider side when the sides differ, as in
///   the mnemonic's first operand for widening and the second for narrowing and extracting. The r/m operand is the
///   register b or, with `memory`, [b + c * scale + immediate]; with `broadcast` one element of it in all lanes. Those
///   on one float (Vaddsd) have a size of 16.
struct Instruction {
  Opcode opcode;
  std::uint16_t line = 0;  // of the user's source, for the line table
  std::uint8_t size = 8;
  Condition condition = Condition::Equal;
  std::uint8_t scale : 4 = 1;
  std::uint8_t memory : 1 = 0;
  std::uint8_t broadcast : 1 = 0;
  std::uint8_t tests : 1 = 0;
  std::uint8_t control = 0;  // the immediate byte of vector instructions
  VirtualRegister d = none, a = none, b = none, c = none;
  std::int64_t immediate = 0;  // also the displacement of a memory operand, which fits 32 bits
};
static_assert(sizeof(Instruction) == 32);

/// A memory operand of an instruction that is being written.
struct Address {
  VirtualRegister base = none;
  VirtualRegister index = none;
  std::int64_t displacement = 0;
  std::uint8_t scale = 1;
};

/// The right side of an arithmetic instruction or a comparison.
struct Operand {
  VirtualRegister reg = none;
  std::int32_t immediate = 0;
  static Operand of(VirtualRegister reg) { return {reg, 0}; }
  static Operand of_immediate(std::int32_t value) { return {none, value}; }
};

/// Where generated code can fail. The number of a site is what the error record receives.
struct FaultSite {
  ir::FaultKind kind;
  std::uint32_t statement;  // of the program: the load, store, division, loop or requirement that failed
};

/// A virtual register whose content is in the pool. One that finds no register is used from there.
struct PoolConstant {
  std::int32_t offset = -1;  // -1: not a constant
  std::uint8_t element = 0;  // bytes: 1, 2, 4, 8 are broadcast to all lanes; 16, 32, 64 are loaded as they are
  bool is_scalar = false;    // 4 or 8 bytes that are not broadcast
};

/// A slot of a jump table in the pool: 4 bytes that the encoder makes the distance from the table to the label.
struct TableSlot {
  std::int32_t table, offset;  // in the pool
  Label label;
};

/// A parallel loop that is done in parts, by its place in MachineProgram::parallel_loops.
struct ParallelLoop {
  std::uint32_t statement;   // of the program: a For
  std::uint64_t fewest = 1;  // rounds (of a stencil: blocks) of a part: fewer are not worth a thread's while
};

/// A call; its arguments are `count` registers of MachineProgram::call_arguments.
struct CallSite {
  std::uint64_t address;  // own_entry: the program itself
  const char* name;       // in the assembly
  std::uint32_t first, count;
};
inline constexpr std::uint64_t own_entry = 0;
inline constexpr std::uint32_t most_general_arguments = 6, most_vector_arguments = 8;

struct MachineProgram {
  std::vector<Instruction> instructions;
  std::vector<RegisterClass> registers;      // the class of every virtual register
  std::vector<PoolConstant> pool_constants;  // per virtual register
  std::vector<std::uint8_t> pool;            // follows the code, aligned to 64 bytes
  std::vector<TableSlot> table_slots;
  std::vector<FaultSite> fault_sites;
  std::vector<CallSite> calls;
  std::vector<VirtualRegister> call_arguments;
  std::vector<ParallelLoop> parallel_loops;
  Label label_count = 0;
  std::uint64_t run_memory_bytes = 0;  // local memory that the caller provides: RunState::memory
  CpuLevel level = CpuLevel::Baseline;
  std::uint8_t vector_size = 0;    // bytes of a spilled vector: the largest that the program uses
  std::uint16_t line = 0;          // what new instructions carry
  std::uint32_t local_bytes = 0;   // of the frame, for local()
  std::int32_t context_slot = -1;  // where in them the context is kept; -1: not needed
  std::int32_t calls_left_slot = -1;
  bool has_byte_permutations = false;  // Vpermt2b
  bool has_bit_counts = false;         // Vpopcntb and the like
  bool needs_error_record = false;
  bool calls_itself = false;
  bool has_lanes = false;  // single floats and whole vectors both occur, and vector_size is that of the vectors

  /// Empties the program and keeps its memory. With Avx512 vector instructions get EVEX encodings (32 registers), with
  /// Avx2 VEX encodings (16 registers, no 64-byte vectors, no EvexOnly instructions); Baseline has those on one float.
  void clear(CpuLevel cpu_level) {
    instructions.clear();
    registers.clear();
    pool_constants.clear();
    pool.clear();
    table_slots.clear();
    fault_sites.clear();
    calls.clear();
    call_arguments.clear();
    parallel_loops.clear();
    label_count = 0;
    run_memory_bytes = 0;
    level = cpu_level;
    has_byte_permutations = cpu_level == CpuLevel::Avx512 && has_vbmi();
    has_bit_counts = cpu_level == CpuLevel::Avx512 && x86::has_bit_counts();
    vector_size = cpu_level == CpuLevel::Avx512 ? 64 : cpu_level == CpuLevel::Avx2 ? 32 : size_of_scalars;
    line = 0;
    local_bytes = 0;
    context_slot = -1;
    calls_left_slot = -1;
    needs_error_record = calls_itself = has_lanes = false;
  }

  /// Whether vector registers hold single floats only: then vector_size is size_of_scalars, set before the first one.
  bool is_scalar() const { return vector_size == size_of_scalars; }
  static constexpr std::uint8_t size_of_scalars = 8;
  bool has_single_floats() const { return is_scalar() || has_lanes; }

  VirtualRegister new_register(RegisterClass register_class) {
    registers.push_back(register_class);
    pool_constants.emplace_back();
    return static_cast<VirtualRegister>(registers.size() - 1);
  }
  VirtualRegister new_general() { return new_register(RegisterClass::General); }
  VirtualRegister new_vector() { return new_register(RegisterClass::Vector); }

  /// Appends an instruction; all others below are made of this.
  Instruction& append(Opcode opcode) {
    Instruction& instruction = instructions.emplace_back(Instruction{opcode});
    instruction.line = line;
    return instruction;
  }

  // ---- structure
  Label new_label() { return label_count++; }
  void place(Label label) { append(Opcode::Label).d = label; }
  /// Begins a loop and returns the label of its head. Every jump backward must be from within a loop to its head, or to
  /// a label in it where no register is live that is not mentioned before the loop.
  Label begin_loop() {
    const Label head = new_label();
    append(Opcode::LoopBegin).d = head;
    return head;
  }
  /// Ends the loop that began last. (Control that arrives here goes on behind it: jump back before.)
  void end_loop() { append(Opcode::LoopEnd); }
  void jump(Label label) { append(Opcode::Jump).d = label; }
  void jump_if(Condition condition, std::uint8_t size, VirtualRegister a, Operand b, Label label) {
    compare(Opcode::JumpIf, condition, size, a, b).d = label;
  }
  /// Goes to the label of the slot, one of the table's.
  void jump_through_table(VirtualRegister slot, std::uint8_t size, std::span<const Label> labels);
  /// Goes to the label if the byte with this number, one of the table's, is not 0.
  void jump_if_in_table(VirtualRegister number, std::uint8_t size, std::span<const std::uint8_t> bytes, Label label);
  void return_status(Status status) { append(Opcode::Return).immediate = static_cast<std::int64_t>(status); }
  /// Returns Declined if the condition holds. Only while nothing has been written.
  void decline_if(Condition condition, std::uint8_t size, VirtualRegister a, Operand b) {
    compare(Opcode::DeclineIf, condition, size, a, b);
  }
  /// Goes to the fault of a site if the condition holds, reporting the content of `index`.
  void fault_if(Condition condition, std::uint8_t size, VirtualRegister a, Operand b, std::uint32_t site,
                VirtualRegister index = none) {
    Instruction& instruction = compare(Opcode::FaultIf, condition, size, a, b);
    instruction.d = site;
    instruction.c = index;
  }
  std::uint32_t new_fault_site(ir::FaultKind kind, std::uint32_t statement) {
    fault_sites.push_back({kind, statement});
    return static_cast<std::uint32_t>(fault_sites.size() - 1);
  }

  // ---- calls and local memory, see the head of this file
  /// The result's class, or no result when `result` is `none`.
  void call(std::uint64_t address, const VirtualRegister* arguments, std::size_t count, VirtualRegister result,
            const char* name = "function");
  /// The same to the beginning of this program: slots, error record, context, and how many calls of itself are left.
  void call_self(const VirtualRegister* arguments, std::size_t count, VirtualRegister result) {
    calls_itself = true;
    call(own_entry, arguments, count, result);
  }
  void return_if_failed(VirtualRegister status) { append(Opcode::ReturnIfFailed).a = status; }
  /// Reserves bytes of the frame, at a multiple of 16, and returns their offset; nothing is there yet.
  std::int32_t local(std::uint32_t bytes);
  VirtualRegister local_address(std::int32_t offset) {
    Instruction& instruction = append(Opcode::LocalAddress);
    instruction.immediate = offset;
    return define_general(instruction);
  }
  VirtualRegister error_record() {
    needs_error_record = true;
    return define_general(append(Opcode::LoadErrorRecord));
  }
  VirtualRegister context() {
    if (context_slot < 0) context_slot = local(8);
    return define_general(append(Opcode::LoadContext));
  }
  /// The fourth argument of the entry: how many calls of itself are left. Only where the program calls itself.
  VirtualRegister calls_left() {
    if (calls_left_slot < 0) calls_left_slot = local(8);
    return define_general(append(Opcode::LoadCallsLeft));
  }
  /// The arguments of a Call instruction.
  std::span<const VirtualRegister> arguments_of(const Instruction& call) const {
    const CallSite& site = calls[static_cast<std::size_t>(call.immediate)];
    return {call_arguments.data() + site.first, site.count};
  }

  // ---- general registers; the `into` forms assign a register that exists
  /// The argument slots. Must be the first instruction.
  VirtualRegister arguments() { return define_general(append(Opcode::Arguments)); }
  VirtualRegister load_argument(VirtualRegister arguments_pointer, std::uint32_t slot) {
    Instruction& instruction = append(Opcode::LoadArgument);
    instruction.a = arguments_pointer;
    instruction.immediate = slot;
    return define_general(instruction);
  }
  VirtualRegister pool_address(std::int32_t offset) {
    Instruction& instruction = append(Opcode::PoolAddress);
    instruction.immediate = offset;
    return define_general(instruction);
  }
  VirtualRegister immediate(std::int64_t value) { return immediate_into(new_general(), value); }
  VirtualRegister immediate_into(VirtualRegister d, std::int64_t value) {
    Instruction& instruction = append(Opcode::MoveImmediate);
    instruction.d = d;
    instruction.immediate = value;
    return d;
  }
  VirtualRegister move(VirtualRegister a) { return move_into(new_register(registers[a]), a); }
  VirtualRegister move_into(VirtualRegister d, VirtualRegister a) { return unary_into(d, Opcode::Move, 8, a); }
  VirtualRegister unary(Opcode opcode, std::uint8_t size, VirtualRegister a) {
    return unary_into(new_general(), opcode, size, a);
  }
  VirtualRegister unary_into(VirtualRegister d, Opcode opcode, std::uint8_t size, VirtualRegister a) {
    Instruction& instruction = append(opcode);
    instruction.size = size;
    instruction.d = d;
    instruction.a = a;
    return d;
  }
  VirtualRegister binary(Opcode opcode, std::uint8_t size, VirtualRegister a, Operand b) {
    return binary_into(new_general(), opcode, size, a, b);
  }
  VirtualRegister binary_into(VirtualRegister d, Opcode opcode, std::uint8_t size, VirtualRegister a, Operand b) {
    unary_into(d, opcode, size, a);
    instructions.back().b = b.reg;
    instructions.back().immediate = b.immediate;
    return d;
  }
  VirtualRegister set_if(Condition condition, std::uint8_t size, VirtualRegister a, Operand b) {
    return define_general(compare(Opcode::SetIf, condition, size, a, b));
  }
  void move_if(VirtualRegister d, VirtualRegister c, Condition condition, std::uint8_t size, VirtualRegister a,
               Operand b) {
    Instruction& instruction = compare(Opcode::MoveIf, condition, size, a, b);
    instruction.d = d;
    instruction.c = c;
  }
  /// The same for floats of `moved_size` bytes.
  void move_float_if(VirtualRegister d, VirtualRegister c, std::uint8_t moved_size, Condition condition,
                     std::uint8_t size, VirtualRegister a, Operand b) {
    move_if(d, c, condition, size, a, b);
    instructions.back().control = moved_size;
  }
  VirtualRegister lea(const Address& address) {
    const VirtualRegister d = new_general();
    at(append(Opcode::Lea), address).d = d;
    return d;
  }
  VirtualRegister load(std::uint8_t size, bool is_signed, const Address& address) {
    const VirtualRegister d = new_general();
    Instruction& instruction = at(append(is_signed ? Opcode::LoadSigned : Opcode::Load), address);
    instruction.size = size;
    instruction.d = d;
    return d;
  }
  void store(std::uint8_t size, const Address& address, VirtualRegister a) {
    Instruction& instruction = at(append(Opcode::Store), address);
    instruction.size = size;
    instruction.a = a;
  }
  /// Adds a, or an immediate of 8 bits, to what is in memory.
  void add_to_memory(std::uint8_t size, const Address& address, Operand a) {
    Instruction& instruction = at(append(Opcode::AddToMemory), address);
    instruction.size = size;
    instruction.a = a.reg;
    instruction.control = static_cast<std::uint8_t>(a.immediate);
  }
  /// Brings the cache line near, if the address is one that can be read; else does nothing.
  void prefetch(const Address& address, bool for_writing) {
    at(append(for_writing ? Opcode::PrefetchForWriting : Opcode::Prefetch), address);
  }

  /// After stores past the caches: other threads see them before what this one stores later.
  void store_fence() { append(Opcode::StoreFence); }

  // ---- vectors (`size` 16, 32 or 64 bytes)
  VirtualRegister vector_zero_into(VirtualRegister d, std::uint8_t size);
  VirtualRegister vector_zero(std::uint8_t size) { return vector_zero_into(new_vector(), size); }
  /// d = op(a, b), and d = op(d, a, b) for accumulating instructions, which need the `into` form.
  VirtualRegister vector_into(VirtualRegister d, Opcode opcode, std::uint8_t size, VirtualRegister a, VirtualRegister b,
                              std::uint8_t control = 0);
  VirtualRegister vector(Opcode opcode, std::uint8_t size, VirtualRegister a, VirtualRegister b,
                         std::uint8_t control = 0) {
    return vector_into(new_vector(), opcode, size, a, b, control);
  }
  /// d = op(b): also the shifts, whose count is `control`.
  VirtualRegister vector_unary(Opcode opcode, std::uint8_t size, VirtualRegister b, std::uint8_t control = 0) {
    return vector_into(new_vector(), opcode, size, none, b, control);
  }
  /// d = op(a, memory); a is `none` for loads and other unary instructions. With `broadcast` the operand is one element
  /// in all lanes (Avx512 only).
  VirtualRegister vector_from_memory_into(VirtualRegister d, Opcode opcode, std::uint8_t size, VirtualRegister a,
                                          const Address& address, bool broadcast = false, std::uint8_t control = 0);
  VirtualRegister vector_load(Opcode opcode, std::uint8_t size, const Address& address) {
    return vector_from_memory_into(new_vector(), opcode, size, none, address);
  }
  void vector_store(Opcode opcode, std::uint8_t size, const Address& address, VirtualRegister a,
                    std::uint8_t control = 0);
  /// Extracting instructions and moves to a general register: d = part of a.
  VirtualRegister vector_part(Opcode opcode, std::uint8_t size, VirtualRegister a, std::uint8_t control = 0);

  // ---- the pool
  /// Appends bytes to the pool, at a multiple of `alignment`, and returns their offset.
  std::int32_t add_to_pool(const void* bytes, std::size_t count, std::size_t alignment);
  /// A vector register with the element (1, 2, 4, 8 bytes) in all lanes. Equal constants should be asked for once.
  VirtualRegister broadcast_constant(std::uint64_t value, std::uint8_t element);
  /// A vector register with a float of 4 or 8 bytes, by its bits. Only in scalar programs.
  VirtualRegister scalar_constant(std::uint64_t bits, std::uint8_t size);
  /// A vector register with `size` bytes.
  VirtualRegister vector_constant(const void* bytes, std::uint8_t size);

 private:
  Instruction& compare(Opcode opcode, Condition condition, std::uint8_t size, VirtualRegister a, Operand b) {
    Instruction& instruction = append(opcode);
    instruction.condition = condition;
    instruction.size = size;
    instruction.a = a;
    instruction.b = b.reg;
    instruction.immediate = b.immediate;
    return instruction;
  }
  VirtualRegister define_general(Instruction& instruction) { return instruction.d = new_general(); }
  static Instruction& at(Instruction& instruction, const Address& address) {
    instruction.b = address.base;
    instruction.c = address.index;
    instruction.scale = address.scale & 15;
    instruction.immediate = address.displacement;
    return instruction;
  }
};

}  // namespace cogent::x86
