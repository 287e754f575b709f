// Each row loop computes one row of a stage from rows of others; the stages that keep no rows are computed in it.
#include "engine/generate_pass.h"

#include <map>
#include <optional>
#include <tuple>

#include "engine/row_memory.h"

namespace cogent::image {

namespace {

/// What the loops of a pass share.
struct PassCode {
  GeneratedCodeBlock& code;
  const StageGraph& graph;
  const Schedule& schedule;
  std::vector<PictureSource> pictures;
  std::vector<int> picture_places;  ///< of each picture of the plan: which of `pictures`, or -1
  In<std::int32_t> facts;
  std::vector<RingMemory> rings;
  std::map<std::pair<int, int>, Table<std::uint8_t>> tables;

  const Stage& stage(StageId id) const { return graph.stages[static_cast<std::size_t>(id.index)]; }
  const PictureSource& picture(const Stage& of) const {
    const int place = picture_places[static_cast<std::size_t>(of.picture)];
    return pictures[static_cast<std::size_t>(place)];
  }
};

/// The rows that one turn of a row loop reads: where they begin is computed before its pixels.
class RowPlaces {
 public:
  RowPlaces(PassCode& pass, const RowLoop& loop, const Index& row)
      : pass_(pass), row_(row), row_inside_(min(max(row, 0), pass.stage(loop.stage).height - 1)) {
    prepare(loop.stage);
  }

  const Index& row() const { return row_; }
  /// The same row, for indexes of pictures: that it lies inside needs no check.
  const Index& row_inside() const { return row_inside_; }
  /// Of a row of a ring: the place of its first sample. Of a picture: the row.
  const Index& find(const StageInput& input, int row) const {
    return places_.at({input.stage.index, ring_number(input), row});
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
    for (const StageInput& input : pass_.stage(id).inputs) {
      if (input.anywhere) continue;
      for (int row = -input.window.above; row <= input.window.below; ++row) add(input, row);
      if (!reads_ring(input)) prepare(input.stage);
    }
  }

  void add(const StageInput& input, int row) {
    const std::tuple key{input.stage.index, ring_number(input), row};
    if (places_.contains(key)) return;
    const Index at = row == 0 ? row_ : row_ + row;
    if (reads_ring(input)) {
      const RingMemory& memory = ring(input);
      places_.emplace(key, row == 0 ? memory.row_begin(at) : memory.border_row_begin(pass_.code, at));
    } else {
      const int reach = std::max(input.window.above, input.window.below);
      const int height = pass_.stage(input.stage).height;
      places_.emplace(key, row == 0 ? row_inside_ : border_position(pass_.code, at, height, reach, input.edge.border));
    }
  }

  PassCode& pass_;
  Index row_, row_inside_;
  std::map<std::tuple<int, int, int>, Index> places_;
};

/// One pixel of a row loop, or one sample of a flat row; what was read or computed once is not again.
class PixelCode {
 public:
  PixelCode(PassCode& pass, const RowPlaces& rows, const Index& column, bool is_flat)
      : pass_(pass), rows_(rows), column_(column), is_flat_(is_flat) {}

  /// The result of a stage at this pixel, within its type.
  Number result(StageId id, int channel) {
    const std::tuple key{id.index, -1, 0, 0, channel};
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    const Number number = compute(id, channel);
    known_.emplace(key, number);
    return number;
  }

 private:
  /// What a stage's body sees.
  class Here final : public Neighbourhood {
   public:
    Here(PixelCode& pixel, StageId id) : pixel_(pixel), stage_(pixel.pass_.stage(id)), id_(id) {}
    Number at(int input, int row, int column, int channel) const override {
      return pixel_.read(stage_.inputs[static_cast<std::size_t>(input)], row, column, channel);
    }
    Number anywhere(int input, const Index& row, const Index& column, int channel) const override {
      const Stage& from = pixel_.pass_.stage(stage_.inputs[static_cast<std::size_t>(input)].stage);
      return pixel_.pass_.picture(from).read(row, column, channel, false);
    }
    Index row() const override { return pixel_.rows_.row(); }
    Index column() const override { return pixel_.column_; }
    Number look_up(int table, const Number& index) const override {
      const auto& tables = pixel_.pass_.tables;
      return Number(cast<std::int32_t>(tables.at({id_.index, table})[index.integer()]));
    }
    Number fact(const Number& index) const override {
      const std::size_t before = pixel_.pass_.graph.facts_before(static_cast<std::size_t>(stage_.facts));
      return Number(pixel_.pass_.facts[index.integer() + static_cast<std::int32_t>(before)]);
    }

   private:
    PixelCode& pixel_;
    const Stage& stage_;
    StageId id_;
  };

  Number compute(StageId id, int channel) {
    const Stage& stage = pass_.stage(id);
    if (stage.is_picture()) return pass_.picture(stage).read(rows_.row_inside(), column_, channel, is_flat_);
    const Number number = stage.body(Here(*this, id), channel);
    const Range type = range_of(stage.type);
    if (stage.type == SampleType::F32) return Number(number.real());
    if (!number.is_float() && stage.range.least >= type.least && stage.range.most <= type.most) return number;
    return round_within(number, type.least, type.most);
  }

  Number read(const StageInput& input, int row, int column, int channel) {
    if (input.window.is_point() && !rows_.reads_ring(input)) return result(input.stage, channel);
    const std::tuple key{input.stage.index, static_cast<int>(input.edge.border), row, column, channel};
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    const Number number = load(input, row, column, channel);
    known_.emplace(key, number);
    return number;
  }

