// libvips: started and stopped, its objects owned, its errors as one line.
#include "files/vips_library.h"

#include <algorithm>

#include "files/vips_modules.h"

namespace cogent::cli {
namespace {

void say_nothing(const char*, GLogLevelFlags, const char*, void*) {}

}  // namespace

VipsLibrary::VipsLibrary(const char* program, int threads) {
  g_log_set_default_handler(say_nothing, nullptr);  // what matters comes as an error, with the picture's name
  const WithoutVipsModules quick_start;
  if (VIPS_INIT(program) != 0) throw FileError("libvips does not start: " + take_vips_error());
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoadPpm", FALSE);
  vips_concurrency_set(threads);
  vips_cache_set_max(0);  // every picture is read once
}

VipsLibrary::~VipsLibrary() { vips_shutdown(); }

std::string take_vips_error() {
  char* const buffer = vips_error_buffer_copy();
  std::string text = buffer;
  g_free(buffer);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  const std::size_t last_line = text.rfind('\n');  // the first may be of a loader that was only tried
  std::string line = last_line == text.npos ? text : text.substr(0, text.find('\n'));
  std::ranges::replace_if(line, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return line.empty() ? "libvips gives no reason" : line;
}

}  // namespace cogent::cli
