// Rows are computed as late as possible: each stage runs ahead of the output by what those who read it look below them,
// and keeps as many rows as the distance to the highest row that is still read. Line buffering as in Hegarty et al.,
// "Darkroom" (SIGGRAPH 2014).
#include "engine/schedule.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <set>

namespace cogent::image {

namespace {

constexpr int nowhere = std::numeric_limits<int>::min() / 4;  // less than any distance of rows

bool wraps(const Edge& edge) { return edge.border == Border::Wrap; }
bool mirrors(Border border) { return border == Border::Reflect || border == Border::Reflect101; }

// A mirrored row lies on the other side of the pixel, so that both sides must be there.
Window rows_needed(const RowRead& read) {
  Window window = read.window;
  if (mirrors(read.edge.border)) window.above = window.below = std::max(window.above, window.below);
  return window;
}

// A picture's rows can be read where they are, unless columns beyond its ends are read, or rows that no row stands for.
bool needs_ring(const StageGraph& graph, const StageInput& input) {
  const bool is_picture = graph.stages[static_cast<std::size_t>(input.stage.index)].is_picture();
  if (input.any_column) return !is_picture || !input.move;
  if (input.anywhere || input.is_point()) return false;
  const bool reads_columns = input.window.left > 0 || input.window.right > 0;
  return !is_picture || reads_columns || input.edge.border == Border::Constant;
}

class RowPlanner {
 public:
  RowPlanner(const StageGraph& graph, const PassStep& pass, int rows_at_once)
      : rows_at_once_(rows_at_once),
        graph_(graph),
        output_(pass.output),
        is_interleaved_(pass.picture >= 0 || graph.output.layout == Layout::Interleaved) {}

  Schedule run() {
    find_used(output_);
    find_kept();
    for (const StageId id : used_)
      if (is_kept(id) || id == output_) add_loops(id);
    schedule_.loops.back().is_flat &= is_interleaved_;
    for (RowLoop& loop : schedule_.loops) begin(loop);
    // Those who read come behind what they read, so that backwards all that is read of a stage is known at its turn.
    for (auto loop = schedule_.loops.rbegin(); loop != schedule_.loops.rend(); ++loop) place(*loop);
    choose_rows_at_once();
    for (const RowLoop& loop : schedule_.loops) size_rings(loop);
    measure_reach();
    for (Ring& ring : schedule_.rings) ring.rows = static_cast<int>(std::bit_ceil(static_cast<unsigned>(ring.rows)));
    return std::move(schedule_);
  }

 private:
  const Stage& stage(StageId id) const { return graph_.stages[static_cast<std::size_t>(id.index)]; }
  bool is_kept(StageId id) const { return std::ranges::find(kept_, id) != kept_.end(); }
  // Of other stages than pictures only columns wrap: no rows outside are read.
  bool wraps_rows(StageId id, const Edge& edge) const { return wraps(edge) && stage(id).is_picture(); }
  RowLoop& loop_of(const RowRead& read) {
    return *std::ranges::find_if(schedule_.loops, [&](const RowLoop& loop) {
      return loop.stage == read.stage && loop.wraps == wraps_rows(read.stage, read.edge);
    });
  }

  void find_used(StageId id) {
    if (std::ranges::find(used_, id) != used_.end()) return;
    for (const StageInput& input : stage(id).inputs) find_used(input.stage);
    used_.insert(std::ranges::upper_bound(used_, id), id);
  }

  void find_kept() {
    for (const StageId id : used_)
      for (const StageInput& input : stage(id).inputs)
        if (needs_ring(graph_, input) || is_better_kept(stage(id), input)) keep(input);
  }

  // Bytes are looked up in one go where they lie side by side; channels are taken apart faster when they come from
  // memory.
  bool is_better_kept(const Stage& reader, const StageInput& input) const {
    const Stage& from = stage(input.stage);
    if (from.is_scattered) return true;
    return !reader.is_channelwise && !input.anywhere && !from.tables.empty() && from.channels > 1;
  }

