// The cost rule. Costs are tenths of cycles for a vector of pixels: a multiplication counts 10, every other vector
// operation 3. On cores that halve 512-bit operations (Zen 4) multiplications are the limit, and the rest fits beside
// them; on cores where all share two ports (Sapphire Rapids) the rule picks the same forms or ones that are as fast.
#include "x86/stencil_plan.h"

#include <cpuid.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "x86/stencil_box.h"
#include "x86/stencil_joins.h"
#include "x86/stencil_streams.h"

namespace cogent::x86 {
namespace {

constexpr int multiplication_cost = 10, other_cost = 3, load_cost = 15, constant_load_cost = 10;
constexpr int word_cost = 10;                  // of a shift or a mask beside products of words
constexpr int constants_in_registers = 32;     // about
constexpr int most_code_bytes = 16 << 10;      // of one block; beyond, the instruction cache and the encoder suffer
constexpr std::int64_t longest_row = 1 << 24;  // times all rows of a block it fits 32 bits
constexpr int product_bytes = 10;              // of code, about
constexpr int most_tile_bytes = 12 << 10;      // a part of the first-level cache, and of the stack
constexpr int tile_store_cost = 15, tile_load_cost = 20;
constexpr int most_rows_divided = 256;  // of a block that begins with sums of rows above it
constexpr int rows_that_keep_sums = 4, least_kept_rows = 16;
constexpr int most_kept_bytes = 16 << 10;                // a part of the first-level cache
constexpr std::int64_t amd_streamed_bytes = 12'000'000;  // a good part of a third-level cache, which cores share
constexpr std::int64_t longest_tiled_row = 1 << 20;
constexpr std::int64_t tile_page_bytes = 16 << 12;  // what a tile spans of either picture, where the window allows it

TapWindow stage_window(const ir::Stencil& stencil) {
  const ir::StencilStage& stage = stencil.stages.front();
  return {stencil.taps.data() + stage.first_tap, stage.width, stage.height, stage.width};
}

class Planner {
 public:
  Planner(const ir::Stencil& stencil, CpuLevel level, const MachineTraits& traits, ProductList& scratch,
          StencilPlan& plan)
      : stencil_(stencil),
        stage_(stencil.stages.front()),
        level_(level),
        traits_(traits),
        scratch_(scratch),
        plan_(plan) {}

  PlanResult run() {
    plan_.trimmed = trim(stage_window(stencil_));
    if (plan_.window().height == 0) return PlanResult::Constant;
    if (!choose_vector_size()) return PlanResult::TooNarrow;
    if (std::max({stencil_.width, stencil_.source_pitch, stencil_.destination_pitch}) > longest_row ||
        stencil_.rows > INT32_MAX)
      return PlanResult::TooWide;
    const TapRange taps = tap_range(plan_.window());
    plan_.sum = sum_range(plan_.window(), stage_.bias);
    words_only_ = level_ == CpuLevel::Avx2 || !taps.fits_8();
    if (level_ == CpuLevel::Avx512 && !taps.fits_8() && taps.fits_twice_8())
      try_split({.phase_columns = plan_.window().width, .doubles = true});
    if (taps.fits_16())
      try_split({.phase_columns = plan_.window().width, .word_taps = words_only_, .word_pairs = true});
    if (fits_halves() && taps.fits_8()) {
      try_halves();
      try_separable();
    }
    try_tiled();
    try_box();
    if (best_cost_ == no_cost) return PlanResult::TapsTooLarge;
    plan_.cost = best_cost_;
    if (plan_.form == StencilForm::Unrolled) choose_rows();
    plan_.merges_phases =
        traits_.packs_slowly && level_ == CpuLevel::Avx512 && stencil_.result_size() < 4 && fits_halves();
    plan_.columns_per_block = plan_.vector_size;
    plan_.rows_at_once = plan_.rows_per_block;
    if (plan_.form != StencilForm::Unrolled) plan_.most_rows_at_once = plan_.rows_at_once;
    plan_.keeps_sums = plan_.keeps_sums && plan_.form == StencilForm::Separable;
    if (plan_.form == StencilForm::Box)
      divide(BoxStencil::most_columns - plan_.window().width + 1, BoxTree::most_rows);
    else if (plan_.is_strip())
      divide(most_kept_bytes / (2 * (plan_.window().height - 1)), rows_that_keep_sums);
    choose_streams(stencil_, traits_, plan_);
    plan_.rows_per_block = static_cast<int>(std::min<std::int64_t>(plan_.rows_per_block, stencil_.rows));
    plan_.rows_at_once = std::min(plan_.rows_at_once, plan_.rows_per_block);
    return PlanResult::Planned;
  }

