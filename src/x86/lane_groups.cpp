// Elements that alternate in memory: a group is loaded as it lies there and its elements are sorted by permutations, or
// sorted first and then stored as they are to lie. Where no instruction permutes across registers, what belongs to each
// 16 bytes of a result is brought into the same 16 bytes of the sources.
#include <algorithm>
#include <cstring>

#include "x86/lanes.h"

namespace cogent::x86 {

namespace {

constexpr int sixteen = 16;

Opcode permutation_of(int bytes) {
  return bytes == 1   ? Opcode::Vpermt2b
         : bytes == 2 ? Opcode::Vpermt2w
         : bytes == 4 ? Opcode::Vpermt2d
                      : Opcode::Vpermt2q;
}

Opcode unpacking(int bytes, bool high) {
  const Opcode low = bytes == 1   ? Opcode::Vpunpcklbw
                     : bytes == 2 ? Opcode::Vpunpcklwd
                     : bytes == 4 ? Opcode::Vpunpckldq
                                  : Opcode::Vpunpcklqdq;
  return static_cast<Opcode>(static_cast<int>(low) + (high ? 1 : 0));
}

}  // namespace

void LaneBody::start_groups() {
  group_registers_.clear();
  std::uint32_t total = 0;
  for (const ir::LaneGroup& group : loop_->groups) {
    group_registers_.push_back(total);
    total += group.stride * 8;
  }
  group_values_.assign(total, none);
  step_of_access_.assign(loop_->accesses.size(), 0);
  for (std::uint32_t i = 0; i < loop_->steps.size(); ++i)
    if (step(i).kind == Step::Kind::Store) step_of_access_[step(i).access] = i;
  keeps_registers_ = may_keep_registers();
}

void LaneBody::begin_groups() {
  std::ranges::fill(group_values_, none);
  std::ranges::fill(iterations_, none);
}

// Whether lanes may be in another order: if all accesses alternate alike, and nothing asks for the number of a lane.
// Then each register of memory becomes one whose 16 bytes hold lanes of their own.
bool LaneBody::may_keep_registers() const {
  if (loop_->groups.empty()) return false;
  const int stride = loop_->groups.front().stride;
  for (const ir::LaneGroup& group : loop_->groups)
    if (group.stride != stride || group.span != stride) return false;
  int bytes = 0;
  for (const Step& each : loop_->steps) {
    if (each.kind == Step::Kind::Index || each.kind == Step::Kind::Reduce || each.kind == Step::Kind::Dot) return false;
    if (each.kind != Step::Kind::Load && each.kind != Step::Kind::Store) continue;
    if (!alternates(each) || (bytes != 0 && bytes != each.bytes)) return false;
    bytes = each.bytes;
  }
  return sixteen % (stride * bytes) == 0 && (bytes >= 4 || !permutes_registers(bytes));
}

LaneBody::Layout LaneBody::layout_of(const Step& access) const {
  const int size = plan_.register_size(access.bytes);
  const bool is_whole = permutes_registers(access.bytes) && !keeps_registers_;
  return {access.bytes, loop_->accesses[access.access].stride, size, is_whole ? 1 : size / sixteen, keeps_registers_};
}

// ---- addresses

VirtualRegister LaneBody::iteration_times(int stride) {
  VirtualRegister& product = iterations_[stride];
  const VirtualRegister iteration = surroundings_->iteration;
  if (product == none && stride == 4)
    product = machine_->binary(Opcode::ShiftLeft, 8, iteration, Operand::of_immediate(2));
  else if (product == none)
    product = machine_->lea({iteration, iteration, 0, static_cast<std::uint8_t>(stride - 1)});
  return product;
}

Address LaneBody::address_of_group(const Layout& layout, const ir::LaneGroup& group, int offset) {
  Address address = surroundings_->accesses[group.lowest];
  const int step = layout.bytes * layout.stride;
  const bool is_scale = step == 2 || step == 4 || step == 8;
  address.index = is_scale ? surroundings_->iteration : iteration_times(layout.stride);
  address.scale = static_cast<std::uint8_t>(is_scale ? step : layout.bytes);
  address.displacement += offset;
  return address;
}

// In bytes. The last piece ends with the last element that an iteration accesses.
int LaneBody::offset_of_piece(const Layout& layout, const ir::LaneGroup& group, int piece) const {
  const int bytes = layout.size / layout.pieces;
  const int all = ((plan_.lanes - 1) * layout.stride + group.span) * layout.bytes;
  return std::min(piece * bytes, all - bytes);
}

// ---- loads

void LaneBody::load_group(const Layout& layout, std::uint32_t id, std::size_t count) {
  const ir::LaneGroup& group = loop_->groups[id];
  const auto size = static_cast<std::uint8_t>(layout.size),
             piece_size = static_cast<std::uint8_t>(size / layout.pieces);
  for (int i = 0; i < static_cast<int>(count); ++i)
    for (int k = 0; k < layout.stride; ++k) {
      const auto address = [&](int piece) {
        const int number = (i * layout.pieces + piece) * layout.stride + k;
        return address_of_group(layout, group, offset_of_piece(layout, group, number));
      };
      VirtualRegister loaded;
      if (layout.keeps_registers) {
        const Address whole = address_of_group(layout, group, (i * layout.stride + k) * layout.size);
        loaded = machine_->vector_load(Opcode::Vmovdqu, size, whole);
      } else {
        loaded = machine_->vector_load(Opcode::Vmovdqu, piece_size, address(0));
        if (layout.pieces == 2)
          machine_->vector_from_memory_into(loaded, Opcode::Vinserti128, size, loaded, address(1), false, 1);
      }
      group_values_[group_registers_[id] + static_cast<std::uint32_t>(i * layout.stride + k)] = loaded;
    }
}

void LaneBody::load_from_group(std::uint32_t number) {
  const Step& made = step(number);
  const ir::LaneAccess& access = loop_->accesses[made.access];
  const ir::LaneGroup& group = loop_->groups[access.group];
  const Layout layout = layout_of(made);
  const Registers results = registers(number);
  VirtualRegister* const loaded = &group_values_[group_registers_[access.group]];
  if (*loaded == none) load_group(layout, access.group, results.size());
  const int piece_size = layout.size / layout.pieces, stride = layout.stride;
  for (int i = 0; i < static_cast<int>(results.size()); ++i) {
    Picks picks;
    for (int l = 0; l < layout.size / layout.bytes; ++l) {
      const int piece = l / layout.per_piece();
      const int first = (i * layout.pieces + piece) * stride;  // of the pieces in memory
      const int at = ((l - piece * layout.per_piece()) * stride + access.position) * layout.bytes;
      const int source = at / piece_size;
      const int offset = first * piece_size + at - offset_of_piece(layout, group, first + source);
      picks.source[l] = static_cast<std::uint8_t>(source);
      picks.element[l] = static_cast<std::uint8_t>(piece * layout.per_piece() + offset / layout.bytes);
    }
    results[static_cast<std::size_t>(i)] = pick(layout, loaded + i * stride, picks);
  }
}

// ---- stores

// Done with the last of them, when all values are there.
void LaneBody::store_to_group(const Step& stored) {
  const ir::LaneAccess& access = loop_->accesses[stored.access];
  const ir::LaneGroup& group = loop_->groups[access.group];
  if (group.last != stored.access) return;
  const Layout layout = layout_of(stored);
  const auto size = static_cast<std::uint8_t>(layout.size);
  for (std::size_t i = 0; i < count_of(stored.a); ++i) {
    VirtualRegister values[ir::LaneAccess::most_stride];
    for (std::uint32_t other = 0; other < loop_->accesses.size(); ++other)
      if (const ir::LaneAccess& member = loop_->accesses[other]; member.group == access.group)
        values[member.position] = registers(step(step_of_access_[other]).a)[i];
    for (int k = 0; k < layout.stride; ++k) {
      Picks picks;
      for (int l = 0; l < layout.size / layout.bytes; ++l) {
        const int piece = l / layout.per_piece();
        const int element = k * layout.per_piece() + l - piece * layout.per_piece();
        picks.source[l] = static_cast<std::uint8_t>(element % layout.stride);
        picks.element[l] = static_cast<std::uint8_t>(piece * layout.per_piece() + element / layout.stride);
      }
      const VirtualRegister sorted = pick(layout, values, picks);
      const auto address = [&](int piece) {
        const int number = (static_cast<int>(i) * layout.pieces + piece) * layout.stride + k;
        return address_of_group(layout, group, number * layout.size / layout.pieces);
      };
      if (layout.keeps_registers) {
        const int number = static_cast<int>(i) * layout.stride + k;
        machine_->vector_store(Opcode::VmovdquStore, size, address_of_group(layout, group, number * layout.size),
                               sorted);
        continue;
      }
      const auto low = static_cast<std::uint8_t>(size / layout.pieces);
      machine_->vector_store(Opcode::VmovdquStore, low, address(0), sorted);
      if (layout.pieces == 2) machine_->vector_store(Opcode::Vextracti128Store, size, address(1), sorted, 1);
    }
  }
}

// ---- permutations

VirtualRegister LaneBody::pick(const Layout& layout, const VirtualRegister* sources, const Picks& picks) {
  if (permutes_registers(layout.bytes) && !layout.keeps_registers) return pick_across(layout, sources, picks);
  if (layout.stride == 2)
    if (const VirtualRegister result = pick_from_two(layout, sources, picks); result != none) return result;
  const auto size = static_cast<std::uint8_t>(layout.size);
  VirtualRegister result = none;
  for (int source = 0; source < layout.stride; ++source) {
    const VirtualRegister picked = pick_bytes(layout, sources[source], source, picks);
    if (picked != none) result = result == none ? picked : machine_->vector(Opcode::Vpor, size, result, picked);
  }
  return result;
}

// Source by source: what has been picked so far stays where it is.
VirtualRegister LaneBody::pick_across(const Layout& layout, const VirtualRegister* sources, const Picks& picks) {
  const auto size = static_cast<std::uint8_t>(layout.size);
  const int count = layout.size / layout.bytes;
  const VirtualRegister result = machine_->vector_unary(Opcode::VectorMove, size, sources[0]);
  for (int source = 1; source < layout.stride; ++source) {
    std::uint8_t order[64] = {};
    for (int l = 0; l < count; ++l) {
      const int picked = source > 1 && picks.source[l] < source ? l : picks.element[l];
      order[l * layout.bytes] = static_cast<std::uint8_t>(picked + (picks.source[l] == source ? count : 0));
    }
    machine_->vector_into(result, permutation_of(layout.bytes), size, vector_constant(order, layout.size),
                          sources[source]);
  }
  return result;
}

// One instruction where there is one, else none.
VirtualRegister LaneBody::pick_from_two(const Layout& layout, const VirtualRegister* sources, const Picks& picks) {
  const int count = layout.per_piece(), bytes = layout.bytes;
  const auto is = [&](auto&& source, auto&& element) {
    for (int l = 0; l < layout.size / bytes; ++l) {
      const int in_piece = l % count;
      if (picks.source[l] != source(in_piece) || picks.element[l] != l - in_piece + element(in_piece)) return false;
    }
    return true;
  };
  const auto size = static_cast<std::uint8_t>(layout.size);
  for (const int odd : {0, 1}) {
    if (is([](int l) { return l % 2; }, [&](int l) { return l / 2 + odd * count / 2; }))
      return machine_->vector(unpacking(bytes, odd != 0), size, sources[0], sources[1]);
    if (bytes == 4 && is([](int l) { return l / 2; }, [&](int l) { return 2 * l % 4 + odd; }))
      return machine_->vector(Opcode::Vshufps, size, sources[0], sources[1], odd != 0 ? 0xdd : 0x88);
  }
  return none;
}

// The elements of one source, each in its place, and 0 between them; none if there are none.
VirtualRegister LaneBody::pick_bytes(const Layout& layout, VirtualRegister source, int number, const Picks& picks) {
  std::uint8_t order[64];
  bool any = false;
  for (int i = 0; i < layout.size; ++i) {
    const int l = i / layout.bytes;
    const bool is_picked = picks.source[l] == number;
    any = any || is_picked;
    order[i] =
        static_cast<std::uint8_t>(is_picked ? (picks.element[l] * layout.bytes + i % layout.bytes) % sixteen : 128);
  }
  if (!any) return none;
  return machine_->vector(Opcode::Vpshufb, static_cast<std::uint8_t>(layout.size), source,
                          vector_constant(order, layout.size));
}

VirtualRegister LaneBody::vector_constant(const void* bytes, int size) {
  for (const VirtualRegister known : vector_constants_) {
    const x86::PoolConstant& constant = machine_->pool_constants[known];
    if (constant.element == size && std::memcmp(&machine_->pool[static_cast<std::size_t>(constant.offset)], bytes,
                                                static_cast<std::size_t>(size)) == 0)
      return known;
  }
  vector_constants_.push_back(begin_with(machine_->vector_constant(bytes, static_cast<std::uint8_t>(size))));
  return vector_constants_.back();
}

}  // namespace cogent::x86
