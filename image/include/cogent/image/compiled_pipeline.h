// CompiledPipeline: a pipeline as machine code for one format.
#pragma once
#include <cogent/image/picture.h>

#include <memory>
#include <string>

namespace cogent::image {

class Plan;

struct CompileOptions {
  int threads = 1;  ///< strips that run at once, to 1024; 0: as many as there are cores. The result has the same bits
  int rows_at_once = 0;  ///< rows computed side by side, 1 to 8; 0: what suits the pipeline and the size. The same bits
  /// Pipelines with a larger picture are refused: their input, result, or any on the way. Their sides have at most
  /// 134217728 (2^27) pixels in any case.
  std::int64_t most_pixels = std::int64_t{1} << 32;
};

/// Gives memory of so many bytes, all 0, aligned as by operator new; it is freed with the last copy.
using PictureMemory = std::shared_ptr<void> (*)(std::size_t bytes);
/// Where the pictures on the way of pipelines lie from now on, for programs whose pictures may not fit in memory, such
/// as a mapped file; null: on the heap. May throw what calls of pipelines then throw.
void set_picture_memory(PictureMemory make);

/// Rows first, first + 1 ... last - 1 of a picture.
struct RowRange {
  int first = 0, last = 0;
  int count() const { return last - first; }
  friend bool operator==(const RowRange&, const RowRange&) = default;
};

/// The code of a pipeline for one format. Cheap to copy; may be called from many threads at once.
class CompiledPipeline {
 public:
  explicit CompiledPipeline(std::shared_ptr<const Plan> plan) : plan_(std::move(plan)) {}

  /// Filters a picture of the input format into one of the output format. No allocation and no lock after the first
  /// call of a thread, nor after the 24th of small pictures, which then get code of their own size. Throws PictureError
  /// if a format is not the one compiled for, a stride is negative, or the pictures overlap in memory (parts of a
  /// larger one side by side, of its stride, do not).
  void operator()(const ConstPixels& input, const Pixels& output) const;
  /// The rows of the input that rows of the output are computed from; all of them if the pipeline looks at the whole
  /// picture first.
  RowRange rows_needed(RowRange output_rows) const;
  /// Filters a strip of a picture that need not be in memory as a whole: writes `output_rows` to `output`, which holds
  /// these rows alone, from `input`, which holds rows_needed(output_rows) alone. The same bits as filtering all.
  void run_rows(const ConstPixels& input, RowRange output_rows, const Pixels& output) const;
  /// The format of the pictures that it takes.
  const Format& input_format() const;
  /// The format of the pictures that it gives.
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
