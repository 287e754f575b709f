// Stages: what a pipeline is made of. Each computes every pixel of a picture from pixels of others.
#pragma once
#include <cogent/image/format.h>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/number.h"

namespace cogent::image {

/// A stage of a graph, or none.
struct StageId {
  int index = -1;
  friend auto operator<=>(const StageId&, const StageId&) = default;
};

/// Rows of a stage that are computed at once: which of them, from the top, and how many.
struct RowAtOnce {
  int number = 0, count = 1;
};

/// The pixels that a body is at, of a stage's inputs. Rows and columns count from the pixel that is computed.
class Neighbourhood {
 public:
  virtual ~Neighbourhood() = default;
  /// A sample of an input, within its window.
  virtual Number at(int input, int row, int column, int channel) const = 0;
  /// A sample of an input that is read anywhere, at a row and a column of its own; both must lie in the picture.
  virtual Number anywhere(int input, const Value<std::int64_t>& row, const Value<std::int64_t>& column,
                          int channel) const = 0;
  /// A sample of an input that is read at any row, in the column of the pixel; the row must lie in the picture.
  virtual Number at_row(int input, const Value<std::int64_t>& row, int channel) const = 0;
  /// A sample of an input that is read at any column, in the row of the pixel; at most the window beyond the ends.
  virtual Number at_column(int input, const Value<std::int64_t>& column, int offset, int channel) const = 0;
  /// The row and the column of the pixel that is computed.
  virtual Value<std::int64_t> row() const = 0;
  virtual Value<std::int64_t> column() const = 0;
  /// An entry of a table of the stage; the index must lie in it.
  virtual Number look_up(int table, const Number& index) const = 0;
  /// A number that the stage's facts say, found out before the pass runs.
  virtual Number fact(const Number& index) const = 0;
  /// One of the facts of the row that is computed: see Stage::row_facts. It is read before the row's pixels.
  virtual Value<std::int32_t> row_fact(int number) const = 0;
  /// One of the facts of the column that is computed: see Stage::column_facts. Rows that are computed at once share it.
  virtual Value<std::int32_t> column_fact(int number) const = 0;
  /// Where the pixel's row is among those that share what they compute alike.
  virtual RowAtOnce row_at_once() const = 0;

  Number operator()(int row = 0, int column = 0, int channel = 0) const { return at(0, row, column, channel); }
};

/// Gives a sample of the pixel, not yet rounded or brought within the type's range.
using Body = std::function<Number(const Neighbourhood& here, int channel)>;

/// Rows above and below, columns left and right of a pixel: all at least 0, but where an input is moved.
struct Window {
  int above = 0, below = 0, left = 0, right = 0;
  bool is_point() const { return above == 0 && below == 0 && left == 0 && right == 0; }
  friend bool operator==(const Window&, const Window&) = default;
};

/// What lies outside of a picture.
struct Edge {
  Border border = Border::Reflect101;
  double value = 0;  ///< of a constant border
  friend bool operator==(const Edge&, const Edge&) = default;
};

/// How far below and to the right of the pixel that is computed the pixel lies that is read. Then the input may have
/// another size, and the window says only which rows are read so.
struct Move {
  int down = 0, right = 0;
};

/// An input of a stage.
struct StageInput {
  StageId stage;
  Window window = {};
  Edge edge = {};
  bool anywhere = false;     ///< read at rows and columns that the body computes
  bool same_column = false;  ///< anywhere, and only by at_row
  bool any_column = false;   ///< read by at_column; if it is moved, at columns of the picture alone
  std::optional<Move> move = {};

  /// Whether the pixel itself is read, and nothing else.
  bool is_point() const { return window.is_point() && !move; }
};

/// What the samples of a stage can be: all numbers from least to most, or the whole ones among them.
struct Range {
  double least = 0, most = 0;
  bool is_whole = true;
};

/// The numbers that a sample type holds.
Range range_of(SampleType type);

/// A stage. One without inputs is a picture that is given: the pipeline's input, or what an earlier pass made.
struct Stage {
  std::string name;  ///< for people
  std::vector<StageInput> inputs;
  int width = 0, height = 0, channels = 1;
  SampleType type = SampleType::U8;  ///< what the result is rounded and saturated to
  Range range;                       ///< of what the body gives
  /// Every channel is computed alike from the same channel of the inputs, so that a row may be taken for one long row
  /// of samples.
  bool is_channelwise = false;
  Body body;
  std::vector<std::vector<std::uint8_t>> tables = {};
  /// What each byte becomes, where colours are made so of those of the same pixel, and alpha stays; else empty.
  std::vector<std::uint8_t> tone = {};
  int picture = -1;      ///< without inputs: which of the plan's pictures
  int facts = -1;        ///< which of the plan's facts the body reads
  int row_facts = 0;     ///< how many of the facts are each row's; the first row's come first
  int column_facts = 0;  ///< the same of columns
  /// It has the size of its inputs, and the body is the same whatever that is.
  bool has_any_size = false;
  /// It is computed sample by sample, so that what follows is better computed of the row as a whole.
  bool is_scattered = false;

  bool is_picture() const { return inputs.empty(); }
};

}  // namespace cogent::image
