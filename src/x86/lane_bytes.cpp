// A byte in the middle of 4, as shifts to the right and narrower lanes make it: permutations of bytes take it out of
// several registers at once.
#include "x86/lanes.h"

namespace cogent::x86 {

namespace {

constexpr std::uint8_t whole = 64;

// Where the byte lies that begins with that bit; behind a doubling if it begins with the bit before.
int byte_of(std::int64_t bit) { return static_cast<int>(bit + 1) / 8; }
bool must_double(std::int64_t bit) { return bit % 8 == 7; }

}  // namespace

// What is doubled loses its highest bit, which is no bit of the byte.
bool LaneBody::takes_byte(std::uint32_t number) const {
  const Step& made = step(number);
  if (made.kind != Step::Kind::Convert || made.bytes != 1 || made.is_mask() || (made.saturates && made.value == 0))
    return false;
  const Step& shift = step(made.a);
  if (shift.kind != Step::Kind::Compute || shift.op != ir::Op::ShiftRight || shift.bytes != 4 || uses_[made.a] != 1)
    return false;
  if (beyond_[number] != 0 || beyond_[made.a] != 0 || shifts_[made.a].base != none) return false;
  const Step& count = step(shift.b);
  const bool is_near = count.kind == Step::Kind::Constant && count.value >= 7 && count.value <= 24 &&
                       (count.value % 8 == 0 || must_double(count.value));
  return is_near && has_avx512() && machine_->has_byte_permutations && plan_.vector_size == whole &&
         plan_.lanes >= whole / 2 && !plan_.interleaves && !halves_;
}

bool LaneBody::is_taken_out(std::uint32_t number) const { return uses_[number] == 1 && takes_byte(last_user_[number]); }

void LaneBody::take_bytes(std::uint32_t number) {
  const Step& shift = step(step(number).a);
  const std::int64_t bit = step(shift.b).value;
  std::uint8_t order[whole] = {};
  for (int i = 0; i < whole / 2; ++i) order[i] = static_cast<std::uint8_t>(4 * i + byte_of(bit));
  const VirtualRegister places = vector_constant(order, whole);
  const Registers results = registers(number), sources = registers(shift.a);
  const auto prepared = [&](std::size_t i) {
    const VirtualRegister source = sources[i];
    return must_double(bit) ? machine_->vector(Opcode::Vpaddd, whole, source, source) : source;
  };
  const auto half = [&](std::size_t i) {
    const VirtualRegister low = machine_->vector_unary(Opcode::VectorMove, whole, prepared(i));
    return machine_->vector_into(low, Opcode::Vpermt2b, whole, places, prepared(i + 1));
  };
  for (std::size_t i = 0; i < results.size(); ++i) {
    results[i] = half(4 * i);  // of 32 lanes, all
    if (sources.size() > 2) results[i] = machine_->vector(Opcode::Vinserti256, whole, results[i], half(4 * i + 2), 1);
  }
}

}  // namespace cogent::x86
