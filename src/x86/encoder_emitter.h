// The encoder's inside: Xbyak with the program, the allocation, and the places that are filled in at the end. The
// parts: encoder.cpp has the frame, labels, stubs and the pool; encoder_general.cpp, encoder_comparisons.cpp,
// encoder_general_direct.cpp, encoder_bits.cpp, encoder_calls.cpp, encoder_vector.cpp, encoder_vector_direct.cpp,
// encoder_masks.cpp and encoder_floats.cpp have one instruction at a time.
#pragma once

#include <xbyak/xbyak.h>

#include <bit>
#include <cstring>
#include <vector>

#include "x86/encoder.h"
#include "x86/encoder_direct.h"

namespace cogent::x86 {

class Emitter : private Xbyak::CodeGenerator {
 public:
  Emitter(std::uint8_t* buffer, std::size_t capacity) : Xbyak::CodeGenerator(capacity, buffer), buffer_(buffer) {}

  /// The buffer must have bytes_needed(program).
  MachineCode emit(const MachineProgram& program, const Allocation& allocation, GeneralEncoding general);
  static std::size_t bytes_needed(const MachineProgram& program);

 private:
  using Reg64 = Xbyak::Reg64;

  struct JumpPatch {  // a 32-bit displacement to a label
    std::uint32_t position;
    Label label;
  };
  struct PoolPatch {  // a 32-bit displacement, relative to `next`, to a constant
    std::uint32_t position, next;
    std::int32_t offset;
  };
  struct ReturnStub {  // the cold code of a ReturnIfFailed
    std::uint32_t position;
    VirtualRegister status;
    std::uint16_t line;
  };
  struct Skip {  // short jumps whose displacement is in the byte before these positions; 0: none
    std::uint32_t first = 0, second = 0;
  };
  struct Stub {  // the cold code of a FaultIf, reached from the displacement at `position`
    std::uint32_t position;
    std::uint32_t site;
    VirtualRegister index;
    std::uint8_t index_bytes;  // 4: to be extended with its sign
    std::uint16_t line;
    VirtualRegister size;  // what the index was compared with: this, or the immediate
    std::int64_t size_immediate;
  };

  // ---- encoder.cpp
  void start(const MachineProgram& program, const Allocation& allocation);
  void one(const Instruction& instruction);
  void structure(const Instruction& instruction);
  void prologue();
  void touch_stack_pages(std::uint32_t bytes);
  void epilogue();
  void place(Label label);
  void jump(Label label);
  void jump_if(Condition condition, Label label);
  void jump_table(const Instruction& instruction);
  void jump_if_in_table(const Instruction& instruction);
  Reg64 table_index(const Instruction& instruction);
  std::uint32_t jump_if_unknown(Condition condition);  // returns the position of the displacement
  void patch(std::uint32_t position, std::uint32_t target);
  void fault_if(const Instruction& instruction);
  void decline_if(const Instruction& instruction);
  void fault_stubs();
  void return_stubs();
  void load_index(const Stub& stub);
  void size_for_fault(const Stub& stub);
  void fault_tail();
  void patch_jumps();
  void append_pool();
  bool is_small_loop(const Instruction& begin) const;
  void align_loop_head(std::size_t alignment);
  void begin_line(std::uint16_t line);
  void note_line(std::uint16_t line) {
    if (line != line_) begin_line(line);
  }
  void pool_reference(std::int32_t offset, int bytes_behind_field = 0);
  std::uint32_t position() const { return static_cast<std::uint32_t>(getSize()); }

