// The walkthrough: from a naive convolution to generated machine code, on a real picture, told on one HTML page.
// Usage: walkthrough [PICTURE [PAGE]]. Fails when a result differs or an expected error does not come.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "page.h"
#include "picture_file.h"
#include "summary.h"

namespace walkthrough {
namespace {

examples::Kernel dense_relief() {
  return {"dense 5x5", 5, {-2, -1, -1, -1, 1, -1, -2, -1, -1, 1, -1, -1, 1, 1, 1, -1, 1, 1, 2, 1, -1, 1, 1, 1, 2}};
}

Walkthrough walk(const std::filesystem::path& picture_file) {
  Walkthrough walkthrough;
  walkthrough.picture_name = picture_file.filename().string();
  walkthrough.machine = describe_machine();
  walkthrough.color = read_rgb(picture_file.string());
  walkthrough.gray = to_gray(walkthrough.color);
  const Picture& gray = walkthrough.gray;
  walkthrough.experiments = {
      run_experiment("Sobel", examples::sobel_x(), gray), run_experiment("Sharpen", examples::sharpen(), gray),
      run_experiment("Emboss", examples::emboss(), gray), run_experiment("Dense 5x5", dense_relief(), gray)};
  walkthrough.incidents = provoke_incidents(gray);
  return walkthrough;
}

void write_page(const Walkthrough& walkthrough, const std::filesystem::path& file) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream stream(file);
  stream << to_page(walkthrough);
  if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

bool all_as_expected(const Walkthrough& walkthrough) {
  return std::ranges::all_of(walkthrough.experiments, [](const Experiment& e) { return e.differing_pixels == 0; }) &&
         std::ranges::none_of(walkthrough.incidents, [](const Incident& i) { return i.kind.empty(); });
}

}  // namespace
}  // namespace walkthrough

int main(int argc, char** argv) {
  try {
    walkthrough::start_picture_files(argv[0]);
    const std::filesystem::path picture = argc > 1 ? argv[1] : "pictures/coffee-892x468.png";
    const std::filesystem::path page = argc > 2 ? argv[2] : "out/walkthrough/index.html";
    const walkthrough::Walkthrough walkthrough = walkthrough::walk(picture);
    walkthrough::write_page(walkthrough, page);
    std::fputs(walkthrough::to_summary(walkthrough).c_str(), stdout);
    return walkthrough::all_as_expected(walkthrough) ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "walkthrough: %s\n", error.what());
    return 1;
  }
}
