// Each row loop computes one row of a stage from rows of others; the stages that keep no rows are computed in it.
#include "engine/pass_code.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace cogent::image {

namespace {

/// What the loops of a pass share.
struct PassCode {
  GeneratedCodeBlock& code;
  const StageGraph& graph;
  const Schedule& schedule;
  const PassArguments& arguments;
  std::vector<int> picture_places;  ///< of each picture of the plan: which of the pass's, or -1
  std::vector<RingMemory> rings;
  std::map<std::pair<int, int>, Table<std::uint8_t>> tables;

  const Stage& stage(StageId id) const { return graph.stages[static_cast<std::size_t>(id.index)]; }
  const PictureSource& picture(const Stage& of) const {
    const int place = picture_places[static_cast<std::size_t>(of.picture)];
    return arguments.pictures[static_cast<std::size_t>(place)];
  }
  template <class Place>
  Value<std::int32_t> fact(const Place& place) const {
    return (*arguments.facts)[place];
  }
  Extent width(const Stage& of) const { return arguments.size ? arguments.size->width : Extent(of.width); }
  Extent height(const Stage& of) const { return arguments.size ? arguments.size->height : Extent(of.height); }
};

/// The rows that one turn of a row loop reads: where they begin is computed before its pixels. Rows count from the
/// first that the turn computes.
class RowPlaces {
 public:
  RowPlaces(PassCode& pass, const RowLoop& loop, const Index& first) : pass_(pass) {
    const Index last_row = pass.height(pass.stage(loop.stage)).value() - 1;
    for (int row = 0; row < pass.schedule.rows_at_once; ++row) {
      rows_.push_back(picture_row(loop, first, row));
      const bool is_inside = pass.schedule.rows_at_once > 1 && !loop.wraps;  // write_turn has moved it there
      inside_.push_back(is_inside ? rows_.back() : min(max(rows_.back(), 0), last_row));
    }
    prepare(loop.stage);
  }

  /// One of the rows that the turn computes, as the picture counts them.
  const Index& row(int row) const { return rows_[static_cast<std::size_t>(row)]; }
  /// The same row, for indexes of pictures: that it lies inside needs no check.
  const Index& row_inside(int row) const { return inside_[static_cast<std::size_t>(row)]; }
  /// Of a row of a ring: the place of its first sample. Of a picture: the row.
  const Index& find(const StageInput& input, int row) const {
    return places_.at({input.stage.index, ring_number(input), row});
  }
  /// A fact of one of the rows.
  const Value<std::int32_t>& fact(StageId stage, int row, int number) const {
    return facts_.at({stage.index, row, number});
  }
  bool reads_ring(const StageInput& input) const { return pass_.schedule.reads_rows(pass_.graph, input); }
  const RingMemory& ring(const StageInput& input) const {
    return pass_.rings[static_cast<std::size_t>(ring_number(input))];
  }

 private:
  int ring_number(const StageInput& input) const {
    if (!reads_ring(input)) return -1 - static_cast<int>(input.edge.border);
    return static_cast<int>(&pass_.schedule.ring_of(input) - pass_.schedule.rings.data());
  }

  void prepare(StageId id) {
    if (!prepared_.insert(id).second) return;
    for (int row = 0; row < pass_.schedule.rows_at_once; ++row)
      for (int i = 0; i < pass_.stage(id).row_facts; ++i) add_fact(id, row, i);
    for (const StageInput& input : pass_.stage(id).inputs) {
      if (input.anywhere) continue;
      const int first = input.move ? input.move->down : -input.window.above;
      const int last = input.move ? input.move->down : input.window.below;
      for (int row = first; row < last + pass_.schedule.rows_at_once; ++row) add(input, row);
      if (!reads_ring(input)) prepare(input.stage);
    }
  }

  void add_fact(StageId id, int row, int number) {
    const Stage& stage = pass_.stage(id);
    const auto before = static_cast<std::int64_t>(pass_.graph.facts_before(static_cast<std::size_t>(stage.facts)));
    facts_.emplace(std::tuple(id.index, row, number),
                   pass_.fact(row_inside(row) * std::int64_t{stage.row_facts} + (before + number)));
  }