 private:
  static constexpr int no_cost = 1 << 30;

  bool choose_vector_size() {
    const int largest = level_ == CpuLevel::Avx512 ? 64 : 32;
    for (plan_.vector_size = largest; plan_.vector_size > stencil_.width; plan_.vector_size /= 2)
      if (plan_.vector_size == 16) return false;
    return true;
  }

  // Sums in halves wrap in 16 bits; the end result must not, and before it is packed to bytes not look negative.
  bool fits_halves() const {
    if (stencil_.result_size() == 1)
      return plan_.sum.fits_signed_16() || (plan_.sum.fits_unsigned_16() && stage_.shift > 0);
    return plan_.sum.fits_signed_16() ? limits_fit(INT16_MIN, INT16_MAX)
                                      : plan_.sum.fits_unsigned_16() && limits_fit(0, UINT16_MAX);
  }
  bool limits_fit(std::int32_t low, std::int32_t high) const {
    const auto fits = [&](std::int32_t limit) { return low <= limit && limit <= high; };
    return (!plan_.clamps_low(stage_) || fits(stage_.low)) && (!plan_.clamps_high(stage_) || fits(stage_.high));
  }

  void try_split(const ProductSplit& split) {
    list_products(plan_.window(), split, scratch_);
    const int cost =
        cost_of(scratch_) + finish_cost(split.phase_columns > 0, split.phase_columns < plan_.window().width);
    plan_.is_listed = cost < best_cost_;
    if (!plan_.is_listed) return;
    best_cost_ = cost;
    best_products_ = static_cast<int>(scratch_.all().size());
    source_cost_ = cost_of_source(scratch_);
    plan_.split = split;
  }

  // Narrow remains of the phases, or all of a window, in halves.
  void try_halves() {
    const TapWindow& window = plan_.window();
    const int whole_groups = window.width / 4 * 4;
    if (level_ == CpuLevel::Avx512 && whole_groups > 0 && window.width - whole_groups <= 2)
      try_halves_from(whole_groups);
    if (has_two_columns(window) && outer_taps_fit(window)) try_split({.interleaves = true});
    try_halves_from(0);
  }
  void try_halves_from(int first_column) {
    const TapWindow& window = plan_.window();
    const int columns = window.width - first_column;
    if (columns == 0 || (first_column == 0 && least_cost_of_halves() >= best_cost_)) return;
    if (level_ == CpuLevel::Avx512 && columns % 2 == 1 && columns <= JoinedHalves::most_columns)
      try_split({.phase_columns = first_column, .joins = true});
    else if (pairs_fit(window, first_column))
      try_split({.phase_columns = first_column});
  }

