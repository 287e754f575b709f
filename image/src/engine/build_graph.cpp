// Each filter adds its stages behind those of the filter before it; branches go side by side until a filter joins them.
#include "engine/build_graph.h"

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

class GraphBuilder {
 public:
  explicit GraphBuilder(const Format& input) : builder_(input) {}

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
    return {filter.build(builder_, Arguments(filter.parameters, checked), inputs)};
  }

  Stages add(const Branches& branches, const Stages& inputs) {
    Stages results;
    const Alpha alpha = builder_.alpha();
    for (const Pipeline& pipeline : branches.pipelines) {
      builder_.set_alpha(alpha);
      const Stages ends = chain(pipeline, inputs);
      results.insert(results.end(), ends.begin(), ends.end());
    }
    return results;
  }

  StageBuilder builder_;
};

}  // namespace

StageGraph build_graph(const Pipeline& pipeline, const Format& input) { return GraphBuilder(input).run(pipeline); }

}  // namespace cogent::image
