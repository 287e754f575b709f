// Wider results, larger kernels and interleaved channels beside OpenCV and memcpy. `stencils_bench explain` prints what
// was made of each; `stencils_bench NAME` measures the cases whose name begins so; `stencils_bench table` compares with
// what was reached by hand, `stencils_bench table NAME` the rows whose name begins so; `stencils_bench pictures`
// filters floats and 16 bits.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <opencv2/core.hpp>

#include "cases.h"
#include "examples/support/interleaved_rounds.h"
#include "pictures.h"

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

// Pictures that came from memory when the hand-written figures were measured come from there here too, however large
// the last cache is: one call after the other has another one.
std::vector<StencilCalls> pictures_of(const HandWritten& one) {
  constexpr int cache_bytes = 1 << 20, all_bytes = 100 << 20;
  const int bytes = 2 * one.size.width * one.size.height;
  std::vector<StencilCalls> pictures;
  do pictures.push_back(one.stencil.at(one.size));
  while (bytes > cache_bytes && static_cast<int>(pictures.size()) * bytes < all_bytes);
  return pictures;
}

// As ratios to memcpy: of what was reached by hand elsewhere and, where there is a hand-written function, of what it
// reaches here. The latter counts: another core may be slower at arithmetic and faster at memcpy.
bool compare(const HandWritten& one) {
  constexpr double most = 1.15;
  const std::vector<StencilCalls> pictures = pictures_of(one);
  const StencilCalls& calls = pictures.front();
  const bool is_warm = pictures.size() == 1, runs_by_hand = calls.by_hand != nullptr;
  const auto in_turn = [&](const std::function<void()> StencilCalls::* call, const std::function<void()>& warm) {
    return examples::Contender{
        [&pictures, call, next = std::size_t{0}]() mutable { (pictures[next++ % pictures.size()].*call)(); },
        [&warm, is_warm] {
          if (is_warm) warm();
        }};
  };
  std::vector<examples::Contender> contenders = {in_turn(&StencilCalls::cogent, calls.warm_cogent),
                                                 in_turn(&StencilCalls::memcpy, calls.warm_memcpy)};
  if (runs_by_hand) contenders.push_back(in_turn(&StencilCalls::by_hand, calls.warm_by_hand));
  const std::vector<examples::Times> times = examples::time_in_turn(contenders, rounds);
  const double ratio = times[0].minimum / times[1].minimum, of_hand_elsewhere = ratio / one.ratio();
  const double of_hand = runs_by_hand ? times[0].minimum / times[2].minimum : of_hand_elsewhere;
  const bool is_right = calls.is_right() && (!runs_by_hand || calls.is_right_by_hand());
  std::printf("table/%-12s %4dx%-4d  %8.1f us  x_memcpy %6.2f  by hand %6.2f: %5.2f of it", one.stencil.name.c_str(),
              one.size.width, one.size.height, times[0].minimum, ratio, one.ratio(), of_hand_elsewhere);
  if (runs_by_hand)
    std::printf("  here by hand %8.1f us, %6.2f: %5.2f of it", times[2].minimum, times[2].minimum / times[1].minimum,
                of_hand);
  std::printf("%s%s\n", std::min(of_hand, of_hand_elsewhere) > most ? "  MORE THAN 1.15" : "",
              is_right ? "" : "  WRONG");
  return is_right;
}

bool compare_all(const char* wanted) {
  bool all_are_right = true;
  for (const HandWritten& one : hand_written_cases())
    if (one.stencil.name.starts_with(wanted)) all_are_right = compare(one) && all_are_right;
  return all_are_right;
}

int run(const char* wanted, const char* rows) {
  const examples::PinnedToOneCore pinned;
  if (std::strcmp(wanted, "table") == 0) return compare_all(rows) ? 0 : 1;
  if (std::strcmp(wanted, "pictures") == 0) return measure_pictures() ? 0 : 1;
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
    return bench::run(argc > 1 ? argv[1] : "", argc > 2 ? argv[2] : "");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
