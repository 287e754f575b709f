// Of a block of some rows all new rows lie in one run of memory, if rows follow one another closely; block after block
// asks for the next part of the run that the blocks below will need.
#include "x86/stencil_streams.h"

#include <algorithm>

namespace cogent::x86 {
namespace {

constexpr int most_scale = 8;                                                  // of an address's index
constexpr int distance_ahead = 512;                                            // within a row
constexpr std::int64_t four_rows_bytes = 16 << 10, two_rows_bytes = 12 << 10;  // what may wait in the first-level cache
constexpr int cost_hidden_by_memory = 200;  // of a row of a block: beyond, further loads and row sums are not free

// Whether what lies between the ends and beginnings of rows hardly counts.
bool is_one_run(const ir::Stencil& stencil) {
  return 8 * (stencil.source_pitch + stencil.destination_pitch) <= 9 * 2 * stencil.width;
}

// 1: none that can be prefetched as one run.
int rows_of_run(const ir::Stencil& stencil, const StencilPlan& plan, int most) {
  const std::int64_t row_bytes =
      stencil.source_pitch + (plan.streams_results ? 0 : stencil.destination_pitch * stencil.result_size());
  for (const int rows : {4, 2})
    if (rows <= most && rows * stencil.result_size() <= most_scale &&
        rows * row_bytes <= (rows == 4 ? four_rows_bytes : two_rows_bytes))
      return rows;
  return 1;
}

void prefetch_next_block(StencilBlock& block, int row) {
  const int rows = block.plan.rows_at_once;
  block.machine.prefetch(block.source_at(row + rows + block.plan.window().height - 1, 0), false);
  if (block.plan.streams_results) return;
  const int results = block.plan.vector_size * block.stencil.result_size();
  for (int offset = 0; offset < results; offset += StencilBlock::cache_line)
    block.machine.prefetch(block.destination_at(row + rows, offset), true);
}

// The run begins at the next block's first row; each block along the row is `rows` vectors of it.
void prefetch_run(StencilBlock& block, int row) {
  const ir::Stencil& stencil = block.stencil;
  const int rows = block.plan.rows_at_once, size = stencil.result_size();
  const auto prefetch = [&](VirtualRegister picture, std::int64_t begin, int element, bool writes) {
    const int bytes = block.plan.vector_size * element;
    for (int offset = row * bytes; offset < (row + 1) * bytes; ++offset)
      if (offset % StencilBlock::cache_line == 0)
        block.machine.prefetch({picture, block.column, begin + offset, static_cast<std::uint8_t>(rows * element)},
                               writes);
  };
  prefetch(block.source, (rows + block.plan.window().height - 1) * stencil.source_pitch, 1, false);
  if (!block.plan.streams_results) prefetch(block.destination, rows * stencil.destination_pitch * size, size, true);
}

void prefetch_ahead(StencilBlock& block) {
  const int size = block.stencil.result_size();
  block.machine.prefetch(block.source_at(block.plan.window().height - 1, distance_ahead), false);
  if (block.plan.streams_results) return;
  for (int offset = 0; offset < block.plan.vector_size * size; offset += StencilBlock::cache_line)
    block.machine.prefetch(block.destination_at(0, distance_ahead * size + offset), true);
}

// Columns that a block's rows have, from its destination on.
std::int64_t row_of(const ir::Stencil& stencil, const StencilPlan& plan) {
  return plan.is_strip() ? plan.columns_per_block : stencil.width;
}

// The lines that are not streamed, near a row's end and the next one's begin.
void prefetch_ends(StencilBlock& block, int row) {
  const std::int64_t pitch = block.stencil.destination_pitch, width = row_of(block.stencil, block.plan);
  constexpr int line = StencilBlock::cache_line;
  for (const std::int64_t place : {width - 2 * line, width - line, width - 1, pitch, pitch + line})
    block.machine.prefetch({block.destination, none, row * pitch + place}, true);
}

std::int64_t picture_bytes(const ir::Stencil& stencil) {
  return stencil.rows * (stencil.source_pitch + stencil.destination_pitch * stencil.result_size());
}

// All rows of results lie alike with respect to cache lines, so that one column is right for each row of a block.
bool may_stream_results(const ir::Stencil& stencil, const StencilPlan& plan) {
  return (plan.form == StencilForm::Unrolled || plan.form == StencilForm::Separable) && stencil.result_size() == 1 &&
         plan.vector_size == StencilBlock::cache_line && stencil.destination_pitch % plan.vector_size == 0 &&
         stencil.rows > plan.rows_per_block && row_of(stencil, plan) >= 4 * plan.vector_size;
}

}  // namespace

bool fits_cache(const ir::Stencil& stencil, const MachineTraits& traits) {
  return picture_bytes(stencil) <= traits.cache_bytes;
}

void choose_streams(const ir::Stencil& stencil, const MachineTraits& traits, StencilPlan& plan) {
  plan.streams_results = picture_bytes(stencil) >= traits.streamed_bytes && may_stream_results(stencil, plan);
  if (plan.prefetch == Prefetch::None || fits_cache(stencil, traits)) return;
  if (plan.form == StencilForm::Rolled || plan.form == StencilForm::Tiled) return;
  const bool has_short_rows = plan.is_strip() && plan.columns_per_block != stencil.width;
  const int most_rows = plan.keeps_sums ? 1 : plan.streams_results ? plan.most_rows_at_once : plan.rows_at_once;
  const int rows = is_one_run(stencil) && !has_short_rows ? rows_of_run(stencil, plan, most_rows) : 1;
  const bool is_deep = plan.form == StencilForm::Separable && plan.window().height > 3;
  if (is_deep && (!plan.keeps_sums || has_short_rows)) return;
  if (!plan.is_strip() && rows == 1 && plan.cost > cost_hidden_by_memory) return;
  plan.rows_at_once = rows;
  if (!plan.is_strip()) plan.rows_per_block = rows;
  plan.prefetch = rows == 1 ? Prefetch::Ahead : Prefetch::Run;
}

void prefetch_later(StencilBlock& block, int row) {
  if (block.plan.streams_results && !block.is_streaming) prefetch_ends(block, row);
  switch (block.plan.prefetch) {
    case Prefetch::None:
      break;
    case Prefetch::NextBlock:
      prefetch_next_block(block, row);
      break;
    case Prefetch::Run:
      prefetch_run(block, row);
      break;
    case Prefetch::Ahead:
      prefetch_ahead(block);
      break;
  }
}

}  // namespace cogent::x86
