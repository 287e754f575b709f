// The schedule of a pass: which stages keep rows of their results, how many, and in which order rows are computed.
#pragma once
#include "engine/stage_builder.h"

namespace cogent::image {

/// The last rows of a stage, each with pixels beyond its ends as a border says.
struct Ring {
  StageId stage;
  Edge edge;
  int rows = 1;     ///< a power of two
  int padding = 0;  ///< pixels beyond each end
  SampleType stored = SampleType::U8;
};

/// The computation of one row of a stage, with the stages in it that keep no rows.
struct RowLoop {
  StageId stage;
  std::vector<int> rings;  ///< where the row goes; none: to the pass's output
  int ahead = 0;           ///< it computes row t + ahead while row t of the output is computed
  int above = 0;           ///< rows above the first output row that it computes, where the picture has them; or below 0
  int begin = 0, end = 0;  ///< the rows that are ever needed
  bool is_flat = false;    ///< the samples of a row are computed as one long row
  /// A picture's rows for a border that wraps: those from the other end stand for the rows outside, and are in the ring
  /// under the numbers of these.
  bool wraps = false;
};

/// A read of rows that an earlier loop computed.
struct RowRead {
  StageId stage;
  Window window;
  Edge edge;
  bool is_moved = false;
};

struct Schedule {
  std::vector<Ring> rings;
  std::vector<RowLoop> loops;  ///< in the order in which they run, the output's last
  int lead = 0;                ///< how many rows before the first output row the first turn is
  /// How many rows each turn computes of every loop: they share what they read.
  int rows_at_once = 1;
  /// Rows of the pictures above and below rows of the output that are read for them, below 0 where they end before
  /// these; whether any row may be.
  int reach_above = 0, reach_below = 0;
  bool reads_anywhere = false;

  /// The ring of a stage's rows with this border, or -1.
  int find_ring(StageId stage, const Edge& edge) const;
  /// Whether an input is read from a ring; else its stage is computed, or its picture read, where it is used.
  bool reads_rows(const StageGraph& graph, const StageInput& input) const;
  /// The ring that such an input is read from; if only the pixel itself is read, any border serves.
  const Ring& ring_of(const StageInput& input) const;
};

/// Plans a pass. (Source and result in planes are no flat rows: Stage::is_channelwise of pictures says so.)
/// `rows_at_once`: how many rows turns compute; 0: as many as are worth the time to generate their code.
Schedule plan_rows(const StageGraph& graph, const PassStep& pass, int rows_at_once = 0);

}  // namespace cogent::image
