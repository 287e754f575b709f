// Sums down the columns have 32 bits, so nothing wraps.
#include "x86/stencil_tiled.h"

namespace cogent::x86 {
namespace {

constexpr std::uint8_t or_of_first_and_masked = 0xf8;  // first | (second & third)
constexpr std::uint8_t odd_words = 0xaa;               // of vpblendw

std::uint32_t word(std::int64_t value) { return static_cast<std::uint16_t>(value); }

}  // namespace

void TiledStencil::prepare(StencilBlock& block, ProductList& list) {
  block_ = &block;
  list_ = &list;
  finish_.prepare_quarters(block);
  prepare_row(list);
  prepare_column();
  prepare_memory();
}

void TiledStencil::prepare_row(ProductList& list) {
  MachineProgram& machine = block_->machine;
  const StencilPlan& plan = block_->plan;
  const int width = plan.window().width;
  if (!plan.is_listed) list_products({plan.factors.row_factor.data(), width, 1, width}, plan.split, list);
  make_product_constants(machine, list);
  pixels_.prepare(*block_, list);
  const bool has_phases = block_->has_phases(), has_offset = plan.row_offset != 0;
  sum_.prepare(*block_, has_phases && has_offset
                            ? machine.broadcast_constant(static_cast<std::uint32_t>(plan.row_offset), 4)
                            : none);
  offset_words_ = !has_phases && has_offset ? machine.broadcast_constant(word(plan.row_offset), 2) : none;
  low_words_ = has_phases && block_->has_avx512() ? machine.broadcast_constant(0x0000ffff, 4) : none;
}

void TiledStencil::prepare_column() {
  MachineProgram& machine = block_->machine;
  const StencilPlan& plan = block_->plan;
  const int height = plan.window().height;
  const auto tap = [&](int row) {
    return row < 0 || row >= height ? 0 : plan.factors.column_factor[static_cast<std::size_t>(row)];
  };
  const auto packed = [&](int row) {
    const std::uint32_t taps = word(tap(row)) | word(tap(row + 1)) << 16;
    return taps == 0 ? none : machine.broadcast_constant(taps, 4);
  };
  std::int64_t bias = block_->stage().bias;
  for (int row = 0; row < height; ++row) bias -= std::int64_t{tap(row)} * plan.row_offset;
  bias_ = bias == 0 ? none : machine.broadcast_constant(static_cast<std::uint32_t>(bias), 4);
  if (plan.runs) {  // of a new row; and of a new and an old one
    even_[0] = machine.broadcast_constant(word(tap(0)), 4);
    odd_[0] = machine.broadcast_constant(word(tap(0)) | word(-tap(0)) << 16, 4);
    return;
  }
  for (int pair = 0; pair <= height / 2; ++pair) {
    even_[static_cast<std::size_t>(pair)] = packed(2 * pair);
    odd_[static_cast<std::size_t>(pair)] = packed(2 * pair - 1);
  }
}

void TiledStencil::prepare_memory() {
  tile_ = block_->local_lines((source_rows() / 2 + 1) * pair_bytes());  // one row more than is summed
}

void TiledStencil::emit_block() {
  sum_rows();
  if (block_->plan.runs)
    run_down_columns();
  else
    sum_columns();
}

// ---- rows

void TiledStencil::sum_rows() {
  const VirtualRegister first_row = block_->source, place = block_->machine.move(tile_);
  block_->source = block_->machine.move(first_row);
  const bool runs = block_->plan.runs;
  block_->repeat(runs ? source_rows() : source_rows() / 2, [&] {
    runs ? sum_one_row(place) : sum_row_pair(place, 2);
    block_->advance(block_->source, (runs ? 1 : 2) * block_->stencil.source_pitch);
    block_->advance(place, runs ? row_bytes() : pair_bytes());
  });
  if (!runs && source_rows() % 2 != 0) sum_row_pair(place, 1);
  block_->source = first_row;
}

void TiledStencil::sum_one_row(VirtualRegister place) {
  const std::uint8_t size = block_->size();
  pixels_.start_block();
  const Words words = row_sum(0);
  block_->machine.vector_store(Opcode::VmovdquStore, size, {place, none, 0}, words.even);
  block_->machine.vector_store(Opcode::VmovdquStore, size, {place, none, size}, words.odd);
}

// Of a single row, which no tap of the second is for, both are the same.
void TiledStencil::sum_row_pair(VirtualRegister place, int rows) {
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  pixels_.start_block();
  const Words a = row_sum(0), b = rows == 2 ? row_sum(1) : a;
  const auto keep = [&](int quarter, Opcode opcode, VirtualRegister first, VirtualRegister second) {
    machine.vector_store(Opcode::VmovdquStore, size, {place, none, quarter * size},
                         machine.vector(opcode, size, first, second));
  };
  keep(0, Opcode::Vpunpcklwd, a.even, b.even);
  keep(1, Opcode::Vpunpckhwd, a.even, b.even);
  keep(2, Opcode::Vpunpcklwd, a.odd, b.odd);
  keep(3, Opcode::Vpunpckhwd, a.odd, b.odd);
}

TiledStencil::Words TiledStencil::row_sum(int row) {
  Accumulators sums;
  sums.fill(none);
  pixels_.start_row(row);
  if (block_->plan.prefetch != Prefetch::None)
    block_->machine.prefetch(block_->source_at(row, block_->plan.vector_size), false);
  for (const Product& product : list_->all()) sum_.add(sums[product.accumulator], product, pixels_(product));
  Words words{sums[even_half], sums[odd_half]};
  if (block_->has_phases()) words = {merge(sums[0], sums[2]), merge(sums[1], sums[3])};
  if (offset_words_ == none) return words;
  MachineProgram& machine = block_->machine;
  return {machine.vector(Opcode::Vpaddw, block_->size(), words.even, offset_words_),
          machine.vector(Opcode::Vpaddw, block_->size(), words.odd, offset_words_)};
}

// Two phases as words: the low halves of both.
VirtualRegister TiledStencil::merge(VirtualRegister even, VirtualRegister odd) {
  MachineProgram& machine = block_->machine;
  const VirtualRegister upper = machine.vector_unary(Opcode::Vpslld, block_->size(), odd, 16);
  if (block_->has_avx512())
    return machine.vector_into(upper, Opcode::Vpternlogd, block_->size(), even, low_words_, or_of_first_and_masked);
  return machine.vector(Opcode::Vpblendw, block_->size(), even, upper, odd_words);
}

// ---- columns

void TiledStencil::sum_columns() {
  const VirtualRegister first_row = block_->destination, place = block_->machine.move(tile_);
  const std::int64_t pitch = block_->stencil.destination_pitch * block_->stencil.result_size();
  const int rows = block_->plan.rows_per_block;
  block_->destination = block_->machine.move(first_row);
  block_->repeat(rows / 2, [&] {
    result_rows(place, 2);
    block_->advance(block_->destination, 2 * pitch);
    block_->advance(place, pair_bytes());
  });
  if (rows % 2 != 0) result_rows(place, 1);
  block_->destination = first_row;
}

// Where the strip to the right will write: strips have too many rows for the processor to follow by itself.
void TiledStencil::prefetch_results(int rows) {
  if (block_->plan.prefetch == Prefetch::None) return;
  const int results = block_->plan.vector_size * block_->stencil.result_size();
  for (int row = 0; row < rows; ++row)
    for (int offset = 0; offset < results; offset += StencilBlock::cache_line)
      block_->machine.prefetch(block_->destination_at(row, results + offset), true);
}

void TiledStencil::result_rows(VirtualRegister place, int rows) {
  prefetch_results(rows);
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  Quad even, odd;
  even.fill(none);
  odd.fill(none);
  for (int pair = 0; pair <= block_->plan.window().height / 2; ++pair) {
    const VirtualRegister even_taps = even_[static_cast<std::size_t>(pair)];
    const VirtualRegister odd_taps = rows == 2 ? odd_[static_cast<std::size_t>(pair)] : none;
    if (even_taps == none && odd_taps == none) continue;
    for (std::size_t quarter = 0; quarter < 4; ++quarter) {
      const Address address{place, none, pair * pair_bytes() + static_cast<std::int64_t>(quarter) * size};
      const VirtualRegister words = machine.vector_load(Opcode::Vmovdqu, size, address);
      add(even[quarter], words, even_taps);
      add(odd[quarter], words, odd_taps);
    }
  }
  finish_.quarters(0, even);
  if (rows == 2) finish_.quarters(1, odd);
}

void TiledStencil::add(VirtualRegister& sum, VirtualRegister words, VirtualRegister taps) {
  if (taps == none) return;
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  if (sum == none && bias_ != none) sum = machine.vector_unary(Opcode::VectorMove, size, bias_);
  if (block_->has_avx512()) {
    if (sum == none) sum = machine.vector_zero(size);
    machine.vector_into(sum, Opcode::Vpdpwssd, size, words, taps);
    return;
  }
  const VirtualRegister products = machine.vector(Opcode::Vpmaddwd, size, words, taps);
  if (sum == none)
    sum = products;
  else
    machine.vector_into(sum, Opcode::Vpaddd, size, sum, products);
}

// ---- running sums

TiledStencil::Words TiledStencil::kept_row(VirtualRegister place, int row) const {
  const auto vector = [&](int half) {
    const Address address{place, none, row * row_bytes() + half * block_->plan.vector_size};
    return block_->machine.vector_load(Opcode::Vmovdqu, block_->size(), address);
  };
  const VirtualRegister even = vector(0);
  return {even, vector(1)};
}

// After the last result a row is added that is not there, whose words are arbitrary.
void TiledStencil::run_down_columns() {
  MachineProgram& machine = block_->machine;
  const std::uint8_t size = block_->size();
  const VirtualRegister first_row = block_->destination, place = machine.move(tile_);
  block_->destination = machine.move(first_row);
  Quad sums;
  for (VirtualRegister& sum : sums)
    sum = bias_ == none ? machine.vector_zero(size) : machine.vector_unary(Opcode::VectorMove, size, bias_);
  const int height = block_->plan.window().height;
  block_->repeat(height, [&] {
    const Words row = kept_row(place, 0);
    add_running(sums, row, row, even_[0]);
    block_->advance(place, row_bytes());
  });
  block_->repeat(block_->plan.rows_per_block, [&] {
    prefetch_results(1);
    Quad results;
    for (std::size_t i = 0; i < 4; ++i) results[i] = machine.vector_unary(Opcode::VectorMove, size, sums[i]);
    finish_.quarters(0, results);
    add_running(sums, kept_row(place, 0), kept_row(place, -height), odd_[0]);
    block_->advance(block_->destination, block_->stencil.destination_pitch * block_->stencil.result_size());
    block_->advance(place, row_bytes());
  });
  block_->destination = first_row;
}

void TiledStencil::add_running(Quad& sums, const Words& first, const Words& second, VirtualRegister taps) {
  const auto interleaved = [&](Opcode opcode, VirtualRegister a, VirtualRegister b) {
    return block_->machine.vector(opcode, block_->size(), a, b);
  };
  add(sums[0], interleaved(Opcode::Vpunpcklwd, first.even, second.even), taps);
  add(sums[1], interleaved(Opcode::Vpunpckhwd, first.even, second.even), taps);
  add(sums[2], interleaved(Opcode::Vpunpcklwd, first.odd, second.odd), taps);
  add(sums[3], interleaved(Opcode::Vpunpckhwd, first.odd, second.odd), taps);
}

}  // namespace cogent::x86
