// Loops that copy as many elements in each iteration as they go on by, in another order: small matrices transposed, the
// channels of pixels exchanged. Whole registers are permuted then, whatever the distance between iterations.
#include <algorithm>
#include <bit>

#include "optimize/recognise_lanes.h"

namespace cogent::optimize {

using analysis::LinearForm;
using ir::Do;
using ir::LaneAccess;
using ir::LaneLoop;
using ir::LanePermutation;
using ir::none;
using ir::Op;
using ir::Statement;

// What this leaves in `copies_` has no meaning if it says no.
bool LaneRecogniser::recognise_permutation(const Statement& loop, LaneLoop& lanes) {
  for (Copies* copies : {&copies_.loads, &copies_.stores}) *copies = {};
  copies_.elements.clear();
  for (Id id = program_->regions[loop.body].first; id != none; id = program_->statements[id].next)
    if (!add_copy(program_->statements[id])) return false;
  const Copies &loads = copies_.loads, &stores = copies_.stores;
  if (loads.array == none || stores.array == none || loads.array == stores.array || loads.stride != stores.stride)
    return false;
  LanePermutation permutation;
  permutation.bytes = static_cast<std::uint8_t>(ir::size_of(program_->arrays[loads.array].type));
  if (permutation.bytes != ir::size_of(program_->arrays[stores.array].type)) return false;
  const auto stride = static_cast<std::uint8_t>(loads.stride);
  const int bytes = stride * permutation.bytes;
  if (!std::has_single_bit(static_cast<unsigned>(bytes)) || bytes > LanePermutation::most_bytes) return false;
  if (loads.highest - loads.lowest != stride - 1 || !find_sources(stride, permutation)) return false;
  permutation.stride = stride;
  lanes.permutation = permutation;
  for (const Copies* copies : {&loads, &stores}) {
    LaneAccess access{.array = copies->array, .is_store = copies == &stores, .line = copies->line};
    access.constant = copies->first.constant + copies->lowest;
    access.stride = stride;
    add_terms(copies->first, access, lanes);
    lanes.accesses.push_back(access);
  }
  if (program_->may_overlap(loads.array, stores.array)) lanes.pairs.push_back({0, 1, true});
  return true;
}

// A load, or a store of what has been loaded.
bool LaneRecogniser::add_copy(const Statement& statement) {
  const bool is_store = statement.what == Do::Store;
  if (statement.what == Do::Comment || program_->is_dead(statement)) return true;
  if (!is_store && (statement.what != Do::Let || program_->nodes[statement.a].op != Op::Load)) return false;
  const Id id = is_store ? statement.a : program_->nodes[statement.a].a;
  const ir::Array& array = program_->arrays[id];
  if (array.step() != ir::size_of(array.type) || array.offset != 0 || array.type == ir::Type::Bool) return false;
  std::int64_t offset;
  const LinearForm& form = forms_->base_of(is_store ? statement.b : program_->nodes[statement.a].b, offset);
  if (!form.valid) return false;
  const auto constant =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(form.constant) + static_cast<std::uint64_t>(offset));
  Copies& copies = is_store ? copies_.stores : copies_.loads;
  if (copies.array == none && !begin_copies(copies, form, constant, statement)) return false;
  if (copies.array != id || !copies.walking.has_same_terms(form)) return false;
  const auto distance = static_cast<std::int64_t>(static_cast<std::uint64_t>(constant) -
                                                  static_cast<std::uint64_t>(copies.first.constant));
  if (distance <= -copies.stride || distance >= copies.stride) return false;
  copies.lowest = std::min(copies.lowest, distance);
  copies.highest = std::max(copies.highest, distance);
  copies_.elements.push_back({is_store ? statement.c : statement.a, static_cast<std::int8_t>(distance), is_store});
  return true;
}

bool LaneRecogniser::begin_copies(Copies& copies, const LinearForm& form, std::int64_t constant,
                                  const Statement& statement) {
  const std::int64_t stride = form.coefficient_of(index_);
  if (stride < 2 || stride > LanePermutation::most_bytes) return false;
  copies.array = statement.what == Do::Store ? statement.a : program_->nodes[statement.a].a;
  copies.line = statement.line;
  copies.stride = stride;
  copies.first = copies.walking = form;
  copies.first.constant = constant;
  copies.first.add(index_, -stride);
  return is_invariant(copies.first);
}

// For each element that is stored, once, which one it is of those that are loaded.
bool LaneRecogniser::find_sources(int stride, LanePermutation& permutation) {
  std::uint64_t found = 0;
  int count = 0;
  std::ranges::fill(copied_from_, std::int8_t{-1});
  copied_from_.resize(narrowing_.node_count(), -1);
  for (const CopiedElement& element : copies_.elements) {
    if (!narrowing_.varies(element.node)) return false;
    std::int8_t& source = copied_from_[element.node - index_];
    if (!element.is_stored) {
      source = static_cast<std::int8_t>(element.at - copies_.loads.lowest);
      continue;
    }
    const std::int64_t to = element.at - copies_.stores.lowest;
    if (source < 0 || to >= stride || (found >> to & 1) != 0) return false;
    found |= std::uint64_t{1} << to;
    permutation.sources[to] = static_cast<std::uint8_t>(source);
    ++count;
  }
  return count == stride;
}

}  // namespace cogent::optimize
