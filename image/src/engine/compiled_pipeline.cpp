// What users hold of a plan, and the plans that were made last.
#include <cogent/image/pipeline.h>

#include <list>
#include <mutex>

#include "engine/build_graph.h"
#include "engine/overlap.h"
#include "engine/plan.h"

namespace cogent::image {

namespace {

/// The plans that were made last, so that the same pipeline for the same format is planned once.
class PlanCache {
 public:
  std::shared_ptr<const Plan> get(const Pipeline& pipeline, const Format& input, const CompileOptions& options) {
    const std::string text = pipeline.to_text();
    const std::string key = cogent::image::to_text(input) + " " + std::to_string(options.threads) + " " +
                            std::to_string(options.rows_at_once) + " " + std::to_string(options.most_pixels) + " " +
                            text;
    {
      const std::scoped_lock lock(mutex_);
      for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
        if (entry->first != key) continue;
        entries_.splice(entries_.begin(), entries_, entry);
        return held(entry->second);
      }
    }
    auto plan = std::make_shared<const Plan>(build_graph(pipeline, input, options), text, options);
    const std::scoped_lock lock(mutex_);
    entries_.emplace_front(key, plan);
    if (entries_.size() > most_kept) entries_.pop_back();
    return held(plan);
  }

 private:
  // What users hold: when the last is gone, the plan is kept without its memory.
  static std::shared_ptr<const Plan> held(const std::shared_ptr<const Plan>& plan) {
    plan->workspaces().hold();
    return {plan.get(), [plan](const Plan*) { plan->workspaces().let_go(); }};
  }

  static constexpr std::size_t most_kept = 64;
  std::mutex mutex_;
  std::list<std::pair<std::string, std::shared_ptr<const Plan>>> entries_;
};

PlanCache& plan_cache() {
  static PlanCache cache;
  return cache;
}

/// The pixels with the strides that 0 stands for.
template <class Byte>
BasicPixels<Byte> checked(BasicPixels<Byte> given, const Format& wanted, const char* which) {
  if (given.format != wanted)
    throw PictureError(std::string("the ") + which + " picture is " + to_text(given.format) +
                       ", and the pipeline was compiled for " + to_text(wanted));
  if (given.data == nullptr) throw PictureError(std::string("the ") + which + " picture has no memory");
  check_layout(wanted, wanted.type, given.row_stride, given.plane_stride);
  if (given.row_stride < 0 || given.plane_stride < 0)
    throw PictureError(std::string("the ") + which +
                       " picture goes up in memory (its stride is negative); give the memory as it begins, and put "
                       "flip(vertical) into the pipeline");
  return given;
}

// What is written would be read again as if it were the input.
void check_apart(const ConstPixels& input, const Pixels& output) {
  if (overlap(input, output))
    throw PictureError(
        "the output picture lies in the memory of the input picture, which is still read while it is written; give the "
        "output memory of its own");
}

Format with_height(Format format, int height) {
  format.height = height;
  return format;
}

void check_rows(RowRange rows, int height) {
  if (rows.first >= 0 && rows.first < rows.last && rows.last <= height) return;
  throw PictureError("rows " + std::to_string(rows.first) + " to " + std::to_string(rows.last) +
                     " are no rows of a picture of " + std::to_string(height));
}

}  // namespace

Format Pipeline::output_format(const Format& input, const CompileOptions& options) const {
  return build_graph(*this, input, options).output;
}

CompiledPipeline Pipeline::compile(const Format& input, const CompileOptions& options) const {
  return CompiledPipeline(plan_cache().get(*this, input, options));
}

void CompiledPipeline::operator()(const ConstPixels& input, const Pixels& output) const {
  const ConstPixels from = checked(input, plan_->graph().input, "input");
  const Pixels to = checked(output, plan_->graph().output, "output");
  check_apart(from, to);
  plan_->run(from, to);
}

RowRange CompiledPipeline::rows_needed(RowRange output_rows) const {
  check_rows(output_rows, plan_->graph().output.height);
  return plan_->rows_needed(output_rows);
}

void CompiledPipeline::run_rows(const ConstPixels& input, RowRange output_rows, const Pixels& output) const {
  const Format source = with_height(plan_->graph().input, rows_needed(output_rows).count());
  const Format strip = with_height(plan_->graph().output, output_rows.count());
  const ConstPixels from = checked(input, source, "input");
  const Pixels to = checked(output, strip, "output");
  check_apart(from, to);
  plan_->run_rows(from, output_rows, to);
}

const Format& CompiledPipeline::input_format() const { return plan_->graph().input; }
const Format& CompiledPipeline::output_format() const { return plan_->graph().output; }
std::string CompiledPipeline::explain() const { return plan_->explain(); }
std::string CompiledPipeline::get_source() const { return plan_->get_source(); }
std::string CompiledPipeline::get_assembly() const { return plan_->get_assembly(); }

}  // namespace cogent::image
