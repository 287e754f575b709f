// Times the convolutions of one kernel: all contenders in turn, each on buffers of its own, pinned to one core.
#include "timings.h"

#include <cstring>
#include <vector>

#include "../support/naive_convolution.h"
#include "generated_convolution.h"
#include "workspace.h"

namespace walkthrough {
namespace {

using examples::Contender;
using examples::convolve;

template <class Convolution>
Contender naive(Convolution convolution, Workspace& workspace) {
  constexpr double budget = 300e3;
  return {[=, &workspace] { std::apply(convolution, workspace.arguments()); }, [&workspace] { workspace.warm(); },
          budget};
}

Contender steady(Workspace& workspace) {
  return {[&workspace] { std::apply(convolve, workspace.arguments()); }, [&workspace] { workspace.warm(); }};
}

// Before each call, one more kernel that no call has seen. `numbers` is shared by all who need such kernels.
std::function<void()> new_kernel(Workspace& workspace, const examples::Kernel& kernel, int& numbers) {
  return [&workspace, &kernel, &numbers] {
    workspace.kernel = examples::never_seen(kernel, ++numbers);
    workspace.warm();
  };
}

Contender generate(Workspace& workspace, const examples::Kernel& kernel, int& numbers) {
  return {[&workspace] {
            std::apply([](auto&... arguments) { static_cast<void>(convolve.specialize(arguments...)); },
                       workspace.arguments());
          },
          new_kernel(workspace, kernel, numbers)};
}

Contender first_call(Workspace& workspace, const examples::Kernel& kernel, int& numbers) {
  return {[&workspace] { std::apply(convolve, workspace.arguments()); }, new_kernel(workspace, kernel, numbers)};
}

Contender end_to_end(const examples::Kernel& kernel, const Picture& gray) {
  return {[&] {
    Workspace workspace(kernel, gray);
    std::apply(convolve, workspace.arguments());
  }};
}

Contender copy(const Picture& gray, Picture& destination) {
  return {[&] { std::memcpy(destination.pixels.data(), gray.pixels.data(), gray.pixels.size()); },
          [&] {
            examples::warm(std::span(gray.pixels));
            examples::warm(std::span(destination.pixels));
          }};
}

}  // namespace

// Two groups: what runs code that exists already, and what first makes it. The naive code would push the compiler out
// of the caches, and what is asked here is how long generating takes for one who generates often.
Timings measure(const examples::Kernel& kernel, const Picture& gray) {
  constexpr int rounds = 200;
  std::vector<Workspace> workspaces(5, Workspace(kernel, gray));
  Picture destination = gray;
  int numbers = 0;
  const std::vector<Contender> running = {naive(naive_o2::convolve, workspaces[0]),
                                          naive(naive_o3::convolve, workspaces[1]), steady(workspaces[2]),
                                          end_to_end(kernel, gray), copy(gray, destination)};
  const std::vector<Contender> generating = {generate(workspaces[3], kernel, numbers),
                                             first_call(workspaces[4], kernel, numbers)};
  const examples::PinnedToOneCore pinned;
  const std::vector<examples::Times> run = examples::time_in_turn(running, rounds);
  const std::vector<examples::Times> made = examples::time_in_turn(generating, rounds);
  return {.naive_o2 = run[0],
          .naive_o3 = run[1],
          .steady = run[2],
          .generate = made[0],
          .first_call = made[1],
          .end_to_end = run[3],
          .copy = run[4]};
}

}  // namespace walkthrough