  void add(const StageInput& input, int row) {
    const std::tuple key{input.stage.index, ring_number(input), row};
    if (places_.contains(key)) return;
    const bool is_computed = !input.move && row >= 0 && row < pass_.schedule.rows_at_once;  // so it lies in the picture
    const Index at = is_computed ? rows_[static_cast<std::size_t>(row)] : rows_.front() + row;
    if (reads_ring(input)) {
      const RingMemory& memory = ring(input);
      places_.emplace(key, is_computed ? memory.row_begin(at) : memory.border_row_begin(pass_.code, at));
    } else {
      const int reach = std::max(input.window.above, input.window.below);
      const Extent height = pass_.height(pass_.stage(input.stage));
      places_.emplace(
          key, is_computed ? row_inside(row) : border_position(pass_.code, at, height, reach, input.edge.border));
    }
  }

  Index picture_row(const RowLoop& loop, const Index& first, int row) const {
    const Index at = row == 0 ? first : first + row;
    if (!loop.wraps) return at;
    const int reach = std::max(loop.above, loop.ahead) + pass_.schedule.rows_at_once;
    return border_position(pass_.code, at, pass_.height(pass_.stage(loop.stage)), reach, Border::Wrap);
  }

  PassCode& pass_;
  std::vector<Index> rows_, inside_;
  std::set<StageId> prepared_;
  std::map<std::tuple<int, int, int>, Index> places_;
  std::map<std::tuple<int, int, int>, Value<std::int32_t>> facts_;
};

/// One pixel of each row that a row loop computes at once, or one sample of flat rows; what was read or computed once
/// is not again.
class PixelCode {
 public:
  PixelCode(PassCode& pass, const RowPlaces& rows, const Index& column, bool is_flat)
      : pass_(pass), rows_(rows), column_(column), is_flat_(is_flat) {}

  /// The result of a stage at this pixel of a row, within its type.
  Number result(StageId id, int row, int channel) {
    const std::tuple key{id.index, -1, row, 0, channel};
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    const Number number = compute(id, row, channel);
    known_.emplace(key, number);
    return number;
  }

 private:
  /// What a stage's body sees.
  class Here final : public Neighbourhood {
   public:
    Here(PixelCode& pixel, StageId id, int row) : pixel_(pixel), stage_(pixel.pass_.stage(id)), id_(id), row_(row) {}
    Number at(int input, int row, int column, int channel) const override {
      return pixel_.read(stage_.inputs[static_cast<std::size_t>(input)], row_ + row, column, channel);
    }
    Number anywhere(int input, const Index& row, const Index& column, int channel) const override {
      const Stage& from = pixel_.pass_.stage(stage_.inputs[static_cast<std::size_t>(input)].stage);
      return pixel_.pass_.picture(from).read(row, column, channel, false);
    }
    Number at_row(int input, const Index& row, int channel) const override {
      const Stage& from = pixel_.pass_.stage(stage_.inputs[static_cast<std::size_t>(input)].stage);
      return pixel_.pass_.picture(from).read(row, pixel_.column_, channel, pixel_.is_flat_);
    }
    Number at_column(int input, const Index& column, int offset, int channel) const override {
      return pixel_.load_at(stage_.inputs[static_cast<std::size_t>(input)], row_, column, offset, channel);
    }
    Value<std::int32_t> row_fact(int number) const override { return pixel_.rows_.fact(id_, row_, number); }
    Value<std::int32_t> column_fact(int number) const override { return pixel_.column_fact(id_, number); }
    Index row() const override { return pixel_.rows_.row(row_); }
    RowAtOnce row_at_once() const override { return {row_, pixel_.pass_.schedule.rows_at_once}; }
    Index column() const override { return pixel_.column_; }
    Number look_up(int table, const Number& index) const override {
      const auto& tables = pixel_.pass_.tables;
      return Number(cast<std::int32_t>(tables.at({id_.index, table})[index.integer()]));
    }
    Number fact(const Number& index) const override {
      const std::size_t before = pixel_.pass_.graph.facts_before(static_cast<std::size_t>(stage_.facts));
      return Number(pixel_.pass_.fact(index.integer() + static_cast<std::int32_t>(before)));
    }

   private:
    PixelCode& pixel_;
    const Stage& stage_;
    StageId id_;
    int row_;
  };

