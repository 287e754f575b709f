// Planning the passes of a graph, and running its steps.
#include "engine/plan.h"

#include <algorithm>
#include <cstddef>

#include "engine/any_size.h"
#include "engine/look_at_passes.h"

namespace cogent::image {

namespace {

// What else than the size code depends on.
std::string any_size_key(const StageGraph& graph, const std::string& pipeline) {
  Format format = graph.input;
  format.width = format.height = 0;
  return to_text(format) + " " + pipeline + " of any size";
}

/// For sizes that have code in common, or for this size alone.
enum class Sizes { Any, Own };

PlannedPass plan_pass(const std::shared_ptr<const StageGraph>& graph, const PassStep& step, std::size_t number,
                      const std::string& pipeline, const CompileOptions& options, Sizes sizes) {
  PlannedPass planned{{graph, nullptr, step, {}, {}}, {}};
  for (const StageId id : graph->stages_of(step.output)) {
    const Stage& stage = graph->stages[static_cast<std::size_t>(id.index)];
    if (stage.is_picture()) planned.facts.pictures.push_back(stage.picture);
    planned.reads_facts |= stage.facts >= 0;
  }
  std::ranges::sort(planned.facts.pictures);
  planned.single = planned.facts;
  planned.single.schedule = std::make_shared<const Schedule>(plan_rows(*graph, step, 1));
  if (sizes == Sizes::Any && options.rows_at_once == 0 && is_of_any_size(graph->input) &&
      serves_any_size(*graph, *planned.single.schedule)) {
    planned.single.key = any_size_key(*graph, pipeline);
    planned.facts = planned.single;
    planned.has_any_size = true;
    return planned;
  }
  const auto key = [&](const Schedule& schedule) {
    return to_text(graph->input) + " " + pipeline + " #" + std::to_string(number) + " by " +
           std::to_string(schedule.rows_at_once);
  };
  planned.facts.schedule = std::make_shared<const Schedule>(plan_rows(*graph, step, options.rows_at_once));
  planned.facts.key = key(*planned.facts.schedule);
  planned.single.key = key(*planned.single.schedule);
  return planned;
}

// Where row 0 would be if the first row in memory is row `row`. Never read through but at rows in memory.
template <class Byte>
Byte* first_row(const BasicPixels<Byte>& pixels, int row) {
  const auto bytes = static_cast<std::uintptr_t>(row) * static_cast<std::uintptr_t>(pixels.row_stride) *
                     static_cast<std::uintptr_t>(bytes_of(pixels.format.type));
  return reinterpret_cast<Byte*>(reinterpret_cast<std::uintptr_t>(pixels.data) - bytes);
}

}  // namespace

Plan::Plan(StageGraph graph, const std::string& pipeline, const CompileOptions& options)
    : graph_(std::make_shared<const StageGraph>(std::move(graph))),
      pipeline_(pipeline),
      options_(options),
      workspaces_(std::make_shared<Workspaces>(graph_)) {
  if (options.threads != 1) executor_ = onetbb_executor(options.threads);
  for (const PlanStep& step : graph_->steps) {
    const auto* const pass = std::get_if<PassStep>(&step);
    if (pass == nullptr) continue;
    passes_.push_back(plan_pass(graph_, *pass, passes_.size(), pipeline, options, Sizes::Any));
  }
  look_at_passes([](std::size_t, const auto& function, const auto&... arguments) {
    function.specialize(arguments...);
    return std::string();
  });
}

void Plan::run(const ConstPixels& input, const Pixels& output) const {
  static thread_local Workspace none;
  run_steps(input, output, {0, graph_->output.height}, graph_->steps.size() > 1 ? workspaces_->of_this_thread() : none);
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
  run_steps(whole_input, whole_output, output_rows, graph_->steps.size() > 1 ? workspaces_->of_this_thread() : none);
}

void Plan::run_steps(const ConstPixels& input, const Pixels& output, RowRange rows, Workspace& workspace) const {
  const auto picture = [&](int number) -> ConstPixels {
    if (number == 0) return input;
    const auto i = static_cast<std::size_t>(number);
    return tight<const void>(graph_->pictures[i].format, workspace.pictures[i].get());
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
      whole.run(picture(whole.from), tight<void>(graph_->pictures[to].format, workspace.pictures[to].get()));
    }
  }
}