  void keep(const StageInput& input) {
    if (!is_kept(input.stage)) kept_.push_back(input.stage);
    const int padding = std::max(input.window.left, input.window.right);
    const int found = schedule_.find_ring(input.stage, input.edge);
    if (found >= 0) {
      Ring& ring = schedule_.rings[static_cast<std::size_t>(found)];
      ring.padding = std::max(ring.padding, padding);
    } else {
      schedule_.rings.push_back({input.stage, input.edge, 1, padding, stored_type(stage(input.stage), input.edge)});
    }
  }

  static SampleType stored_type(const Stage& of, const Edge& edge) {
    if (of.type == SampleType::F32) return SampleType::F32;
    const Range type = range_of(of.type);
    double least = std::clamp(of.range.least, type.least, type.most);
    double most = std::clamp(of.range.most, type.least, type.most);
    if (edge.border == Border::Constant) least = std::min(least, edge.value), most = std::max(most, edge.value);
    for (const SampleType narrow : {SampleType::U8, SampleType::U16, SampleType::I16})
      if (least >= range_of(narrow).least && most <= range_of(narrow).most) return narrow;
    return SampleType::I32;
  }

  void add_loops(StageId id) {
    RowLoop loop{.stage = id, .rings = {}}, wrapping{.stage = id, .rings = {}, .wraps = true};
    for (std::size_t i = 0; i < schedule_.rings.size(); ++i) {
      const Ring& ring = schedule_.rings[i];
      if (ring.stage == id) (wraps_rows(id, ring.edge) ? wrapping : loop).rings.push_back(static_cast<int>(i));
    }
    if (!wrapping.rings.empty()) add_loop(std::move(wrapping), id);
    if (!loop.rings.empty() || id == output_) add_loop(std::move(loop), id);
  }

  void add_loop(RowLoop loop, StageId id) {
    loop.is_flat = true;
    collected_.clear();
    collect(loop, id);
    schedule_.loops.push_back(std::move(loop));
  }

  // What a loop reads of other loops, through the stages that are computed in it: once of each, for branches share
  // those before them.
  void collect(RowLoop& loop, StageId id) {
    if (!collected_.insert(id).second) return;
    const int channels = stage(loop.stage).channels;
    loop.is_flat = loop.is_flat && stage(id).is_channelwise && stage(id).channels == channels;
    for (const StageInput& input : stage(id).inputs) {
      const bool is_elsewhere = (input.anywhere && !input.same_column) || input.any_column;
      loop.is_flat = loop.is_flat && !is_elsewhere && stage(input.stage).channels == channels;
      if (input.any_column && !input.move) reads_columns_ = true;
      if (schedule_.reads_rows(graph_, input)) {
        const Edge edge = schedule_.ring_of(input).edge;
        reads_[loop.stage].push_back({input.stage, input.window, edge, input.move.has_value()});
      } else {
        if (stage(input.stage).is_picture()) picture_reads_.push_back({loop.stage, input});
        collect(loop, input.stage);
      }
    }
  }

  // How far from the output's rows those of pictures are read that it computes them from.
  void measure_reach() {
    schedule_.reach_above = schedule_.reach_below = nowhere;
    for (const RowLoop& loop : schedule_.loops)
      if (stage(loop.stage).is_picture()) add_reach(loop, {});
    for (const auto& [reader, input] : picture_reads_) {
      const Window window = rows_needed({input.stage, input.window, input.edge});
      add_reach(*std::ranges::find(schedule_.loops, reader, &RowLoop::stage), window);
      schedule_.reads_anywhere |= input.anywhere || wraps(input.edge);
    }
    for (const RowLoop& loop : schedule_.loops) schedule_.reads_anywhere |= loop.wraps;
  }

  void add_reach(const RowLoop& loop, const Window& window) {
    schedule_.reach_above = std::max(schedule_.reach_above, loop.above + window.above);
    schedule_.reach_below = std::max(schedule_.reach_below, loop.ahead + window.below);
  }

  // The output's rows are all needed, those of others as far as they are read.
  void begin(RowLoop& loop) const {
    const int height = stage(loop.stage).height;
    loop.begin = loop.rings.empty() ? 0 : height;
    loop.end = loop.rings.empty() ? height : 0;
    loop.ahead = loop.above = loop.rings.empty() ? 0 : nowhere;
  }

