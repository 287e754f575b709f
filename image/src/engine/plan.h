// Plan: all that is known of a pipeline for a format, and how it runs.
#pragma once
#include <cogent/image/compiled_pipeline.h>

#include "engine/generate_pass.h"
#include "engine/workspace.h"

namespace cogent::image {

/// A pass with what its code is made from; `single` computes one row at a time, for strips that have fewer than a turn.
struct PlannedPass {
  PassFacts facts, single;
  bool reads_facts = false;
};

class Plan {
 public:
  /// Builds the graph, plans the passes and generates their code for pictures whose rows have no gaps.
  Plan(StageGraph graph, const std::string& pipeline, const CompileOptions& options);

  void run(const ConstPixels& input, const Pixels& output) const;
  RowRange rows_needed(RowRange output_rows) const;
  void run_rows(const ConstPixels& input, RowRange output_rows, const Pixels& output) const;
  const StageGraph& graph() const { return *graph_; }
  const std::vector<PlannedPass>& passes() const { return passes_; }
  Workspaces& workspaces() const { return *workspaces_; }
  std::string explain() const;
  std::string get_source() const;
  std::string get_assembly() const;

 private:
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
  std::shared_ptr<Executor> executor_;  // null: the calling thread alone
  std::shared_ptr<Workspaces> workspaces_;
};

}  // namespace cogent::image
