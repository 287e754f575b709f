// Each filter adds its stages behind those of the filter before it; branches go side by side until a filter joins them.
#include "engine/build_graph.h"

#include "engine/generate_pass.h"
#include "filter.h"

namespace cogent::image {

namespace {

using Stages = std::vector<StageId>;

std::string count_pictures(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " picture" : " pictures");
}

std::string count_inputs(const Filter& filter) {
  const auto least = static_cast<std::size_t>(filter.least_inputs);
  if (filter.least_inputs == filter.most_inputs) return count_pictures(least);
  return std::to_string(filter.least_inputs) + " to " + count_pictures(static_cast<std::size_t>(filter.most_inputs));
}

void check_option(const char* name, int given, int most) {
  if (given >= 0 && given <= most) return;
  throw PipelineError(std::string(name) + " is 0 to " + std::to_string(most) + ", not " + std::to_string(given));
}

class GraphBuilder {
 public:
  GraphBuilder(const Format& input, std::int64_t most_pixels) : builder_(input, most_pixels) {}

  StageGraph run(const Pipeline& pipeline) {
    const Stages results = chain(pipeline, {StageId{0}});
    if (results.size() != 1)
      throw PipelineError("the pipeline ends with " + count_pictures(results.size()) +
                          "; join them: {a; b} | sum, for example");
    return builder_.finish(results.front());
  }

 private:
  Stages chain(const Pipeline& pipeline, Stages stages) {
    for (const Step& step : pipeline.steps())
      stages = std::visit([&](const auto& what) { return add(what, stages); }, step);
    return stages;
  }

  Stages add(const Call& call, const Stages& inputs) {
    const Call checked = check_call(call);
    const Filter& filter = *find_filter(checked.filter);
    if (std::cmp_less(inputs.size(), filter.least_inputs) || std::cmp_greater(inputs.size(), filter.most_inputs))
      throw PipelineError(call.filter + " takes " + count_inputs(filter) + " and meets " +
                          std::to_string(inputs.size()));
    return {filter.build(builder_, Arguments(filter.parameters, checked), with_few_pictures(inputs))};
  }

  // A pass reads so many pictures only. What is computed from several is put in memory before they become too many; a
  // filter that needs some in memory itself adds a few.
  Stages with_few_pictures(Stages inputs) {
    constexpr std::size_t many = most_pictures / 2;
    std::size_t pictures = 0;
    for (const StageId id : inputs) pictures += builder_.pictures_of(id);
    if (pictures <= many) return inputs;
    for (StageId& id : inputs)
      if (builder_.pictures_of(id) > 1) id = builder_.in_memory(id);
    return inputs;
  }

  Stages add(const Branches& branches, const Stages& inputs) {
    Stages results;
    const Alpha alpha = builder_.alpha();
    Alpha of_first = alpha;
    for (const Pipeline& pipeline : branches.pipelines) {
      builder_.set_alpha(alpha);
      const Stages ends = chain(pipeline, inputs);
      if (results.empty()) of_first = builder_.alpha();
      results.insert(results.end(), ends.begin(), ends.end());
    }
    builder_.set_alpha(of_first);  // a join's result has the alpha of the first branch
    return results;
  }

  StageBuilder builder_;
};

}  // namespace

StageGraph build_graph(const Pipeline& pipeline, const Format& input, const CompileOptions& options) {
  check_option("threads", options.threads, 1024);
  check_option("rows_at_once", options.rows_at_once, 8);
  return GraphBuilder(input, options.most_pixels).run(pipeline);
}

}  // namespace cogent::image