  void try_separable() {
    const TapWindow& window = plan_.window();
    const int most_height = level_ == CpuLevel::Avx512 ? 7 : 5;  // the sums of all but one row stay in registers
    if (window.height < 2 || window.height > most_height || !factor_rank_one(window, plan_.factors)) return;
    const TapWindow row{plan_.factors.row_factor.data(), window.width, 1, window.width};
    const ProductSplit split{.interleaves = has_two_columns(row) && outer_taps_fit(row)};
    if (!split.interleaves && !pairs_fit(row, 0)) return;
    plan_.column = split_column(plan_.factors.column_factor.data(), window.height);
    const bool only_adds = plan_.column.rest_length == 1;  // weighted rows need the registers of further rows
    const bool keeps_sums = window.height > 3 && stencil_.rows >= least_kept_rows;
    const int block = keeps_sums                                   ? rows_that_keep_sums
                      : window.height > 3                          ? StencilPlan::most_rows
                      : fits_cache(stencil_, traits_) && only_adds ? 6
                                                                   : 4;
    const int rows = static_cast<int>(std::min<std::int64_t>(block, stencil_.rows));
    list_products(row, split, scratch_);
    const int row_cost = cost_of(scratch_);
    const int again = keeps_sums ? tile_store_cost : row_cost;  // for each row above the block
    const int cost = row_cost + again * (window.height - 1) / rows + column_cost() + finish_cost(false, true);
    plan_.is_listed = cost < best_cost_;
    if (!plan_.is_listed) return;
    best_cost_ = cost;
    plan_.form = StencilForm::Separable;
    plan_.keeps_sums = keeps_sums;
    plan_.split = split;
    plan_.rows_per_block = block;
  }

  // With two taps in every product.
  // Where rows and columns have so many taps that keeping the sums of rows in memory pays.
  void try_tiled() {
    const TapWindow& window = plan_.window();
    const int pair = 4 * (multiplication_cost + (level_ == CpuLevel::Avx2 ? other_cost : 0));
    const int running_cost = pair + tile_load_cost + 8 * other_cost;
    if (window.height < 3 || best_cost_ <= std::min(2 * pair, running_cost)) return;
    if (std::max(stencil_.source_pitch, stencil_.destination_pitch) > longest_tiled_row) return;
    if (!factor_rank_one(window, plan_.factors) || !find_row_offset()) return;
    const TapWindow row{plan_.factors.row_factor.data(), window.width, 1, window.width};
    const TapWindow column{plan_.factors.column_factor.data(), 1, window.height, 1};
    const TapRange taps = tap_range(row);
    const TapRange weights = tap_range(column);
    if (!taps.fits_16() || !weights.fits_16()) return;
    const int pairs_cost = (window.height / 2 + 1) * pair;
    plan_.runs = running_cost < pairs_cost && weights.low == weights.high && weights.low > INT16_MIN;
    const int column_cost = plan_.runs ? running_cost : pairs_cost;
    const std::int64_t most_rows = most_tile_rows();
    const std::int64_t blocks = (stencil_.rows + most_rows - 1) / most_rows;
    tile_rows_ = static_cast<int>((stencil_.rows + blocks - 1) / blocks);
    if (taps.fits_8() && pairs_fit(row, 0)) try_tiles(row, {}, column_cost);
    const bool takes_words = level_ == CpuLevel::Avx2 || !taps.fits_8();
    try_tiles(row, {.phase_columns = window.width, .word_taps = takes_words, .word_pairs = true}, column_cost);
  }
  // So many that their sums stay in the first-level cache; and not many more than the window has, if they lie in so
  // many pages that the processor would look up the addresses of pages again for every strip of columns.
  std::int64_t most_tile_rows() const {
    const int height = plan_.window().height;
    const std::int64_t in_cache = most_tile_bytes / (2 * plan_.vector_size) - height + 1;
    const std::int64_t pitch = std::max(stencil_.source_pitch, stencil_.destination_pitch * stencil_.result_size());
    return std::min(in_cache, std::max<std::int64_t>(2 * height, tile_page_bytes / pitch));
  }
  void try_tiles(const TapWindow& row, const ProductSplit& split, int column_cost) {
    list_products(row, split, scratch_);
    const int source_rows = tile_rows_ + plan_.window().height - 1;
    const int merging = split.phase_columns > 0 ? 4 * other_cost : 0;
    const int row_cost = cost_of(scratch_) + merging + 2 * other_cost + 2 * tile_store_cost;
    const int cost =
        row_cost * source_rows / tile_rows_ + column_cost + 6 * other_cost + order_operations(false) * other_cost;
    plan_.is_listed = cost < best_cost_;
    if (!plan_.is_listed) return;
    best_cost_ = cost;
    plan_.form = StencilForm::Tiled;
    plan_.split = split;
    plan_.rows_per_block = tile_rows_;
  }
  // Costs are of twice as many tenths as that of operations beside multiplications: here there is nothing beside them.
  void try_box() {
    const TapWindow& window = plan_.window();
    const TapRange taps = tap_range(window);
    if (taps.low != 1 || taps.high != 1 || window.width < 3 || window.height < 2 || stencil_.rows < 2) return;
    if (level_ != CpuLevel::Avx512 || !has_vbmi() || plan_.vector_size != BoxStencil::pixels) return;
    if (stencil_.result_size() != 1) return;
    const bool ends_in_words = fits_halves();
    const int cost =
        BoxTree::operations(window, ends_in_words) * 2 * other_cost + finish_cost(!ends_in_words, ends_in_words);
    plan_.is_listed = plan_.is_listed && cost >= best_cost_;
    if (cost >= best_cost_) return;
    best_cost_ = cost;
    plan_.form = StencilForm::Box;
    plan_.split = {.phase_columns = ends_in_words ? 0 : window.width};
  }
  // Evenly, into blocks with a multiple of so many rows.
  void divide(std::int64_t most_columns, int rows_at_once) {
    const auto parts = [](std::int64_t all, std::int64_t most) {
      const std::int64_t count = (all + most - 1) / most;
      return (all + count - 1) / count;
    };
    const auto multiple = [&](std::int64_t rows) { return (rows + rows_at_once - 1) / rows_at_once * rows_at_once; };
    plan_.columns_per_block = parts(stencil_.width, most_columns);
    plan_.cost *= static_cast<int>((plan_.columns_per_block + plan_.vector_size - 1) / plan_.vector_size);
    plan_.rows_at_once = rows_at_once;
    std::int64_t rows = multiple(parts(stencil_.rows, most_rows_divided));
    if (rows > stencil_.rows) rows = multiple(parts(stencil_.rows, stencil_.rows - 1));
    plan_.rows_per_block = static_cast<int>(rows);
  }
  // False: no offset makes all sums of rows fit signed words.
  bool find_row_offset() {
    const TapWindow& window = plan_.window();
    const SumRange range = sum_range({plan_.factors.row_factor.data(), window.width, 1, window.width}, 0);
    plan_.row_offset = range.fits_signed_16() ? 0 : static_cast<std::int32_t>(INT16_MIN - range.low);
    return range.high - range.low <= UINT16_MAX;
  }
  int least_cost_of_halves() const {
    const TapWindow& window = plan_.window();
    int taps = 0;
    for (int row = 0; row < window.height; ++row)
      for (int column = 0; column < window.width; ++column) taps += window.at(row, column) != 0;
    return (taps + 1) / 2 * 2 * (multiplication_cost + other_cost) + finish_cost(false, true);
  }

