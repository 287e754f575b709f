// Kernels from texts and files.
#include <cogent/image/error.h>
#include <cogent/image/kernel.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "text/kernel_text.h"

namespace cogent::image {

Kernel parse_kernel(std::string_view text) {
  try {
    return text::parse_kernel_text(text);
  } catch (const text::TextError& error) {
    throw PipelineError(error.message, text, error.offset, error.length);
  }
}

Kernel read_kernel(const char* path) {
  constexpr std::uintmax_t longest_file = 1 << 20;
  const std::string name = path;
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(name, error);
  if (!std::filesystem::exists(status)) throw PipelineError(name + ": there is no such file");
  if (!std::filesystem::is_regular_file(status)) throw PipelineError(name + ": not a file with a kernel");
  if (std::filesystem::file_size(name, error) > longest_file || error)
    throw PipelineError(name + ": this file is larger than 1 MiB, too large for a kernel");
  std::ifstream file(name);
  std::ostringstream content;
  if (!file || !(content << file.rdbuf())) throw PipelineError(name + ": cannot be read");
  try {
    return parse_kernel(content.str());
  } catch (const PipelineError& mistake) {
    throw PipelineError(name + ": " + mistake.what());
  }
}

}  // namespace cogent::image
