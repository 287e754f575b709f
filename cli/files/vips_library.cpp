// libvips: started and stopped, its objects owned, its errors as one line.
#include "files/vips_library.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "exit_status.h"
#include "files/vips_modules.h"

namespace cogent::cli {
namespace {

/// What matters comes as an error, with the picture's name; but GLib ends the program where memory runs out.
void say_last_words(const char*, GLogLevelFlags level, const char* message, void*) {
  if ((level & G_LOG_FLAG_FATAL) == 0) return;
  std::fprintf(stderr, "cogent: %s\n", message);
  std::_Exit(some_failed);
}

}  // namespace

VipsLibrary::VipsLibrary(const char* program, int threads) {
  g_log_set_default_handler(say_last_words, nullptr);
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