  // The loops that it reads run ahead of it, and begin earlier.
  void place(const RowLoop& reader) {
    for (const RowRead& read : reads_[reader.stage]) {
      const Window window = rows_needed(read);
      RowLoop& loop = loop_of(read);
      loop.ahead = std::max(loop.ahead, reader.ahead + window.below);
      loop.above = std::max(loop.above, reader.above + window.above);
      loop.begin = std::max(0, std::min(loop.begin, reader.begin - window.above));
      loop.end = std::min(stage(read.stage).height, std::max(loop.end, reader.end + window.below));
      schedule_.lead = std::max(schedule_.lead, loop.ahead + loop.above);
    }
  }

  // Several rows share the rows that they read; their code takes as much longer to generate, and is worth it for large
  // pictures and windows that are not large.
  void choose_rows_at_once() {
    constexpr int most_samples = 64;
    constexpr std::int64_t small_picture = 300'000, large_picture = 1'500'000;
    int samples = 0, rows = 0;
    const auto count = [&](const Window& window) {
      rows = std::max(rows, window.above + window.below);
      samples = std::max(samples, (window.above + window.below + 1) * (window.left + window.right + 1));
    };
    for (const auto& [stage, reads] : reads_)
      for (const RowRead& read : reads) count(read.is_moved ? Window{} : read.window);
    for (const auto& [stage, input] : picture_reads_) count(input.move ? Window{} : input.window);
    const Stage& output = stage(output_);
    const std::int64_t pixels = static_cast<std::int64_t>(output.width) * output.height;
    for (const StageId id : used_) samples = std::max(samples, stage(id).row_facts);
    const bool is_worth = (rows > 0 || reads_columns_) && samples <= most_samples && pixels >= small_picture;
    const int best = !is_worth ? 1 : pixels < large_picture && !reads_columns_ ? 2 : 4;
    schedule_.rows_at_once = rows_at_once_ != 0 ? rows_at_once_ : best;
    for (const RowLoop& loop : schedule_.loops)
      schedule_.rows_at_once = std::min(schedule_.rows_at_once, this->stage(loop.stage).height);
  }

  void size_rings(const RowLoop& reader) {
    for (const RowRead& read : reads_[reader.stage]) {
      Ring& ring = schedule_.rings[static_cast<std::size_t>(schedule_.find_ring(read.stage, read.edge))];
      // Rows that stand for those below the picture are written while its last rows are computed again.
      const RowLoop& loop = loop_of(read);
      const int distance = loop.wraps ? loop.ahead : loop.ahead - reader.ahead;
      ring.rows = std::max(ring.rows, distance + rows_needed(read).above + schedule_.rows_at_once);
    }
  }

  int rows_at_once_;
  const StageGraph& graph_;
  StageId output_;
  bool is_interleaved_;
  std::vector<StageId> used_, kept_;
  std::set<StageId> collected_;  // of the loop that is being added
  std::map<StageId, std::vector<RowRead>> reads_;
  std::vector<std::pair<StageId, StageInput>> picture_reads_;  // with the loops that read them where they are
  bool reads_columns_ = false;                                 // that bodies compute, which rows share
  Schedule schedule_;
};

}  // namespace

int Schedule::find_ring(StageId stage, const Edge& edge) const {
  const auto found =
      std::ranges::find_if(rings, [&](const Ring& ring) { return ring.stage == stage && ring.edge == edge; });
  return found == rings.end() ? -1 : static_cast<int>(found - rings.begin());
}

bool Schedule::reads_rows(const StageGraph& graph, const StageInput& input) const {
  if (needs_ring(graph, input)) return true;
  const bool is_picture = graph.stages[static_cast<std::size_t>(input.stage.index)].is_picture();
  return !is_picture && !input.anywhere && std::ranges::find(rings, input.stage, &Ring::stage) != rings.end();
}

const Ring& Schedule::ring_of(const StageInput& input) const {
  const int found = find_ring(input.stage, input.edge);
  return found >= 0 ? rings[static_cast<std::size_t>(found)] : *std::ranges::find(rings, input.stage, &Ring::stage);
}

Schedule plan_rows(const StageGraph& graph, const PassStep& pass, int rows_at_once) {
  return RowPlanner(graph, pass, rows_at_once).run();
}

}  // namespace cogent::image