  Number load(const StageInput& input, int row, int column, int channel) {
    const Stage& from = pass_.stage(input.stage);
    const Index& place = rows_.find(input, row);
    if (!rows_.reads_ring(input)) return pass_.picture(from).read(place, column_, channel, is_flat_);
    const Index first = is_flat_ || from.channels == 1 ? column_ : column_ * from.channels;
    const std::int64_t offset = static_cast<std::int64_t>(column) * from.channels + (is_flat_ ? 0 : channel);
    return within_range(rows_.ring(input).read(place + first + offset), from, pass_.schedule.ring_of(input));
  }

  // What the ring's type could hold and its stage never gives is ruled out, so that sums of samples need narrower
  // lanes.
  static Number within_range(const Number& sample, const Stage& from, const Ring& ring) {
    if (sample.is_float() || ring.edge.border == Border::Constant) return sample;
    const Range type = range_of(ring.stored), results = range_of(from.type);
    const double most = std::min(from.range.most, results.most);
    return most < type.most ? minimum(sample, static_cast<int>(most)) : sample;
  }

  PassCode& pass_;
  const RowPlaces& rows_;
  Index column_;
  bool is_flat_;
  std::map<std::tuple<int, int, int, int, int>, Number> known_;
};

void write_row(PassCode& pass, const RowLoop& loop, const Index& row, const PictureTarget& target) {
  const Stage& stage = pass.stage(loop.stage);
  const int reach = std::max(loop.above, loop.ahead) + 1;
  const RowPlaces rows(pass, loop,
                       loop.wraps ? border_position(pass.code, row, stage.height, reach, Border::Wrap) : row);
  std::vector<Index> begins;
  for (const int ring : loop.rings) begins.push_back(pass.rings[static_cast<std::size_t>(ring)].row_begin(row));
  const int channels = loop.is_flat ? 1 : stage.channels;
  const std::int64_t columns = static_cast<std::int64_t>(stage.width) * (loop.is_flat ? stage.channels : 1);
  for (auto column : pass.code.range(columns)) {
    PixelCode pixel(pass, rows, column, loop.is_flat);
    for (int c = 0; c < channels; ++c) {
      const Number sample = pixel.result(loop.stage, c);
      if (loop.rings.empty()) target.write(rows.row_inside(), column, c, loop.is_flat, sample);
      for (std::size_t i = 0; i < begins.size(); ++i) {
        const Index place = channels == 1 ? begins[i] + column : begins[i] + column * channels + std::int64_t{c};
        pass.rings[static_cast<std::size_t>(loop.rings[i])].write(place, sample);
      }
    }
  }
  for (std::size_t i = 0; i < begins.size(); ++i) pass.rings[static_cast<std::size_t>(loop.rings[i])].pad(begins[i]);
}

void write_pass(GeneratedCodeBlock& code, const PassFacts& facts, AnyIn<3> first_picture, AnyIn<3> second_picture,
                AnyIn<3> third_picture, In<std::int32_t> numbers, AnyOut<3> result, Index first, Index last) {
  PassCode pass{code, *facts.graph, *facts.schedule, {}, {}, numbers, {}, {}};
  const AnyIn<3>* const arrays[most_pictures] = {&first_picture, &second_picture, &third_picture};
  pass.picture_places.assign(facts.graph->pictures.size(), -1);
  for (std::size_t i = 0; i < facts.pictures.size(); ++i) {
    const int picture = facts.pictures[i];
    pass.picture_places[static_cast<std::size_t>(picture)] = static_cast<int>(i);
    pass.pictures.emplace_back(*arrays[i], facts.graph->pictures[static_cast<std::size_t>(picture)].format);
  }
  for (const Ring& ring : facts.schedule->rings) {
    const Stage& stage = pass.stage(ring.stage);
    pass.rings.emplace_back(code, ring, stage.width, stage.height, stage.channels);
  }
  for (std::size_t id = 0; id < facts.graph->stages.size(); ++id)
    for (std::size_t i = 0; i < facts.graph->stages[id].tables.size(); ++i)
      pass.tables.emplace(std::pair(static_cast<int>(id), static_cast<int>(i)),
                          code.table(facts.graph->stages[id].tables[i]));
  const Format format = facts.pass.picture < 0
                            ? facts.graph->output
                            : facts.graph->pictures[static_cast<std::size_t>(facts.pass.picture)].format;
  const PictureTarget target(result, format);
  const int lead = facts.schedule->lead;
  for (auto turn : code.range(first - lead, last)) {
    for (const RowLoop& loop : facts.schedule->loops) {
      const Index row = turn + loop.ahead;
      if (loop.rings.empty()) {
        if (lead == 0) {
          write_row(pass, loop, row, target);
        } else if (auto _ = code.when(turn >= first)) {
          write_row(pass, loop, row, target);
        }
      } else if (loop.wraps) {
        if (auto _ = code.when(row >= first - loop.above)) write_row(pass, loop, row, target);
      } else if (auto _ = code.when(row >= max(first - loop.above, 0) && row < format.height)) {
        write_row(pass, loop, row, target);
      }
    }
  }
}

}  // namespace

const GeneratedFunction<PassSignature>& pass_function() {
  static const GeneratedFunction<PassSignature> function("filter_rows", &write_pass);
  return function;
}

}  // namespace cogent::image
