// Wider results, larger kernels and interleaved channels beside OpenCV and memcpy. `stencils_bench explain` prints what
// was made of each; `stencils_bench NAME` measures the cases whose name begins so.
#include <cstdio>
#include <cstring>
#include <exception>
#include <opencv2/core.hpp>

#include "cases.h"
#include "examples/support/interleaved_rounds.h"

namespace bench {
namespace {

constexpr int rounds = 100;
constexpr double opencv_budget = 200e3;
constexpr PictureSize sizes[] = {{892, 468}, {1920, 1080}, {3840, 2160}};

void print_row(const std::string& name, const char* who, const examples::Times& times, const examples::Times& memcpy,
               const examples::Times& opencv) {
  std::printf("%-44s %9.1f us  min %9.1f  x_memcpy %6.2f  opencv_x %6.2f\n", (name + '/' + who).c_str(), times.median,
              times.minimum, times.minimum / memcpy.minimum, opencv.minimum / times.minimum);
}

bool measure(const StencilCase& one, PictureSize size) {
  const StencilCalls calls = one.at(size);
  const examples::Contender contenders[] = {{calls.cogent, calls.warm_cogent},
                                            {calls.opencv, calls.warm_opencv, opencv_budget},
                                            {calls.memcpy, calls.warm_memcpy}};
  const std::vector<examples::Times> times = examples::time_in_turn(contenders, rounds);
  const std::string name = "steady/" + one.name + '/' + std::to_string(size.width) + 'x' + std::to_string(size.height);
  const char* who[] = {"cogent", "opencv", "memcpy"};
  for (std::size_t i = 0; i < times.size(); ++i) print_row(name, who[i], times[i], times[2], times[1]);
  if (calls.is_right()) return true;
  std::printf("%s: WRONG\n", name.c_str());
  return false;
}

int run(const char* wanted) {
  const examples::PinnedToOneCore pinned;
  bool all_are_right = true;
  for (const StencilCase& one : stencil_cases()) {
    if (std::strcmp(wanted, "explain") == 0)
      std::printf("%s\n%s\n", one.name.c_str(), one.at(sizes[0]).explanation.c_str());
    else if (one.name.starts_with(wanted))
      for (const PictureSize size : sizes) all_are_right = measure(one, size) && all_are_right;
  }
  return all_are_right ? 0 : 1;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  cv::setNumThreads(1);
  try {
    return bench::run(argc > 1 ? argv[1] : "");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
