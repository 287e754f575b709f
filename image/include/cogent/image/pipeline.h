// Pipelines: filters in a chain, with branches and joins, as values.
#pragma once
#include <cogent/image/compiled_pipeline.h>
#include <cogent/image/format.h>
#include <cogent/image/kernel.h>

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cogent::image {

class Pipeline;
class PipelineMaker;

/// The value of a filter's argument: a number, a word or text, a kernel.
using ArgumentValue = std::variant<double, std::string, Kernel>;
struct Argument {
  std::string name;  ///< the parameter's; empty: by position
  ArgumentValue value;
  friend bool operator==(const Argument&, const Argument&) = default;
};

/// One filter with its arguments, as the table of filters knows it.
struct Call {
  std::string filter;
  std::vector<Argument> arguments;
  friend bool operator==(const Call&, const Call&) = default;
};
/// Several pipelines that all take the same input, for a filter that joins their results.
struct Branches {
  std::vector<Pipeline> pipelines;
  friend bool operator==(const Branches&, const Branches&);
};
using Step = std::variant<Call, Branches>;

/// A chain of filters. A copy is one of all its calls; equal if the filters and arguments are. Without steps it is the
/// identity.
class Pipeline {
 public:
  Pipeline() = default;
  /// One filter. The arguments are checked against the table of filters: PipelineError says what is wrong, and what was
  /// perhaps meant.
  explicit Pipeline(const Call& call);
  explicit Pipeline(Branches branches);

  /// The pipeline of a text: "gray | gaussian(1.2) | {sobel(x); sobel(y)} | hypot | threshold(64)". Throws
  /// PipelineError with a caret, also for more than 1 MiB, 1024 steps or branches 64 deep. `file(NAME)` reads a kernel.
  static Pipeline parse(std::string_view text);
  /// The text in canonical form: parse(to_text()) equals this pipeline.
  std::string to_text() const;
  const std::vector<Step>& steps() const { return steps_; }

  /// What comes out for a format that goes in. Throws PipelineError if a filter cannot take what it meets or a picture
  /// is larger than the options allow, PictureError if the format is that of no picture.
  Format output_format(const Format& input, const CompileOptions& options = {}) const;
  /// The machine code for a format. The same format gives the same code again without compiling. Throws as
  /// output_format does, and PipelineError for options out of their range.
  CompiledPipeline compile(const Format& input, const CompileOptions& options = {}) const;

  /// First a, then b.
  friend Pipeline operator|(Pipeline a, const Pipeline& b) {
    a.steps_.insert(a.steps_.end(), b.steps_.begin(), b.steps_.end());
    return a;
  }
  friend bool operator==(const Pipeline&, const Pipeline&) = default;

 private:
  friend class PipelineMaker;
  std::vector<Step> steps_;
};

inline bool operator==(const Branches& a, const Branches& b) { return a.pipelines == b.pipelines; }

/// The results of several pipelines of the same input, side by side for a join: branches({sobel_x, sobel_y}) | hypot.
Pipeline branches(std::vector<Pipeline> pipelines);

}  // namespace cogent::image
