// Recognises a stencil: loops over rows and columns that store a clamped weighted sum of neighbouring bytes, as a byte
// or as something wider.
#pragma once
#include <algorithm>
#include <vector>

#include "analysis/linear_forms.h"
#include "analysis/ranges.h"
#include "ir/program.h"
#include "ir/stencil.h"

namespace cogent::optimize {

using ir::Id;

/// Kept and reused per thread. Linear in the program.
class StencilRecogniser {
 public:
  /// Requires an optimised program, and the ranges and forms of its nodes; changes nothing.
  /// True: the program does what `stencil` describes and nothing else, as long as the destination does not overlap the
  /// source in memory. The program is one loop from a constant to a constant by 1, or two nested ones, around one store
  /// to an array of U8, I16, U16, I32, U32 or F32 of
  ///   clamp((sum of constants * bytes of another array + constant) >> constant, low, high),
  /// as a float perhaps times a constant,
  /// (or around several stores of the same to neighbouring elements, or a third loop over those: interleaved channels),
  /// where the sum cannot wrap, all accesses are proven in bounds and their indexes are y * pitch + x * channels +
  /// constant. False: it is something else, or it cannot be seen that it is; see why_not().
  bool run(const ir::Program& program, const analysis::Ranges& ranges, analysis::LinearForms& forms,
           ir::Stencil& stencil);

  /// Why the last run found no stencil, as the rest of a sentence that begins with "because"; nullptr if it found one.
  const char* why_not() const { return why_not_; }
  /// The user's line that stands in the way; 0: none in particular.
  ir::Line line() const { return line_; }

 private:
  struct Loop {
    Id index = ir::none;  // none: there is no such loop
    std::int64_t first = 0, count = 1;
  };
  struct Access {  // an index y * pitch + x * channels + offset, counted from the loops' first iterations
    std::int64_t pitch = 0, offset = 0;
  };
  struct Place {
    std::int64_t row, column;
  };
  struct Window {
    std::int64_t left = 0, right = 0, height = 1;
    std::int64_t width() const { return right - left + 1; }
    void include(const Place& place) {
      left = std::min(left, place.column);
      right = std::max(right, place.column);
      height = std::max(height, place.row + 1);
    }
  };

  bool refuse(const char* why, ir::Line line);
  Id only_loop(Id region);
  bool enter_loop(Id statement, Loop& loop);
  bool holds_loop(Id region) const;
  bool find_loops(Id& body);
  bool find_stores(Id body);
  bool is_more_than_reading(const ir::Statement& statement);
  bool refuse_second_store();
  bool read_stores(ir::Stencil& stencil);
  bool read_channel(std::int64_t channel, const ir::Stencil& first);
  bool is_plain(Id array) const;
  bool holds_plain_bytes(Id array) const;
  bool read_destination(const ir::Statement& store, ir::Stencil& stencil);
  bool read_access(Id index, ir::Line line, Access& access);
  bool read_value(const ir::Statement& store, ir::Stencil& stencil);
  bool refuse_wrapping(ir::Type result, ir::Line line);
  Id peel_float(Id value, ir::Stencil& stencil) const;
  bool keeps_value(Id conversion) const;
  Id peel_clamp(Id value, analysis::Range& clamp) const;
  bool read_sum(Id sum, ir::Line line, ir::StencilStage& stage);
  bool read_shift(Id node, std::int32_t& shift) const;
  bool read_terms(ir::Line line, ir::Stencil& stencil);
  bool place_taps(ir::Line line, ir::Stencil& stencil);
  std::int64_t single_row_pitch(const ir::Stencil& stencil);
  Window find_places(std::int64_t first, std::int64_t pitch);
  bool check_rectangle(const ir::Stencil& stencil);

  const ir::Program* program_ = nullptr;
  const analysis::Ranges* ranges_ = nullptr;
  analysis::LinearForms* forms_ = nullptr;
  Loop rows_, columns_, channels_;
  Id parallel_loop_ = ir::none;
  std::int64_t step_ = 1;   // elements that an iteration over columns stores: the channels of a pixel
  std::vector<Id> stores_;  // of an iteration
  ir::Stencil channel_;     // what a further store does
  std::vector<analysis::Term> terms_;
  std::vector<std::int64_t> offsets_;  // of the terms, in the source
  std::vector<Place> places_;          // of the terms, in the window
  const char* why_not_ = nullptr;
  ir::Line line_ = 0;
};

}  // namespace cogent::optimize
