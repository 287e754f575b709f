// The second half of recognising a stencil: the window that the loads of the sum form, and its place in the source.
#include <algorithm>

#include "optimize/recognise_stencil.h"

namespace cogent::optimize {

using analysis::Wide;
using ir::Node;
using ir::none;
using ir::StencilStage;

// All loads read one array, which is not the destination, row by row at one pitch.
bool StencilRecogniser::read_terms(ir::Line line, ir::Stencil& stencil) {
  offsets_.clear();
  for (const analysis::Term& term : terms_) {
    const Node& load = program_->nodes[term.atom];
    const ir::Line at = load.line != 0 ? load.line : line;
    Access access;
    if (!read_access(load.b, at, access)) return false;
    if (stencil.source == none) {
      stencil.source = load.a;
      stencil.source_pitch = access.pitch;
    }
    if (load.a == stencil.destination)
      return refuse("the array that is written is also read; write to another one", at);
    if (load.a != stencil.source)
      return refuse("the sum reads more than one array; write a function for each of them", at);
    if (access.pitch != stencil.source_pitch)
      return refuse("the rows that are read have different pitches; let every index use the same one", at);
    offsets_.push_back(access.offset);
  }
  if (rows_.index == none) stencil.source_pitch = single_row_pitch(stencil);
  if (stencil.source_pitch < 1)
    return refuse("the rows that are read run backward; let the index grow with the row", line);
  return true;
}

// Where there is one row, any pitch describes the accesses. The one is taken that gives the smallest window whose
// rectangle lies within the array: found among those that divide the array into rows, and the distances of the first
// places; or there is but one row of taps.
std::int64_t StencilRecogniser::single_row_pitch(const ir::Stencil& stencil) {
  const std::int64_t size = program_->arrays[stencil.source].size;
  const std::int64_t first = *std::min_element(offsets_.begin(), offsets_.end());
  std::int64_t best = *std::max_element(offsets_.begin(), offsets_.end()) - first + 1, smallest = best;
  const auto consider = [&](std::int64_t pitch) {
    if (pitch < 1) return;
    const Window window = find_places(first, pitch);
    const std::int64_t area = window.width() * window.height, begin = first + window.left;
    const std::int64_t end = begin + (window.height - 1) * pitch + stencil.width + window.width() - 1;
    if (begin < 0 || (size != ir::dynamic_size && end > size) || area >= smallest) return;
    smallest = area;
    best = pitch;
  };
  if (smallest <= StencilStage::largest_side) return best;
  for (std::int64_t rows = 2; rows <= StencilStage::largest_side && size != ir::dynamic_size; ++rows)
    if (size % rows == 0) consider(size / rows);
  constexpr std::size_t tried = 64;
  for (std::size_t i = 0; i < std::min(tried, offsets_.size()); ++i) consider(offsets_[i] - first);
  return best;
}

// Every offset is row * pitch + column of a window.
bool StencilRecogniser::place_taps(ir::Line line, ir::Stencil& stencil) {
  const std::int64_t first = *std::min_element(offsets_.begin(), offsets_.end());
  const Window window = find_places(first, stencil.source_pitch);
  if (std::max(window.width(), window.height) > StencilStage::largest_side)
    return refuse("the window is larger than 64 x 64 elements; split it into several sums", line);
  StencilStage& stage = stencil.stages.back();
  stage.width = static_cast<std::int32_t>(window.width());
  stage.height = static_cast<std::int32_t>(window.height);
  stencil.source_offset = first + window.left;
  stencil.taps.assign(static_cast<std::size_t>(window.width() * window.height), 0);
  bool at_first_corner = false, at_last_corner = false;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    const auto place = static_cast<std::size_t>(places_[i].row * window.width() + places_[i].column - window.left);
    stencil.taps[place] += static_cast<std::int32_t>(terms_[i].coefficient);
    at_first_corner = at_first_corner || place == 0;
    at_last_corner = at_last_corner || place + 1 == stencil.taps.size();
  }
  return (at_first_corner && at_last_corner) || check_rectangle(stencil);
}

// Columns are counted from the first offset, or, if that gives a smaller window, to both sides of it: its row may begin
// later than others, as the cross of a Laplacian does.
StencilRecogniser::Window StencilRecogniser::find_places(std::int64_t first, std::int64_t pitch) {
  places_.clear();
  Window forward, both;
  const auto to_both_sides = [pitch](Place place) {
    return place.column * 2 > pitch ? Place{place.row + 1, place.column - pitch} : place;
  };
  for (const std::int64_t offset : offsets_) {
    const Place place{(offset - first) / pitch, (offset - first) % pitch};
    places_.push_back(place);
    forward.include(place);
    both.include(to_both_sides(place));
  }
  if (both.width() * both.height >= forward.width() * forward.height) return forward;
  for (Place& place : places_) place = to_both_sides(place);
  return both;
}

// Vectors read all of the rectangle, from its first to its last element.
bool StencilRecogniser::check_rectangle(const ir::Stencil& stencil) {
  const StencilStage& stage = stencil.stages.back();
  const Wide end = stencil.source_offset + Wide{stencil.rows + stage.height - 2} * stencil.source_pitch +
                   stencil.width + stage.width - 1;
  const std::int64_t size = program_->arrays[stencil.source].size;
  if (size == ir::dynamic_size || stencil.source_offset < 0 || end > size)
    return refuse("the rectangle around the elements that are read leaves the array; pad the array", stencil.line);
  return true;
}

}  // namespace cogent::optimize
