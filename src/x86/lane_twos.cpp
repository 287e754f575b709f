// Bytes that alternate in twos and are only made words: in memory they are the halves of words already, in order.
#include <algorithm>

#include "x86/lanes.h"

namespace cogent::x86 {

using ir::Op;
using ir::Type;
using Kind = ir::LaneStep::Kind;

bool LaneBody::is_of_twos(const Step& made) const {
  if (made.kind != Kind::Load || made.bytes != 1 || !alternates(made)) return false;
  const ir::LaneGroup& group = loop_->groups[loop_->accesses[made.access].group];
  return group.stride == 2 && group.span == 2;
}

// Where no other bytes are loaded, and no store lies before the last use.
bool LaneBody::may_take_twos() const {
  if (loop_->groups.empty() || plan_.lanes * 2 < plan_.vector_size) return false;
  bool any = false;
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i) {
    const Step& made = step(i);
    if (uses_[i] == 0) continue;
    if (made.kind == Kind::Load && made.bytes == 1) {
      if (!is_of_twos(made) || halved_[i] != uses_[i]) return false;
      any = true;
    }
    const bool is_word_of_twos = made.kind == Kind::Convert && is_of_twos(step(made.a));
    if (is_word_of_twos && may_change(made.a, made.a, last_user_[i])) return false;
  }
  return any;
}

// As they are in memory.
VirtualRegister LaneBody::twos(const Step& loaded, std::size_t number) {
  const std::uint32_t id = loop_->accesses[loaded.access].group;
  VirtualRegister& twos = group_values_[group_registers_[id] + number];
  if (twos == none)
    twos = machine_->vector_load(
        Opcode::Vmovdqu, static_cast<std::uint8_t>(plan_.vector_size),
        address_of_group(layout_of(loaded), loop_->groups[id], static_cast<int>(number) * plan_.vector_size));
  return twos;
}

void LaneBody::widen_twos(std::uint32_t number) {
  if (is_sum_of_twos(last_user_[number])) return;
  const Step& source = step(step(number).a);
  const Registers results = registers(number);
  for (std::size_t i = 0; i < results.size(); ++i)
    results[i] = make_half(source, twos(source, i), loop_->accesses[source.access].position);
}

// Of both bytes of each word, which nothing else looks at.
bool LaneBody::is_sum_of_twos(std::uint32_t number) const {
  const Step& sum = step(number);
  if (!takes_twos_ || sum.kind != Kind::Compute || sum.op != Op::Add || sum.bytes != 2) return false;
  const auto is_two = [&](std::uint32_t i) {
    return step(i).kind == Kind::Convert && uses_[i] == 1 && is_of_twos(step(step(i).a)) &&
           step(step(i).a).type == Type::U8;
  };
  if (!is_two(sum.a) || !is_two(sum.b)) return false;
  const ir::LaneAccess &a = loop_->accesses[step(step(sum.a).a).access],
                       &b = loop_->accesses[step(step(sum.b).a).access];
  return a.group == b.group && a.position != b.position;
}

void LaneBody::add_twos(std::uint32_t number) {
  const Step& source = step(step(step(number).a).a);
  const Registers results = registers(number);
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  for (std::size_t i = 0; i < results.size(); ++i)
    results[i] = machine_->vector(Opcode::Vpmaddubsw, size, twos(source, i), pool_constant(1, 1));
}

}  // namespace cogent::x86
