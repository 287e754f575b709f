// Computes each result three times, compares them, and collects what there is to say about one kernel.
#include "experiment.h"

#include "../support/naive_convolution.h"
#include "generated_convolution.h"
#include "workspace.h"

namespace walkthrough {
namespace {

template <class Convolution>
Picture convolved(Convolution&& convolution, Workspace workspace) {
  std::apply(convolution, workspace.arguments());
  return workspace.result;
}

std::int64_t count_differences(const Picture& a, const Picture& b) {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) count += a.pixels[i] != b.pixels[i];
  return count;
}

// The text that stands for `name` in a flat JSON object; the only JSON that is read here.
std::string member(const std::string& json, const std::string& name) {
  const std::string opening = '"' + name + "\":\"";
  const std::size_t begin = json.find(opening);
  if (begin == std::string::npos) return "";
  const std::size_t first = begin + opening.size();
  return json.substr(first, json.find('"', first) - first);
}

Listings describe(Workspace workspace) {
  return std::apply(
      [](auto&... arguments) -> Listings {
        const cogent::Explanation explanation = examples::convolve.explain(arguments...);
        return {examples::convolve.get_source(arguments...), examples::convolve.get_assembly(arguments...),
                explanation.text, member(explanation.json, "level")};
      },
      workspace.arguments());
}

}  // namespace

Experiment run_experiment(const std::string& title, const examples::Kernel& kernel, const Picture& gray) {
  Experiment experiment{title, kernel};
  const Workspace workspace(kernel, gray);
  experiment.naive_result = convolved(naive_o3::convolve, workspace);
  experiment.generated_result = convolved(examples::convolve, workspace);
  experiment.differing_pixels =
      count_differences(experiment.generated_result, experiment.naive_result) +
      count_differences(experiment.generated_result, convolved(naive_o2::convolve, workspace));
  experiment.listings = describe(workspace);
  experiment.timings = measure(kernel, gray);
  return experiment;
}

}  // namespace walkthrough