  // ---- encoder_general.cpp: the scratch registers are rax, rcx and rdx
  void general(const Instruction& instruction);
  void move_arguments(VirtualRegister d);
  void load_argument(const Instruction& instruction);
  void pool_address(const Instruction& instruction);
  void move_immediate(VirtualRegister d, std::int64_t value);
  void set_register(const Reg64& d, std::int64_t value);
  void move(VirtualRegister d, VirtualRegister a);
  void add_or_lea(const Instruction& instruction);
  void arithmetic(const Instruction& instruction);
  void apply(Opcode opcode, const Xbyak::Reg& d, const Xbyak::Operand& b);
  void apply_immediate(Opcode opcode, const Xbyak::Reg& d, std::int32_t immediate);
  void multiply(const Instruction& instruction);
  void unary(const Instruction& instruction);
  void shift(const Instruction& instruction);
  void shift_by_register(const Instruction& instruction);
  void load_effective_address(const Instruction& instruction);
  void extend(const Instruction& instruction);
  void access(const Instruction& instruction);
  void load(const Instruction& instruction);
  void store(const Instruction& instruction);
  void add_to_memory(const Instruction& instruction);
  /// The register of a value; one in memory is loaded into the scratch register.
  Reg64 use(VirtualRegister v, const Reg64& scratch);
  /// The register to compute a result in, and the store that follows if its home is in memory.
  Reg64 define(VirtualRegister v, const Reg64& scratch) const;
  void finish(VirtualRegister v, const Reg64& computed_in);
  bool in_register(VirtualRegister v) const { return allocation_->in_register(v); }
  bool same_home(VirtualRegister v, const Reg64& reg) const;
  Xbyak::Address slot(VirtualRegister v, int bits) const;
  Xbyak::RegExp address(const Instruction& instruction);
  static Xbyak::Reg sized(const Reg64& reg, int size);
  template <class Action>
  void with_operand(VirtualRegister v, int size, Action&& action) {  // on the register or the place in memory
    if (in_register(v))
      action(sized(Reg64(allocation_->machine_register[v]), size));
    else
      action(slot(v, 8 * size));
  }

  // ---- encoder_calls.cpp
  void call(const Instruction& instruction);
  void save_registers(const RegisterFile& registers);
  void restore_registers(const RegisterFile& registers);
  void move_arguments_of(const Instruction& call);
  void take_result(VirtualRegister d);
  void local_address(VirtualRegister d, std::int64_t offset);
  void load_from_frame(const Instruction& instruction);
  Xbyak::Address save_slot(int machine_register) const;
  std::int32_t vector_save_offset(int machine_register) const;

  // ---- encoder_bits.cpp
  void bits(const Instruction& instruction);
  void byte_swap(const Instruction& instruction);
  void rotate(const Instruction& instruction);

  // ---- encoder_comparisons.cpp
  void compare(const Instruction& instruction);
  void test_bits(const Instruction& instruction);
  bool is_compared(const Instruction& instruction) const;
  void set_if(const Instruction& instruction);
  void move_if(const Instruction& instruction);
  void minimum_maximum(const Instruction& instruction);
  void divide(const Instruction& instruction);
  void multiply_high(const Instruction& instruction);
  void load_rax(VirtualRegister a);

  // ---- encoder_general_direct.cpp: false if this must go through Xbyak
  bool general_directly(const Instruction& instruction);
  bool move_immediate_directly(int d, std::int64_t value);
  bool arithmetic_directly(const Instruction& instruction);
  bool multiply_directly(const Instruction& instruction);
  bool shift_directly(const Instruction& instruction);
  bool extend_directly(const Instruction& instruction);
  bool access_directly(const Instruction& instruction);
  bool compare_directly(const Instruction& instruction);
  bool set_memory(GeneralForm& form, const Instruction& instruction) const;
  void write(const GeneralForm& form);
  void write_move(int d, int a);
  int number(VirtualRegister v) const { return allocation_->machine_register[v]; }
  std::uint8_t* cursor() { return buffer_ + getSize(); }
  void advance_to(const std::uint8_t* end) { setSize(static_cast<std::size_t>(end - buffer_)); }