  // Of a trimmed window: whether all columns between the first and the last are empty, and there are some.
  static bool has_two_columns(const TapWindow& window) {
    if (window.width < 3) return false;
    for (int row = 0; row < window.height; ++row)
      for (int column = 1; column < window.width - 1; ++column)
        if (window.at(row, column) != 0) return false;
    return true;
  }
  static bool outer_taps_fit(const TapWindow& window) {
    for (int row = 0; row < window.height; ++row)
      if (!pair_fits(window.at(row, 0), window.at(row, window.width - 1))) return false;
    return true;
  }

  int cost_of(const ProductList& list) const {
    int cost = 0;
    for (const Product& product : list.all()) {
      cost += multiplication_cost;
      if (product.accumulator >= even_half || level_ == CpuLevel::Avx2) cost += other_cost;  // the addition
      if (product.pixels >= Pixels::Joined) cost += other_cost;
    }
    return cost;
  }

  // What the vectors of a source row cost, most of which lie in two cache lines.
  static int cost_of_source(const ProductList& list) {
    const bool interleaves = list.all().front().pixels == Pixels::Low;
    std::uint64_t columns = interleaves;
    for (const Product& product : list.all()) columns |= std::uint64_t{1} << product.offset;
    const int derived = interleaves ? 2 : static_cast<int>(list.joins().size());
    return std::popcount(columns) * load_cost + derived * other_cost + words_of_source(list) * word_cost;
  }
  // How many vectors of words are made of those of bytes, once for every source row.
  static int words_of_source(const ProductList& list) {
    std::array<std::uint64_t, pixels_count> columns{};  // by kind
    for (const Product& product : list.all())
      columns[static_cast<std::size_t>(product.pixels)] |= std::uint64_t{1} << product.offset;
    const auto count = [&](Pixels kind) { return std::popcount(columns[static_cast<std::size_t>(kind)]); };
    const int joined = count(Pixels::JoinedEvenWords) + count(Pixels::JoinedOddWords);
    return count(Pixels::EvenWords) + count(Pixels::OddWords) + 2 * joined;
  }

