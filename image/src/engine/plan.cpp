// Planning the passes of a graph, and running its steps.
#include "engine/plan.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <map>

#include "engine/look_at_passes.h"

namespace cogent::image {

namespace {

// The stages that a pass computes or reads.
void collect_stages(const StageGraph& graph, StageId id, std::vector<StageId>& stages) {
  if (std::ranges::find(stages, id) != stages.end()) return;
  stages.push_back(id);
  for (const StageInput& input : graph.stages[static_cast<std::size_t>(id.index)].inputs)
    collect_stages(graph, input.stage, stages);
}

PlannedPass plan_pass(const std::shared_ptr<const StageGraph>& graph, const PassStep& step, const std::string& key,
                      int rows_at_once) {
  const auto facts = [&](int rows) {
    auto schedule = std::make_shared<const Schedule>(plan_rows(*graph, step, rows));
    const std::string with_rows = key + " by " + std::to_string(schedule->rows_at_once);
    return PassFacts{graph, std::move(schedule), step, {}, with_rows};
  };
  PlannedPass planned{facts(rows_at_once), facts(1)};
  std::vector<StageId> stages;
  collect_stages(*graph, step.output, stages);
  for (const StageId id : stages) {
    const Stage& stage = graph->stages[static_cast<std::size_t>(id.index)];
    if (stage.is_picture()) planned.facts.pictures.push_back(stage.picture);
    planned.reads_facts |= stage.facts >= 0;
  }
  std::ranges::sort(planned.facts.pictures);
  planned.single.pictures = planned.facts.pictures;
  return planned;
}

// Where row 0 would be if the first row in memory is row `row`. Never read through but at rows in memory.
template <class Byte>
Byte* first_row(const BasicPixels<Byte>& pixels, int row) {
  const auto bytes = static_cast<std::uintptr_t>(row) * static_cast<std::uintptr_t>(pixels.row_stride) *
                     static_cast<std::uintptr_t>(bytes_of(pixels.format.type));
  return reinterpret_cast<Byte*>(reinterpret_cast<std::uintptr_t>(pixels.data) - bytes);
}

std::size_t bytes_of(const Format& format) {
  return static_cast<std::size_t>(format.width) * static_cast<std::size_t>(format.height) *
         static_cast<std::size_t>(format.channels) * static_cast<std::size_t>(bytes_of(format.type));
}

}  // namespace

/// The memory of one thread for one plan: the pictures and numbers on the way.
struct Plan::Workspace {
  std::vector<std::vector<std::byte>> pictures;
  std::vector<std::int32_t> facts;  // of all steps that find some, one behind the other
};

Plan::Plan(StageGraph graph, const std::string& pipeline, const CompileOptions& options)
    : graph_(std::make_shared<const StageGraph>(std::move(graph))), pipeline_(pipeline), options_(options) {
  static std::atomic<std::uint64_t> plans = 0;
  number_ = ++plans;
  if (options.threads != 1) executor_ = onetbb_executor(options.threads);
  for (const PlanStep& step : graph_->steps) {
    const auto* const pass = std::get_if<PassStep>(&step);
    if (pass == nullptr) continue;
    const std::string key = to_text(graph_->input) + " " + pipeline + " #" + std::to_string(passes_.size());
    passes_.push_back(plan_pass(graph_, *pass, key, options.rows_at_once));
    if (passes_.back().facts.pictures.size() > most_pictures)
      throw PipelineError("the pipeline joins more than " + std::to_string(most_pictures) +
                          " pictures that must be in memory at once; join fewer at a time");
  }
  look_at_passes([](std::size_t, const auto&... arguments) {
    pass_function().specialize(arguments...);
    return std::string();
  });
}

Plan::Workspace& Plan::workspace() const {
  thread_local std::map<std::uint64_t, std::unique_ptr<Workspace>> workspaces;
  constexpr std::size_t most_kept = 16;
  if (workspaces.size() > most_kept && !workspaces.contains(number_)) workspaces.clear();
  std::unique_ptr<Workspace>& workspace = workspaces[number_];
  if (workspace == nullptr) {
    workspace = std::make_unique<Workspace>();
    workspace->pictures.resize(graph_->pictures.size());
    for (std::size_t i = 1; i < graph_->pictures.size(); ++i)
      workspace->pictures[i].resize(bytes_of(graph_->pictures[i].format));
    workspace->facts.resize(graph_->facts_before(graph_->facts.size()));
  }
  return *workspace;
}

void Plan::run(const ConstPixels& input, const Pixels& output) const {
  static thread_local Workspace none;
  run_steps(input, output, {0, graph_->output.height}, graph_->steps.size() > 1 ? workspace() : none);
}

bool Plan::needs_whole_picture() const {
  return graph_->steps.size() > 1 || passes_.front().facts.schedule->reads_anywhere;
}

RowRange Plan::rows_needed(RowRange output_rows) const {
  if (needs_whole_picture()) return {0, graph_->input.height};
  const Schedule& schedule = *passes_.front().facts.schedule;
  return {std::max(output_rows.first - schedule.reach_above, 0),
          std::min(output_rows.last + schedule.reach_below, graph_->input.height)};
}

// The code is the whole picture's; only the rows that are in memory are touched.
void Plan::run_rows(const ConstPixels& input, RowRange output_rows, const Pixels& output) const {
  ConstPixels whole_input = input;
  Pixels whole_output = output;
  whole_input.format.height = graph_->input.height;
  whole_output.format.height = graph_->output.height;
  whole_input.data = first_row(input, rows_needed(output_rows).first);
  whole_output.data = first_row(output, output_rows.first);
  static thread_local Workspace none;
  run_steps(whole_input, whole_output, output_rows, graph_->steps.size() > 1 ? workspace() : none);
}

void Plan::run_steps(const ConstPixels& input, const Pixels& output, RowRange rows, Workspace& workspace) const {
  const auto picture = [&](int number) -> ConstPixels {
    if (number == 0) return input;
    const auto i = static_cast<std::size_t>(number);
    return tight<const void>(graph_->pictures[i].format, workspace.pictures[i].data());
  };
  std::size_t next = 0;
  for (const PlanStep& step : graph_->steps) {
    if (std::holds_alternative<PassStep>(step)) {
      run_pass(passes_[next++], input, output, rows, workspace);
    } else if (const auto* const facts = std::get_if<FactsStep>(&step)) {
      const auto number = static_cast<std::size_t>(facts->facts);
      facts->find(picture(facts->picture),
                  std::span(workspace.facts)
                      .subspan(graph_->facts_before(number), static_cast<std::size_t>(graph_->facts[number])));
    } else {
      const auto& whole = std::get<WholePictureStep>(step);
      const auto to = static_cast<std::size_t>(whole.to);
      whole.run(picture(whole.from), tight<void>(graph_->pictures[to].format, workspace.pictures[to].data()));
    }
  }
}

void Plan::run_pass(const PlannedPass& pass, const ConstPixels& input, const Pixels& output, RowRange output_rows,
                    Workspace& workspace) const {
  const auto picture = [&](std::size_t place) -> AnyView<3, false> {
    if (place >= pass.facts.pictures.size()) return view_of<false>(input);
    const int number = pass.facts.pictures[place];
    if (number == 0) return view_of<false>(input);
    const auto i = static_cast<std::size_t>(number);
    return view_of<false>(tight<const void>(graph_->pictures[i].format, workspace.pictures[i].data()));
  };
  const auto result = [&]() -> AnyView<3, true> {
    if (pass.facts.pass.picture < 0) return view_of<true>(output);
    const auto i = static_cast<std::size_t>(pass.facts.pass.picture);
    return view_of<true>(tight<void>(graph_->pictures[i].format, workspace.pictures[i].data()));
  };
  std::span<const std::int32_t> numbers;
  if (pass.reads_facts) numbers = workspace.facts;
  const AnyView<3, true> to = result();
  const AnyView<3, false> first = picture(0), second = picture(1), third = picture(2);
  if (pass.facts.pass.picture >= 0) output_rows = {0, static_cast<int>(to.extents()[1])};
  const int rows_at_once = pass.facts.schedule->rows_at_once;
  const auto rows = [&](std::int64_t begin, std::int64_t end) {
    pass_function()(end - begin < rows_at_once ? pass.single : pass.facts, first, second, third, numbers, to, begin,
                    end);
  };
  if (executor_ == nullptr || executor_->concurrency() == 1) return rows(output_rows.first, output_rows.last);
  struct Strips {
    const decltype(rows)& run;
    std::int64_t first, count, parts;
    std::int64_t begin(std::int64_t part) const { return first + count * part / parts; }
  };
  const std::int64_t count = output_rows.count();
  const std::int64_t parts = std::min<std::int64_t>(executor_->concurrency(), count);
  const Strips strips{rows, output_rows.first, count, parts};
  // One reference is all that the executor's function holds, so that no call allocates.
  executor_->run(strips.parts,
                 [&strips](std::int64_t part) { strips.run(strips.begin(part), strips.begin(part + 1)); });
}

}  // namespace cogent::image