  Number compute(StageId id, int row, int channel) {
    const Stage& stage = pass_.stage(id);
    if (stage.is_picture()) return pass_.picture(stage).read(rows_.row_inside(row), column_, channel, is_flat_);
    const Number number = stage.body(Here(*this, id, row), channel);
    const Range type = range_of(stage.type);
    if (stage.type == SampleType::F32) return Number(number.real());
    if (number.is_integer() && stage.range.least >= type.least && stage.range.most <= type.most) return number;
    return round_within(number, type.least, type.most);
  }

  Number read(const StageInput& input, int row, int column, int channel) {
    if (input.is_point() && !rows_.reads_ring(input)) return result(input.stage, row, channel);
    if (input.move) {
      row += input.move->down;
      column += input.move->right;
    }
    const std::tuple key{input.stage.index, static_cast<int>(input.edge.border), row, column, channel};
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    const Number number = load(input, row, column, channel);
    known_.emplace(key, number);
    return number;
  }

  Number load(const StageInput& input, int row, int column, int channel) {
    const Stage& from = pass_.stage(input.stage);
    const Index& place = rows_.find(input, row);
    if (!rows_.reads_ring(input)) {
      const Index at = column == 0 ? column_ : column_ + std::int64_t{column} * (is_flat_ ? from.channels : 1);
      return pass_.picture(from).read(place, at, channel, is_flat_);
    }
    const Index first = is_flat_ || from.channels == 1 ? column_ : column_ * from.channels;
    const std::int64_t offset = static_cast<std::int64_t>(column) * from.channels + (is_flat_ ? 0 : channel);
    return within_range(rows_.ring(input).read(place + first + offset), from, pass_.schedule.ring_of(input));
  }

  Value<std::int32_t> column_fact(StageId id, int number) {
    const std::pair key{id.index, number};
    if (const auto found = facts_.find(key); found != facts_.end()) return found->second;
    const Stage& stage = pass_.stage(id);
    const auto before = static_cast<std::int64_t>(pass_.graph.facts_before(static_cast<std::size_t>(stage.facts)));
    const Value<std::int32_t> fact = pass_.fact(column_ * std::int64_t{stage.column_facts} + (before + number));
    facts_.emplace(key, fact);
    return fact;
  }

  Number load_at(const StageInput& input, int row, const Index& column, int offset, int channel) {
    const Stage& from = pass_.stage(input.stage);
    const int channels = from.channels;
    if (!rows_.reads_ring(input))
      return pass_.picture(from).read(rows_.find(input, row), column + std::int64_t{offset}, channel, false);
    const Index first = channels == 1 ? column : column * channels;
    return rows_.ring(input).read(rows_.find(input, row) + first + std::int64_t{offset * channels + channel});
  }

  // What the ring's type could hold and its stage never gives is ruled out, so that sums of samples need narrower
  // lanes. Floats are rounded, upward as well; large ones may err by more.
  static Number within_range(const Number& sample, const Stage& from, const Ring& ring) {
    if (!sample.is_integer() || ring.edge.border == Border::Constant) return sample;
    const Range type = range_of(ring.stored), results = range_of(from.type);
    constexpr double most_of_floats = 1 << 20;
    if (!from.range.is_whole && from.range.most > most_of_floats) return sample;
    const double most = std::clamp(std::ceil(from.range.most), results.least, results.most);
    return most < type.most ? minimum(sample, static_cast<int>(most)) : sample;
  }

  PassCode& pass_;
  const RowPlaces& rows_;
  Index column_;
  bool is_flat_;
  std::map<std::tuple<int, int, int, int, int>, Number> known_;
  std::map<std::pair<int, int>, Value<std::int32_t>> facts_;
};

// The code of a turn of a row loop, for the rows from `first` on.
class RowLoopCode {
 public:
  RowLoopCode(PassCode& pass, const RowLoop& loop, const Index& first)
      : pass_(pass), loop_(loop), rows_(pass, loop, first), channels_(loop.is_flat ? 1 : stage().channels) {
    for (int row = 0; row < pass.schedule.rows_at_once; ++row)
      for (const int ring : loop.rings) begins_.push_back(memory(ring).row_begin(row == 0 ? first : first + row));
  }