  int column_cost() const {
    int cost = 2 * other_cost * (plan_.column.sums + plan_.column.differences);
    for (int k = 0; k < plan_.column.rest_length; ++k) {
      const std::int32_t tap = plan_.column.rest[static_cast<std::size_t>(k)];
      if (tap == 0) continue;
      cost += 2 * other_cost + (tap == 1 || tap == -1 ? 0 : 2 * multiplication_cost);
    }
    return cost - 2 * other_cost;
  }

  int finish_cost(bool has_phases, bool has_halves) const {
    const int merging = !has_phases ? 0 : has_halves ? 6 : 2;
    const int operations = merging + order_operations(has_phases && !has_halves) + (stage_.shift != 0 ? 2 : 0) +
                           (!has_phases && stage_.bias != 0 ? 2 : 0);
    return operations * other_cost;
  }
  // To narrow or widen the sums and to bring them in order.
  int order_operations(bool has_only_phases) const {
    const int result_size = stencil_.result_size();
    if (result_size == 1) return 2;
    const int unpacking = level_ == CpuLevel::Avx512 ? 0 : has_only_phases ? 4 : 2;
    if (result_size == 2) return 2 + unpacking;
    return has_only_phases ? 6 + unpacking : 8 + unpacking;
  }

  // As many rows as the accumulators leave room for; fewer where that hides the loads behind the multiplications, where
  // loads hardly matter, and where code would be long.
  void choose_rows() {
    const bool has_phases = plan_.split.phase_columns > 0;
    const bool has_halves = plan_.split.phase_columns < plan_.window().width;
    int rows = level_ == CpuLevel::Avx2 ? (has_phases ? 2 : 4) : (has_phases && has_halves ? 3 : 4);
    if (plan_.window().width > 6) rows = std::min(rows, 2);
    plan_.most_rows_at_once = rows;
    if (level_ == CpuLevel::Avx512 && traits_.multiplies_slowly)
      while (rows > 1 && hides_loads(rows - 1)) --rows;
    const int bytes = best_products_ * product_bytes * (level_ == CpuLevel::Avx2 ? 2 : 1);
    const int least = static_cast<int>(std::min<std::int64_t>(std::min(2, rows), stencil_.rows));
    while (rows > least && rows * bytes > most_code_bytes) --rows;
    plan_.rows_per_block = rows;
    if (std::min(rows, least) * bytes <= most_code_bytes) return;
    plan_.form = StencilForm::Rolled;
    plan_.split = {.phase_columns = plan_.window().width, .word_taps = words_only_};
    plan_.rows_per_block = level_ == CpuLevel::Avx2 ? 2 : 4;
  }

  // Constants that find no register are loaded for every product.
  bool hides_loads(int rows) const {
    const int constants = std::max(0, best_products_ - constants_in_registers) * constant_load_cost;
    const int loads = source_cost_ * (rows + plan_.window().height - 1) + constants * rows;
    return loads <= rows * best_products_ * multiplication_cost;
  }

