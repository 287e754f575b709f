// Loads the module cogent_opencv, where it was built and installed.
#include "opencv/opencv_pipeline.h"

#include <dlfcn.h>

#include <filesystem>

namespace cogent::cli {
namespace {

/// Beside the program where it was built, in lib/cogent where it is installed.
void* load_module() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  for (const char* const place : {"cogent_opencv.so", "../" COGENT_LIBRARY_FOLDER "/cogent/cogent_opencv.so"}) {
    if (void* const module = ::dlopen((folder / place).c_str(), RTLD_NOW | RTLD_LOCAL)) return module;
  }
  return nullptr;
}

}  // namespace

OpenCvPipeline make_opencv_pipeline(const image::Pipeline& pipeline, const image::ConstPixels& input) {
  void* const module = load_module();  // stays: what it makes is its code
  if (module == nullptr) return {nullptr, "this program was built without OpenCV"};
  OpenCvPipeline result;
  reinterpret_cast<MakeOpenCvPipeline>(::dlsym(module, name_of_make_opencv_pipeline))(pipeline, input, result);
  return result;
}

}  // namespace cogent::cli
