// Which of the forms of vector code a stencil gets: a small cost rule over the forms that are exact for it.
#pragma once

#include <string>

#include "ir/stencil.h"
#include "x86/cpu_features.h"
#include "x86/stencil_products.h"
#include "x86/stencil_taps.h"

namespace cogent::x86 {

enum class StencilForm : std::uint8_t {
  Unrolled,   // the products of every row of the window, one after the other
  Rolled,     // a loop over source rows, for windows whose products would be too much code
  Separable,  // rank 1: a weighted sum of each source row, then sums of those down the rows
  Tiled,      // the same, with the sums of many source rows kept in memory
  Box,        // all taps are 1: sums of columns that run down the rows, then sums along the row
};

/// What is prefetched.
enum class Prefetch : std::uint8_t {
  None,
  NextBlock,  // the rows of the block below, each at the columns of this one
  Run,        // the rows of the block below as one run of memory
  Ahead,      // blocks of one row: the row itself, some blocks ahead
};

/// What may be assumed of the machine beside its instructions.
struct MachineTraits {
  /// The next block's rows are to be prefetched: worth up to 1.5 on AMD's cores, a small loss on Intel's.
  bool wants_prefetch = false;
  /// Packing competes with dot products for a port, shifting does not: so on Zen 4, where it is worth 1.1.
  bool packs_slowly = false;
  /// Products of 512 bits are the limit, one a cycle, so that a block of few rows, which is less code, is as fast.
  bool multiplies_slowly = false;
  /// Of the second-level cache. Pictures beyond it are streamed: see stencil_streams.h.
  std::int64_t cache_bytes = 1 << 20;
  /// From so many bytes of pictures on, results are written past the caches, see stencil_streams.h.
  std::int64_t streamed_bytes = INT64_MAX;
};
MachineTraits detected_machine_traits();

struct StencilPlan {
  StencilForm form = StencilForm::Unrolled;
  int vector_size = 0;                 // bytes of a vector
  int rows_per_block = 0;              // of output; at most most_rows, unless tiled, of a box, or keeping sums
  std::int64_t columns_per_block = 0;  // those of a vector, unless of a box, or keeping sums
  int rows_at_once = 0;                // of a block: computed together
  int most_rows_at_once = 0;           // as the registers allow
  int cost = 0;                        // of a row of a block, in tenths of cycles, about
  Prefetch prefetch = Prefetch::None;
  bool streams_results = false;  // past the caches, in vectors at multiples of their size
  /// Phases whose sums fit 16 bits are merged by shifts instead of packs.
  bool merges_phases = false;

  TrimmedWindow trimmed;
  SumRange sum;  // of bias and products
  ir::Type result = ir::Type::U8;
  ProductSplit split;           // of the window, or of the row factor
  bool is_listed = false;       // the list of products that planning used holds those of the split
  RankOneFactors factors;       // Separable and Tiled
  ColumnSteps column;           // Separable
  bool keeps_sums = false;      // Separable: a block is many rows, which keep their sums for those below in memory
  bool runs = false;            // Tiled: all rows have the same weight, so that each sum is made of the one above it
  std::int32_t row_offset = 0;  // Tiled: what is added to sums of rows so that they fit 16 bits

  /// Whether a block is many rows, each of many vectors.
  bool is_strip() const { return form == StencilForm::Box || keeps_sums; }
  static constexpr int most_rows = 12;
  const TapWindow& window() const { return trimmed.window; }
  /// Whether sums, shifted, can lie below or above the stage's limits.
  bool clamps_low(const ir::StencilStage& stage) const { return (sum.low >> stage.shift) < stage.low; }
  bool clamps_high(const ir::StencilStage& stage) const { return (sum.high >> stage.shift) > stage.high; }
};

enum class PlanResult : std::uint8_t { Planned, NoVectors, TooNarrow, TooWide, TapsTooLarge, Constant };

/// In words, for `explain`.
const char* describe(PlanResult result);
std::string describe(const StencilPlan& plan);

/// Chooses. `scratch` is used for counting and left in any state, unless the plan says that it is listed.
PlanResult plan_stencil(const ir::Stencil& stencil, CpuLevel level, const MachineTraits& traits, ProductList& scratch,
                        StencilPlan& plan);

}  // namespace cogent::x86
