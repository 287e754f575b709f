// StageBuilder: how filters turn a pipeline into stages, pictures and passes.
#pragma once
#include <cogent/image/picture.h>

#include <deque>
#include <map>

#include "engine/stage.h"

namespace cogent::image {

/// A picture of a plan: 0 is the pipeline's input, the others are made on the way.
struct PlannedPicture {
  Format format;
};

/// Numbers that a function of this library finds out from a picture, before the passes behind it run.
struct FactsStep {
  int picture;
  int facts;
  std::function<void(const ConstPixels& picture, std::span<std::int32_t> facts)> find;
};
/// A picture that a function of this library makes of another, for what is no computation of rows.
struct WholePictureStep {
  int from, to;
  std::function<void(const ConstPixels& from, const Pixels& to)> run;
};
/// Stages that run together, row by row, as one generated function. `output` is written to a picture, or is the
/// pipeline's result if that is -1.
struct PassStep {
  StageId output;
  int picture;
};
using PlanStep = std::variant<PassStep, FactsStep, WholePictureStep>;

/// The stages of a pipeline for a format, and the steps that run them.
struct StageGraph {
  Format input, output;
  std::deque<Stage> stages;
  std::vector<PlannedPicture> pictures;
  std::vector<int> facts;  ///< how many numbers each holds
  std::vector<PlanStep> steps;

  /// How many numbers the first `count` facts hold: they lie one behind the other.
  std::size_t facts_before(std::size_t count) const;
  /// A stage and all that it is computed from, as far as pictures: each once.
  std::vector<StageId> stages_of(StageId id) const;
};

class StageBuilder {
 public:
  /// `most_pixels`: how many a stage may have.
  explicit StageBuilder(const Format& input, std::int64_t most_pixels = std::int64_t{1} << 32);

  /// Adds a stage; the stages that it names must be there. Throws PipelineError if it is too large. Its tables and
  /// facts are its own.
  StageId add(Stage stage);
  const Stage& stage(StageId id) const { return graph_.stages[static_cast<std::size_t>(id.index)]; }
  /// The sample type of the pipeline's input: what results without a sign are brought back to.
  SampleType pixel_type() const { return graph_.input.type; }
  /// What the last channel of the stages is; what changes the channels says so.
  Alpha alpha() const { return alpha_; }
  void set_alpha(Alpha alpha) { alpha_ = alpha; }

  /// The stage as a picture in memory, made before what reads it runs: for what reads rows in another order. A stage
  /// that is a picture stays itself.
  StageId in_memory(StageId id);
  /// Numbers found out from a stage: for Stage::facts.
  int find_facts(StageId id, int count, decltype(FactsStep::find) find);
  /// What a function makes of a stage: a picture of that format.
  StageId whole_picture(StageId id, const Format& format, decltype(WholePictureStep::run) run);

  /// The graph whose result is this stage.
  StageGraph finish(StageId result);
  /// How many pictures a stage is computed from.
  std::size_t pictures_of(StageId id) const;

 private:
  StageId add_picture(const std::string& name, const Format& format);
  void check_size(const std::string& name, std::int64_t width, std::int64_t height) const;
  void count_samples(const Stage& stage);
  Format format_of(StageId id) const;

  StageGraph graph_;
  std::map<StageId, StageId> in_memory_;  // the pictures of stages
  Alpha alpha_;
  std::int64_t most_pixels_;
  std::int64_t samples_read_ = 0;  // for a pixel, by all stages
};

}  // namespace cogent::image
