// Plan: all that is known of a pipeline for a format, and how it runs.
#pragma once
#include <cogent/image/compiled_pipeline.h>

#include <atomic>

#include "engine/generate_pass.h"
#include "engine/workspace.h"

namespace cogent::image {

/// A pass with what its code is made from; `single` computes one row at a time, for strips that have fewer than a turn.
struct PlannedPass {
  PassFacts facts, single;
  bool reads_facts = false;
  bool has_any_size = false;  ///< the facts are of no size: its code serves others too
};

class Plan {
 public:
  /// Builds the graph, plans the passes and generates their code for pictures whose rows have no gaps.
  Plan(StageGraph graph, const std::string& pipeline, const CompileOptions& options);

  void run(const ConstPixels& input, const Pixels& output) const;
  RowRange rows_needed(RowRange output_rows) const;
  void run_rows(const ConstPixels& input, RowRange output_rows, const Pixels& output) const;
  const StageGraph& graph() const { return *graph_; }
  Workspaces& workspaces() const { return *workspaces_; }
  std::string explain() const;
  std::string get_source() const;
  std::string get_assembly() const;

  /// The picture of code for any size that is filtered by code for its size, generated then.
  static constexpr int first_of_own_size = 24;

 private:
  /// The pass for this size alone, and the distances of rows it is made for.
  struct OwnSize {
    PlannedPass pass;
    std::ptrdiff_t input_stride, output_stride;
  };

  const PlannedPass* of_own_size(const ConstPixels& input, const Pixels& output, RowRange rows) const;
  /// The pass that the next picture runs.
  const PlannedPass& in_use(std::size_t pass) const {
    const OwnSize* const own = own_.load(std::memory_order_acquire);
    return own != nullptr ? own->pass : passes_[pass];
  }
  bool needs_whole_picture() const;
  void run_steps(const ConstPixels& input, const Pixels& output, RowRange rows, Workspace& workspace) const;
  void run_pass(const PlannedPass& pass, const ConstPixels& input, const Pixels& output, RowRange rows,
                Workspace& workspace) const;
  /// Runs rows, in strips if there are threads.
  template <class Rows>
  void run_strips(RowRange rows, const Rows& run) const;
  /// What `use` says of each pass, called with its number, the generated function and the arguments.
  template <class Use>
  std::string look_at_passes(Use&& use) const;

  std::shared_ptr<const StageGraph> graph_;
  std::string pipeline_;
  CompileOptions options_;
  std::vector<PlannedPass> passes_;
  mutable std::atomic<int> pictures_ = 0;              // filtered by code for any size
  mutable std::atomic<const OwnSize*> own_ = nullptr;  // once it is generated
  mutable std::unique_ptr<const OwnSize> own_memory_;
  std::shared_ptr<Executor> executor_;  // null: the calling thread alone
  std::shared_ptr<Workspaces> workspaces_;
};

}  // namespace cogent::image