  // ---- encoder_floats.cpp: single floats in vector registers
  void destructive(Instruction instruction, const Descriptor& descriptor);
  bool same_vector_home(VirtualRegister v, VirtualRegister w) const {
    return in_register(v) && in_register(w) && number(v) == number(w);
  }
  void keep_upper(const Instruction& instruction, const Descriptor& descriptor);
  void to_general(const Instruction& instruction, const Descriptor& descriptor);
  void move_float(VirtualRegister d, VirtualRegister a);
  void put_in(int machine_register, VirtualRegister v);
  void copy_float(int d, int a);
  void clear(int machine_register);
  void compare_floats(const Instruction& instruction);
  void set_if_equal_floats(const Instruction& instruction);
  void move_if_by_branch(const Instruction& instruction);
  bool move_if_by_mask(const Instruction& instruction);
  Skip skip_unless(Condition condition);
  std::uint32_t short_jump(Condition condition);
  void arrive(Skip skip);
  void arrive(std::uint32_t short_jump_end);
  /// jump(c) emits a jump that is taken under the processor's condition c: once or twice, together `condition`.
  template <class Jump>
  void when(Condition condition, Jump&& jump) {
    if (condition == Condition::NotEqualOrUnordered) {
      jump(Condition::NotEqual);
      jump(Condition::Unordered);
    } else if (condition == Condition::EqualOrdered) {
      const std::uint32_t unordered = short_jump(Condition::Unordered);
      jump(Condition::Equal);
      arrive(unordered);
    } else {
      jump(condition);
    }
  }
  bool is_vector(VirtualRegister v) const { return program_->registers[v] == RegisterClass::Vector; }

  // ---- encoder_vector_direct.cpp: false if this must go the long way
  bool vector_directly(const Instruction& instruction);
  bool vector_access_directly(const Instruction& instruction, std::uint64_t bytes);
  bool vector_from_pool_directly(const Instruction& instruction, std::uint64_t bytes);

  // ---- encoder_masks.cpp: masks are vectors whose lanes have all bits equal
  void access_masked(const Instruction& instruction, const Descriptor& descriptor);
  void compare_lanes(const Instruction& instruction, const Descriptor& descriptor);
  void blend(const Instruction& instruction, const Descriptor& descriptor);

  // ---- encoder_vector.cpp
  void vector(const Instruction& instruction);
  void check_level(const Descriptor& descriptor) const;
  void vector_store(const Instruction& instruction, const Descriptor& descriptor);
  void vector_constant(const Instruction& instruction);
  void vector_zero(const Instruction& instruction);
  void vector_move(const Instruction& instruction);
  void set_memory(VectorForm& form, const Instruction& instruction);
  static void set_stack(VectorForm& form, std::int32_t offset);  // [rsp + offset]
  void set_source(VectorForm& form, const Instruction& instruction, const Descriptor& descriptor);
  void set_pool_constant(VectorForm& form, VirtualRegister v);
  int use_vector(VirtualRegister v, int scratch);
  bool is_zero(const PoolConstant& constant) const;
  void load_constant(int machine_register, const PoolConstant& constant, std::uint8_t size);
  void load_slot(int machine_register, VirtualRegister v) { load_vector(machine_register, slot_offset(v)); }
  void store_slot(int machine_register, VirtualRegister v) { store_vector(machine_register, slot_offset(v)); }
  void load_vector(int machine_register, std::int32_t offset);  // from rsp
  void store_vector(int machine_register, std::int32_t offset);
  std::int32_t slot_offset(VirtualRegister v) const { return allocation_->spill_slot[v] * program_->vector_size; }
  void write(const VectorForm& form);
  bool has_evex() const { return program_->level == CpuLevel::Avx512; }
  bool has_vex() const { return program_->level != CpuLevel::Baseline; }
  int scratch(int i) const { return has_evex() ? frame::vector_scratch_avx512[i] : frame::vector_scratch[i]; }

  std::uint8_t* buffer_;
  bool directly_ = true;
  const MachineProgram* program_ = nullptr;
  const Allocation* allocation_ = nullptr;
  int saved_registers_bottom_ = 0;  // offset from rbp of the lowest saved register
  int locals_ = 0;                  // offset from rsp of the local memory
  std::uint32_t frame_bytes_ = 0;
  std::vector<std::uint32_t> label_positions_;
  std::vector<JumpPatch> jumps_;
  std::vector<PoolPatch> pool_references_;
  std::vector<Stub> stubs_;
  std::vector<ReturnStub> return_stubs_;
  std::vector<std::uint8_t> expanded_constants_;  // appended to the program's pool
  std::vector<LineEntry> lines_;
  std::vector<std::uint32_t> returns_;
  static constexpr std::uint32_t no_line = UINT32_MAX;
  std::uint32_t line_ = no_line;  // of the last entry
  std::vector<CallEntry> calls_;
  Label declined_ = none;
};

}  // namespace cogent::x86