  void write(const PictureTarget& target) {
    const Index columns = pass_.width(stage()).times(loop_.is_flat ? stage().channels : 1);
    for (auto column : pass_.code.range(columns)) {
      PixelCode pixel(pass_, rows_, column, loop_.is_flat);
      for (int row = 0; row < pass_.schedule.rows_at_once; ++row)
        for (int c = 0; c < channels_; ++c) store(pixel.result(loop_.stage, row, c), row, column, c, target);
    }
    for (std::size_t i = 0; i < begins_.size(); ++i) memory(loop_.rings[i % loop_.rings.size()]).pad(begins_[i]);
  }

 private:
  const Stage& stage() const { return pass_.stage(loop_.stage); }
  RingMemory& memory(int ring) const { return pass_.rings[static_cast<std::size_t>(ring)]; }

  void store(const Number& sample, int row, const Index& column, int channel, const PictureTarget& target) {
    if (loop_.rings.empty()) target.write(rows_.row_inside(row), column, channel, loop_.is_flat, sample);
    for (std::size_t i = 0; i < loop_.rings.size(); ++i) {
      const Index& begin = begins_[static_cast<std::size_t>(row) * loop_.rings.size() + i];
      const Index place = channels_ == 1 ? begin + column : begin + column * channels_ + std::int64_t{channel};
      memory(loop_.rings[i]).write(place, sample);
    }
  }

  PassCode& pass_;
  const RowLoop& loop_;
  RowPlaces rows_;
  int channels_;
  std::vector<Index> begins_;  // of each row, in each ring
};

// A turn's rows of a loop, moved to where there are so many: then some are computed twice, and those for which not all
// is there yet are computed again in the next turn.
void write_turn(PassCode& pass, const RowLoop& loop, const Index& turn, const Index& first, const Index& last,
                const PictureTarget& target) {
  const int count = pass.schedule.rows_at_once;
  const Extent rows = pass.height(pass.stage(loop.stage));
  const Index& height = rows.value();
  const Index row = loop.ahead == 0 ? turn : turn + loop.ahead;
  if (loop.rings.empty()) {
    const auto write = [&] {
      const Index from = count == 1 ? turn : min(max(min(max(turn, first), last - count), 0), height - count);
      RowLoopCode(pass, loop, from).write(target);
    };
    if (pass.schedule.lead == 0) return write();
    if (auto _ = pass.code.when(turn + count > first)) write();
  } else if (loop.wraps) {
    const Index top = first - loop.above, bottom = last + loop.ahead;
    if (auto _ = pass.code.when(row + count > top))
      RowLoopCode(pass, loop, count == 1 ? row : min(max(row, top), bottom - count)).write(target);
  } else {
    const Index end = rows.is_known() ? Index(std::int64_t{loop.end}) : height;
    const Index top = max(first - loop.above, rows.is_known() ? loop.begin : 0), bottom = min(last + loop.ahead, end);
    if (auto _ = pass.code.when(row + count > top && row < bottom)) {
      const Index from = count == 1 ? row : min(max(min(max(row, top), bottom - count), 0), height - count);
      RowLoopCode(pass, loop, from).write(target);
    }
  }
}

}  // namespace

void write_pass(GeneratedCodeBlock& code, const PassFacts& facts, const PassArguments& arguments) {
  PassCode pass{code, *facts.graph, *facts.schedule, arguments, {}, {}, {}};
  pass.picture_places.assign(facts.graph->pictures.size(), -1);
  for (std::size_t i = 0; i < facts.pictures.size(); ++i)
    pass.picture_places[static_cast<std::size_t>(facts.pictures[i])] = static_cast<int>(i);
  for (const Ring& ring : facts.schedule->rings) {
    const Stage& stage = pass.stage(ring.stage);
    pass.rings.emplace_back(code, ring, pass.width(stage), pass.height(stage), stage.channels);
  }
  for (std::size_t id = 0; id < facts.graph->stages.size(); ++id)
    for (std::size_t i = 0; i < facts.graph->stages[id].tables.size(); ++i)
      pass.tables.emplace(std::pair(static_cast<int>(id), static_cast<int>(i)),
                          code.table(facts.graph->stages[id].tables[i]));
  const Index first = arguments.first, last = arguments.last;
  for (auto turn : code.range(first - facts.schedule->lead, last, std::int64_t{facts.schedule->rows_at_once}))
    for (const RowLoop& loop : facts.schedule->loops) write_turn(pass, loop, turn, first, last, arguments.result);
}

}  // namespace cogent::image