void Plan::run_pass(const PlannedPass& pass, const ConstPixels& input, const Pixels& output, RowRange output_rows,
                    Workspace& workspace) const {
  const auto picture = [&](std::size_t place) -> AnyView<3, false> {
    const int number = place < pass.facts.pictures.size() ? pass.facts.pictures[place] : 0;
    if (number == 0) return view_of<false>(input);
    const auto i = static_cast<std::size_t>(number);
    return view_of<false>(tight<const void>(graph_->pictures[i].format, workspace.pictures[i].get()));
  };
  const auto result = [&]() -> AnyView<3, true> {
    if (pass.facts.pass.picture < 0) return view_of<true>(output);
    const auto i = static_cast<std::size_t>(pass.facts.pass.picture);
    return view_of<true>(tight<void>(graph_->pictures[i].format, workspace.pictures[i].get()));
  };
  if (pass.has_any_size) {
    if (const PlannedPass* const own = of_own_size(input, output, output_rows))
      return run_pass(*own, input, output, output_rows, workspace);
    return with_any_size_function(input, output, [&](const auto& function, auto... pictures) {
      run_strips(output_rows,
                 [&](std::int64_t begin, std::int64_t end) { function(pass.facts, pictures..., begin, end); });
    });
  }
  std::span<const std::int32_t> numbers;
  if (pass.reads_facts) numbers = workspace.facts;
  const AnyView<3, true> to = result();
  if (pass.facts.pass.picture >= 0) output_rows = {0, static_cast<int>(to.extents()[1])};
  const int rows_at_once = pass.facts.schedule->rows_at_once;
  with_pass_function(pass.facts, picture, [&](const auto& function, const auto&... pictures) {
    run_strips(output_rows, [&](std::int64_t begin, std::int64_t end) {
      function(end - begin < rows_at_once ? pass.single : pass.facts, pictures..., numbers, to, begin, end);
    });
  });
}

// Of threads that filter at once, one meets the number and generates the code; the others go on until it is there. Rows
// that lie at other distances keep the code for any size. Strips count where they begin a picture.
const PlannedPass* Plan::of_own_size(const ConstPixels& input, const Pixels& output, RowRange rows) const {
  if (const OwnSize* const own = own_.load(std::memory_order_acquire)) {
    const bool fits = own->input_stride == input.row_stride && own->output_stride == output.row_stride;
    return fits ? &own->pass : nullptr;
  }
  if (rows.first != 0 || pictures_.fetch_add(1, std::memory_order_relaxed) + 1 != first_of_own_size) return nullptr;
  own_memory_ = std::make_unique<const OwnSize>(
      plan_pass(graph_, std::get<PassStep>(graph_->steps.front()), 0, pipeline_, options_, Sizes::Own),
      input.row_stride, output.row_stride);
  const PassFacts& facts = own_memory_->pass.facts;
  with_pass_function(
      facts, [&](std::size_t) { return view_of<false>(input); },
      [&](const auto& function, const auto&... pictures) {
        function.specialize(facts, pictures..., std::span<const std::int32_t>(), view_of<true>(output), std::int64_t{0},
                            std::int64_t{output.format.height});
      });
  own_.store(own_memory_.get(), std::memory_order_release);
  return &own_memory_->pass;
}

template <class Rows>
void Plan::run_strips(RowRange rows, const Rows& run) const {
  if (executor_ == nullptr || executor_->concurrency() == 1) return run(rows.first, rows.last);
  struct Strips {
    const Rows& run;
    std::int64_t first, count, parts;
    std::int64_t begin(std::int64_t part) const { return first + count * part / parts; }
  };
  const std::int64_t count = rows.count();
  const std::int64_t parts = std::min<std::int64_t>(executor_->concurrency(), count);
  const Strips strips{run, rows.first, count, parts};
  // One reference is all that the executor's function holds, so that no call allocates.
  executor_->run(strips.parts,
                 [&strips](std::int64_t part) { strips.run(strips.begin(part), strips.begin(part + 1)); });
}

}  // namespace cogent::image
