// Dot products of elements that alternate in memory: they are brought into 4 bytes for each lane, and multiplied there.
#include <algorithm>
#include <cstring>

#include "x86/lanes.h"

namespace cogent::x86 {

namespace {

constexpr int sixteen = 16, quad = 4;

std::uint64_t positions_of(const ir::LaneStep& dot) { return static_cast<std::uint64_t>(dot.value) >> 32; }

// Whether the sums of the products' pairs fit 16 bits with a sign, whatever the bytes are.
bool has_small_pairs(const ir::LaneStep& dot) {
  constexpr int most = 32767 / 255;
  for (const int slot : {0, 2}) {
    const int a = dot.weight(slot), b = dot.weight(slot + 1);
    if (std::max(a, 0) + std::max(b, 0) > most || std::min(a, 0) + std::min(b, 0) < -most) return false;
  }
  return true;
}

}  // namespace

// What is loaded together and permuted at once.
int LaneBody::size_of_piece() const { return permutes_registers(1) ? plan_.vector_size : sixteen; }

// In bytes. The last piece ends with the last element that an iteration accesses.
int LaneBody::begin_of_piece(const Step& load, int number) const {
  const ir::LaneGroup& group = loop_->groups[loop_->accesses[load.access].group];
  const int all = (plan_.lanes - 1) * group.stride + group.span;
  return std::min(number * size_of_piece() / quad * group.stride, all - size_of_piece());
}

// Where the step stands, though they are needed later.
void LaneBody::load_quads(std::uint32_t number) {
  const Step& made = step(number);
  const std::uint32_t id = loop_->accesses[made.access].group;
  if (find_quads(id, as_in_memory) != quads_.size()) return;
  const Layout layout{1, loop_->groups[id].stride, plan_.vector_size, 1, false};
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  const int pieces = plan_.vector_size / size_of_piece();
  known_quads_.push_back({id, as_in_memory, quads_.size()});
  for (int i = 0; i < plan_.registers_of(quad); ++i) {
    const auto address = [&](int piece) {
      return address_of_group(layout, loop_->groups[id], begin_of_piece(made, i * pieces + piece));
    };
    const auto piece_size = static_cast<std::uint8_t>(size_of_piece());
    quads_.push_back(machine_->vector_load(Opcode::Vmovdqu, piece_size, address(0)));
    if (pieces == 2)
      machine_->vector_from_memory_into(quads_.back(), Opcode::Vinserti128, size, quads_.back(), address(1), false, 1);
  }
}

// All of them: there are none.
std::size_t LaneBody::find_quads(std::uint32_t group, std::uint64_t positions) const {
  for (const Quads& known : known_quads_)
    if (known.group == group && known.positions == positions) return known.first;
  return quads_.size();
}

// As the dot product's weights are.
void LaneBody::order_quads(const Step& load, const Step& made) {
  const std::uint32_t id = loop_->accesses[load.access].group;
  const std::size_t loaded = find_quads(id, as_in_memory);
  const int piece_size = size_of_piece(), stride = loop_->groups[id].stride;
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  known_quads_.push_back({id, positions_of(made), quads_.size()});
  for (int i = 0; i < plan_.registers_of(quad); ++i) {
    std::uint8_t order[64];
    bool is_ordered = true;
    for (int at = 0; at < plan_.vector_size; ++at) {
      const int piece = (i * plan_.vector_size + at) / piece_size, lane = at % piece_size / quad;
      const int skipped = piece * piece_size / quad * stride - begin_of_piece(load, piece);
      order[at] = static_cast<std::uint8_t>(skipped + lane * stride + made.position(at % quad));
      is_ordered = is_ordered && (order[at] == at % piece_size || made.weight(at % quad) == 0);
    }
    const VirtualRegister whole = quads_[loaded + static_cast<std::size_t>(i)];
    if (is_ordered) {
      quads_.push_back(whole);
      continue;
    }
    const VirtualRegister constant = vector_constant(order, size);
    quads_.push_back(piece_size > sixteen ? machine_->vector(Opcode::Vpermb, size, constant, whole)
                                          : machine_->vector(Opcode::Vpshufb, size, whole, constant));
  }
}

void LaneBody::dot(std::uint32_t number) {
  const Step& made = step(number);
  const Step& load = step(made.a);
  if (uses_[number] == 0) return;
  const std::uint32_t id = loop_->accesses[load.access].group;
  if (find_quads(id, positions_of(made)) == quads_.size()) order_quads(load, made);
  const std::size_t first = find_quads(id, positions_of(made));
  const Registers results = registers(number), sums = registers(made.b);
  for (std::size_t i = 0; i < results.size(); ++i) results[i] = dot_of_quads(made, quads_[first + i], sums[i]);
}

VirtualRegister LaneBody::dot_of_quads(const Step& made, VirtualRegister quads, VirtualRegister sum) {
  const auto size = static_cast<std::uint8_t>(plan_.vector_size);
  if (has_avx512()) {
    const VirtualRegister result = machine_->vector_unary(Opcode::VectorMove, size, sum);
    const VirtualRegister weights = pool_constant(static_cast<std::uint32_t>(made.value), quad);
    return machine_->vector_into(result, Opcode::Vpdpbusd, size, quads, weights);
  }
  const auto products = [&](VirtualRegister words, int weight, int other) {
    const auto pair = static_cast<std::uint16_t>(weight) | static_cast<std::uint32_t>(static_cast<std::uint16_t>(other))
                                                               << 16;
    return machine_->vector(Opcode::Vpmaddwd, size, words, pool_constant(pair, quad));
  };
  VirtualRegister product;
  if (has_small_pairs(made)) {
    const VirtualRegister weights = pool_constant(static_cast<std::uint32_t>(made.value), quad);
    product = products(machine_->vector(Opcode::Vpmaddubsw, size, quads, weights), 1, 1);
  } else {
    const VirtualRegister even = machine_->vector(Opcode::Vpand, size, quads, pool_constant(255, 2));
    const VirtualRegister odd = machine_->vector_unary(Opcode::Vpsrlw, size, quads, 8);
    product = add_lanes(quad, size, products(even, made.weight(0), made.weight(2)),
                        products(odd, made.weight(1), made.weight(3)));
  }
  return add_lanes(quad, size, sum, product);
}

}  // namespace cogent::x86
