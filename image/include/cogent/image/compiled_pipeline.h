// CompiledPipeline: a pipeline as machine code for one format.
#pragma once
#include <cogent/image/picture.h>

#include <memory>
#include <string>

namespace cogent::image {

class Plan;

struct CompileOptions {
  int threads = 1;  ///< strips that run at once; 0: as many as there are cores. The result has the same bits
};

/// The code of a pipeline for one format. Cheap to copy; may be called from many threads at once.
class CompiledPipeline {
 public:
  explicit CompiledPipeline(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}

  /// Filters a picture of the input format into one of the output format. They must not overlap. No allocation and no
  /// lock after the first call of a thread. Throws PictureError if a format is not the one compiled for.
  void operator()(const ConstPixels& input, const Pixels& output) const;
  const Format& input_format() const;
  const Format& output_format() const;

  /// Stages, fusion, precision, borders, rings, sizes and times, as text for people.
  std::string explain() const;
  /// The generated functions as C++ that compiles by itself.
  std::string get_source() const;
  std::string get_assembly() const;

 private:
  std::shared_ptr<const Plan> plan_;
};

}  // namespace cogent::image