  const ir::Stencil& stencil_;
  const ir::StencilStage& stage_;
  CpuLevel level_;
  const MachineTraits& traits_;
  ProductList& scratch_;
  StencilPlan& plan_;
  bool words_only_ = false;
  int best_products_ = 0;
  int source_cost_ = 0;
  int tile_rows_ = 0;
  int best_cost_ = no_cost;
};

}  // namespace

MachineTraits detected_machine_traits() {
  static const MachineTraits traits = [] {
    unsigned highest = 0, b = 0, c = 0, d = 0;
    char vendor[12] = {};
    if (__get_cpuid(0, &highest, &b, &c, &d)) {
      std::memcpy(vendor, &b, 4);
      std::memcpy(vendor + 4, &d, 4);
      std::memcpy(vendor + 8, &c, 4);
    }
    const bool is_amd = std::memcmp(vendor, "AuthenticAMD", sizeof vendor) == 0;
    return MachineTraits{.wants_prefetch = is_amd,
                         .packs_slowly = is_amd,
                         .multiplies_slowly = is_amd,
                         .streamed_bytes = is_amd ? amd_streamed_bytes : INT64_MAX};
  }();
  return traits;
}

const char* describe(PlanResult result) {
  switch (result) {
    case PlanResult::Planned:
      return "planned";
    case PlanResult::NoVectors:
      return "this CPU level has no vector instructions";
    case PlanResult::TooNarrow:
      return "the rows are narrower than 16 elements; let the loop over the longer side be the inner one";
    case PlanResult::TooWide:
      return "the rows are too far apart, or too many, for 32-bit displacements";
    case PlanResult::TapsTooLarge:
      return "a coefficient does not fit 16 bits; scale the coefficients down";
    case PlanResult::Constant:
      return "all coefficients are 0";
  }
  return "";
}

static std::string describe_form(const StencilPlan& plan) {
  const auto text = [](int number) { return std::to_string(number); };
  const TapWindow& window = plan.window();
  std::string result = text(window.height) + "x" + text(window.width) + " taps, " + text(plan.vector_size) +
                       " pixels of " + text(plan.form == StencilForm::Tiled ? plan.rows_per_block : plan.rows_at_once) +
                       " rows at once, ";
  if (ir::size_of(plan.result) > 1)
    result += plan.result == ir::Type::F32
                  ? "results of float, "
                  : "results of " + text(8 * static_cast<int>(ir::size_of(plan.result))) + " bits, ";
  if (plan.form == StencilForm::Separable)
    return result + "rank 1: weighted rows, then " + text(plan.column.sums + plan.column.differences) +
           " sums of neighbouring rows and " + text(plan.column.rest_length) + " weighted rows" +
           (plan.keeps_sums ? ", whose sums are kept for the rows below" : "");
  if (plan.form == StencilForm::Tiled)
    return result + "rank 1: weighted rows in memory near the core, then " +
           (plan.runs ? "running sums down the columns" : "weighted sums of two of them at once");
  if (plan.form == StencilForm::Box) return result + "sums of columns that run down the rows, then sums along the rows";
  if (plan.form == StencilForm::Rolled) result += "in a loop over source rows, ";
  if (plan.split.phase_columns == 0) return result + "two taps at once in 16 bits";
  result += plan.split.word_taps ? "two taps of 16 bits at once" : "four taps at once";
  if (plan.split.doubles) result += ", those of 9 bits as two of 8";
  if (plan.split.phase_columns < window.width)
    result += ", of the last " + text(window.width - plan.split.phase_columns) + " columns two at once in 16 bits";
  return result;
}

std::string describe(const StencilPlan& plan) {
  return describe_form(plan) + (plan.streams_results ? "; results are written past the caches" : "");
}

PlanResult plan_stencil(const ir::Stencil& stencil, CpuLevel level, const MachineTraits& traits, ProductList& scratch,
                        StencilPlan& plan) {
  if (level == CpuLevel::Baseline) return PlanResult::NoVectors;
  plan.form = StencilForm::Unrolled;
  plan.keeps_sums = plan.streams_results = false;
  plan.result = stencil.result;
  plan.is_listed = false;
  plan.prefetch = traits.wants_prefetch ? Prefetch::NextBlock : Prefetch::None;
  return Planner(stencil, level, traits, scratch, plan).run();
}

}  // namespace cogent::x86
