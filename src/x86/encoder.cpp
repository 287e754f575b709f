// The whole of a program: frame, labels and jumps, cold stubs, pool, line table.
#include "x86/encoder.h"

#include <algorithm>
#include <string>

#include "x86/encoder_emitter.h"

namespace cogent::x86 {
namespace {

constexpr std::uint32_t unplaced = ~std::uint32_t{0};
constexpr std::size_t loop_alignment = 32;
constexpr std::size_t small_loop_alignment =
    64;                         // a line of decoded instructions: a small loop in two takes twice as long
constexpr int small_loop = 12;  // instructions
constexpr std::size_t pool_alignment = 64;
constexpr std::size_t page = 4096;
constexpr std::size_t red_zone = 128;  // below rsp, left alone by signals: enough for most frames, if nothing is called
constexpr std::size_t large_local = 1024;  // local memory that vectors go through, which should not cross cache lines
constexpr std::size_t largest_frame = std::size_t{256} << 10;  // threads may have small stacks

constexpr std::size_t most_bytes_of_an_instruction = 96;  // every operand spilled, or an aligned loop head
constexpr std::size_t most_bytes_of_a_call = 1024;        // everything saved and restored, and all arguments moved
constexpr std::size_t most_bytes_around = 4096;           // prologue, epilogue, alignment

constexpr std::size_t round_up(std::size_t bytes, std::size_t alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

std::string too_large(std::size_t bytes) {
  return "the generated function needs a stack frame of " + std::to_string(bytes) + " bytes, more than " +
         std::to_string(largest_frame);
}

}  // namespace

std::size_t Emitter::bytes_needed(const MachineProgram& program) {
  return most_bytes_around + program.instructions.size() * (most_bytes_of_an_instruction + pool_alignment) +
         program.calls.size() * most_bytes_of_a_call + program.pool.size();
}

void Emitter::start(const MachineProgram& program, const Allocation& allocation) {
  program_ = &program;
  allocation_ = &allocation;
  setSize(0);
  label_positions_.assign(program.label_count, unplaced);
  jumps_.clear();
  pool_references_.clear();
  stubs_.clear();
  return_stubs_.clear();
  expanded_constants_.clear();
  lines_.clear();
  returns_.clear();
  line_ = no_line;
  calls_.clear();
  declined_ = none;
}

MachineCode Emitter::emit(const MachineProgram& program, const Allocation& allocation, GeneralEncoding general) {
  start(program, allocation);
  directly_ = general == GeneralEncoding::Direct;
  prologue();
  for (const Instruction& instruction : program.instructions) one(instruction);
  fault_stubs();
  return_stubs();
  patch_jumps();
  const std::size_t code_size = getSize();
  append_pool();
  return {{buffer_, getSize()},
          code_size,
          lines_,
          calls_,
          frame_bytes_,
          returns_,
          allocation_->used_general & frame::callee_saved};
}

void Emitter::one(const Instruction& instruction) {
  note_line(instruction.line);
  if (instruction.opcode >= Opcode::VectorConstant)
    vector(instruction);
  else if (instruction.opcode >= Opcode::Arguments)
    general(instruction);
  else
    structure(instruction);
}

void Emitter::structure(const Instruction& instruction) {
  switch (instruction.opcode) {
    case Opcode::Label:
      return place(instruction.d);
    case Opcode::LoopBegin:
      align_loop_head(is_small_loop(instruction) ? small_loop_alignment : loop_alignment);
      return place(instruction.d);
    case Opcode::Jump:
      return jump(instruction.d);
    case Opcode::JumpIf:
      compare(instruction);
      return when(instruction.condition, [&](Condition condition) { jump_if(condition, instruction.d); });
    case Opcode::JumpTable:
      return jump_table(instruction);
    case Opcode::JumpIfInTable:
      return jump_if_in_table(instruction);
    case Opcode::DeclineIf:
      return decline_if(instruction);
    case Opcode::FaultIf:
      return fault_if(instruction);
    case Opcode::ReturnIfFailed:
      with_operand(instruction.a, 4, [&](const Xbyak::Operand& status) { cmp(status, 0); });
      return_stubs_.push_back({jump_if_unknown(Condition::NotEqual), instruction.a, instruction.line});
      return;
    case Opcode::Return:
      set_register(rax, instruction.immediate);
      return epilogue();
    default:
      return;  // LoopEnd
  }
}

void Emitter::decline_if(const Instruction& instruction) {
  compare(instruction);
  if (declined_ == none) {
    declined_ = static_cast<Label>(label_positions_.size());
    label_positions_.push_back(unplaced);
  }
  when(instruction.condition, [&](Condition condition) { jump_if(condition, declined_); });
}

void Emitter::fault_if(const Instruction& instruction) {
  compare(instruction);
  when(instruction.condition, [&](Condition condition) {
    stubs_.push_back({jump_if_unknown(condition), instruction.d, instruction.c, instruction.size, instruction.line,
                      is_vector(instruction.a) ? none : instruction.b, instruction.immediate});
  });
}

void Emitter::prologue() {
  push(rbp);
  mov(rbp, rsp);
  saved_registers_bottom_ = frame::first_saved_register + 8;
  for (std::uint32_t saved = allocation_->used_general & frame::callee_saved; saved != 0; saved &= saved - 1)
    saved_registers_bottom_ -= 8;
  const std::size_t vectors = round_up(static_cast<std::size_t>(allocation_->vector_slots) * program_->vector_size, 16);
  const bool has_vectors = vectors != 0 || (program_->local_bytes >= large_local && !program_->is_scalar());
  const std::size_t alignment = has_vectors ? std::max<std::size_t>(program_->vector_size, 16) : 16;
  const std::size_t low = vectors + program_->local_bytes;  // what is addressed from rsp
  const std::size_t bytes =
      round_up(low + static_cast<std::size_t>(8 * allocation_->general_slots - saved_registers_bottom_), alignment);
  locals_ = static_cast<int>(vectors);
  frame_bytes_ = static_cast<std::uint32_t>(bytes + alignment + 16);  // with the return address and rbp
  if (bytes > largest_frame) throw EncodingError(too_large(bytes));
  if (bytes >= page) touch_stack_pages(static_cast<std::uint32_t>(bytes));
  if (bytes > red_zone || low != 0 || !program_->calls.empty()) sub(rsp, static_cast<std::uint32_t>(bytes));
  if (alignment > 16) and_(rsp, -static_cast<int>(alignment));
  if (!program_->fault_sites.empty() || program_->needs_error_record) mov(qword[rbp + frame::error_record], rsi);
  if (program_->context_slot >= 0) mov(qword[rsp + (locals_ + program_->context_slot)], rdx);
  if (program_->calls_left_slot >= 0) mov(qword[rsp + (locals_ + program_->calls_left_slot)], rcx);
  int at = frame::first_saved_register;
  for (std::uint32_t saved = allocation_->used_general & frame::callee_saved; saved != 0; saved &= saved - 1, at -= 8)
    mov(qword[rbp + at], Reg64(std::countr_zero(saved)));
}

// A frame larger than the guard page below the stack must not step over it: touch each page, downward.
void Emitter::touch_stack_pages(std::uint32_t bytes) {
  lea(r11, ptr[rsp - static_cast<int>(bytes)]);
  mov(rax, rsp);
  const std::uint32_t again = position();
  sub(rax, static_cast<std::uint32_t>(page));
  or_(dword[rax], 0);
  cmp(rax, r11);
  patch(jump_if_unknown(Condition::Above), again);
}

void Emitter::epilogue() {
  if (allocation_->used_vector != 0 && !program_->is_scalar()) vzeroupper();
  int at = frame::first_saved_register;
  for (std::uint32_t saved = allocation_->used_general & frame::callee_saved; saved != 0; saved &= saved - 1, at -= 8)
    mov(Reg64(std::countr_zero(saved)), qword[rbp + at]);
  leave();
  returns_.push_back(position());
  ret();
}

void Emitter::place(Label label) { label_positions_[label] = position(); }

bool Emitter::is_small_loop(const Instruction& begin) const {
  const Instruction* const end = program_->instructions.data() + program_->instructions.size();
  const Instruction* at = &begin;
  for (int i = 0; i < small_loop && at != end; ++i, ++at)
    if (at->opcode == Opcode::LoopEnd) return true;
  return false;
}

void Emitter::align_loop_head(std::size_t alignment) {
  const std::size_t rest = getSize() % alignment;
  if (rest != 0) nop(alignment - rest);
}

void Emitter::jump(Label label) {
  const std::uint32_t target = label_positions_[label];
  if (target != unplaced && position() + 2 - target <= 128) {
    db(0xeb);
    db(static_cast<std::uint8_t>(target - (position() + 1)));
    return;
  }
  db(0xe9);
  jumps_.push_back({position(), label});
  dd(0);
}

void Emitter::jump_if(Condition condition, Label label) {
  const std::uint32_t target = label_positions_[label];
  if (target != unplaced && position() + 2 - target <= 128) {
    std::uint8_t* const at = cursor();
    at[0] = static_cast<std::uint8_t>(0x70 | static_cast<int>(condition));
    at[1] = static_cast<std::uint8_t>(target - (position() + 2));
    return advance_to(at + 2);
  }
  jumps_.push_back({jump_if_unknown(condition), label});
}

/// The slot's number in 64 bits.
Emitter::Reg64 Emitter::table_index(const Instruction& instruction) {
  if (instruction.size == 8) return use(instruction.a, rcx);
  with_operand(instruction.a, 4, [&](const Xbyak::Operand& index) { mov(ecx, index); });
  return rcx;
}

void Emitter::jump_table(const Instruction& instruction) {
  const Reg64 index = table_index(instruction);
  lea(rax, ptr[rip]);
  pool_reference(static_cast<std::int32_t>(instruction.immediate));
  movsxd(rcx, dword[rax + index * 4]);
  add(rax, rcx);
  jmp(rax);
}

void Emitter::jump_if_in_table(const Instruction& instruction) {
  const Reg64 index = table_index(instruction);
  lea(rax, ptr[rip]);
  pool_reference(static_cast<std::int32_t>(instruction.immediate));
  cmp(byte[rax + index], 0);
  jump_if(Condition::NotEqual, instruction.d);
}

std::uint32_t Emitter::jump_if_unknown(Condition condition) {
  std::uint8_t* const at = cursor();
  at[0] = 0x0f;
  at[1] = static_cast<std::uint8_t>(0x80 | static_cast<int>(condition));
  advance_to(at + 6);
  return position() - 4;
}

void Emitter::patch(std::uint32_t position, std::uint32_t target) {
  const std::uint32_t relative = target - (position + 4);
  std::memcpy(buffer_ + position, &relative, sizeof relative);
}

// Cold code: each stub loads its site and index; the tail of the first writes them to the error record.
void Emitter::fault_stubs() {
  std::uint32_t tail = unplaced;
  for (const Stub& stub : stubs_) {
    note_line(stub.line);
    patch(stub.position, position());
    if (stub.index == none)
      xor_(edx, edx);
    else
      load_index(stub);
    if (program_->calls_itself) size_for_fault(stub);
    mov(eax, stub.site);
    if (tail == unplaced) {
      tail = position();
      fault_tail();
    } else {
      db(0xe9);
      dd(0);
      patch(position() - 4, tail);
    }
  }
  if (declined_ == none) return;
  place(declined_);
  mov(eax, static_cast<std::uint32_t>(Status::Declined));
  epilogue();
}

void Emitter::load_index(const Stub& stub) {
  with_operand(stub.index, stub.index_bytes,
               [&](const Xbyak::Operand& index) { stub.index_bytes == 4 ? movsxd(rdx, index) : mov(rdx, index); });
}

// The size that an index was compared with: in a function that calls itself it need not be that of the first call.
void Emitter::size_for_fault(const Stub& stub) {
  if (stub.size == none)
    mov(r8, static_cast<std::uint64_t>(stub.size_immediate));
  else
    with_operand(stub.size, 8, [&](const Xbyak::Operand& size) { mov(r8, size); });
}

void Emitter::fault_tail() {
  mov(rcx, qword[rbp + frame::error_record]);
  if (program_->calls_itself) {
    mov(qword[rcx + offsetof(ErrorRecord, size)], r8);
    mov(dword[rcx + offsetof(ErrorRecord, has_size)], 1);
  }
  mov(dword[rcx + offsetof(ErrorRecord, site)], eax);
  mov(qword[rcx + offsetof(ErrorRecord, index)], rdx);
  mov(eax, static_cast<std::uint32_t>(Status::Fault));
  epilogue();
}

void Emitter::return_stubs() {
  for (const ReturnStub& stub : return_stubs_) {
    note_line(stub.line);
    patch(stub.position, position());
    with_operand(stub.status, 4, [&](const Xbyak::Operand& status) { mov(eax, status); });
    epilogue();
  }
}

void Emitter::patch_jumps() {
  for (const JumpPatch& jump : jumps_) patch(jump.position, label_positions_[jump.label]);
}

void Emitter::pool_reference(std::int32_t offset, int bytes_behind_field) {
  const std::uint32_t next = position();
  pool_references_.push_back({next - 4 - static_cast<std::uint32_t>(bytes_behind_field), next, offset});
}

void Emitter::append_pool() {
  if (program_->pool.empty()) return;
  const std::size_t begin = (getSize() + pool_alignment - 1) / pool_alignment * pool_alignment;
  std::memset(buffer_ + getSize(), 0xcc, begin - getSize());
  for (const PoolPatch& reference : pool_references_) {
    const std::uint32_t relative =
        static_cast<std::uint32_t>(begin) + static_cast<std::uint32_t>(reference.offset) - reference.next;
    std::memcpy(buffer_ + reference.position, &relative, sizeof relative);
  }
  std::memcpy(buffer_ + begin, program_->pool.data(), program_->pool.size());
  for (const TableSlot& slot : program_->table_slots) {
    const std::uint32_t distance =
        label_positions_[slot.label] - static_cast<std::uint32_t>(begin) - static_cast<std::uint32_t>(slot.table);
    std::memcpy(buffer_ + begin + slot.offset, &distance, sizeof distance);
  }
  std::size_t end = begin + program_->pool.size();
  if (!expanded_constants_.empty()) {
    end = (end + pool_alignment - 1) / pool_alignment * pool_alignment;
    std::memcpy(buffer_ + end, expanded_constants_.data(), expanded_constants_.size());
    end += expanded_constants_.size();
  }
  setSize(end);
}

void Emitter::begin_line(std::uint16_t line) {
  line_ = line;
  lines_.push_back({position(), line});
}

// The emitter and its buffer, which is made anew when a program needs a larger one, and given back after a huge one.
class Encoder::Implementation {
 public:
  MachineCode encode(const MachineProgram& program, const Allocation& allocation, GeneralEncoding general) {
    const std::size_t needed = Emitter::bytes_needed(program);
    if (needed > capacity_ || (capacity_ > kept_capacity && needed <= kept_capacity))
      grow(std::max(needed, kept_capacity));
    return emitter_->emit(program, allocation, general);
  }

 private:
  static constexpr std::size_t kept_capacity = std::size_t{8} << 20;

  void grow(std::size_t capacity) {
    emitter_.reset();
    buffer_.reset();
    buffer_ = std::make_unique_for_overwrite<std::uint8_t[]>(capacity);  // pages that are not touched cost nothing
    emitter_ = std::make_unique<Emitter>(buffer_.get(), capacity);
    capacity_ = capacity;
  }

  std::size_t capacity_ = 0;
  std::unique_ptr<std::uint8_t[]> buffer_;
  std::unique_ptr<Emitter> emitter_;
};

Encoder::Encoder() : implementation_(std::make_unique<Implementation>()) {}
Encoder::~Encoder() = default;

MachineCode Encoder::encode(const MachineProgram& program, const Allocation& allocation, GeneralEncoding general) {
  return implementation_->encode(program, allocation, general);
}

}  // namespace cogent::x86
