// The modules of libvips (AVIF, HEIC, JPEG XL), loaded only when a file asks for one: else a third of the program's
// start.
#pragma once

namespace cogent::cli {

/// While it lives, libvips starts without its modules, if they can be loaded later.
class WithoutVipsModules {
 public:
  WithoutVipsModules();
  ~WithoutVipsModules();
  WithoutVipsModules(const WithoutVipsModules&) = delete;
  WithoutVipsModules& operator=(const WithoutVipsModules&) = delete;

 private:
  bool hidden_ = false;
};

/// Loads those modules of libvips whose formats are read and written here, once. From any thread.
void load_vips_modules();

}  // namespace cogent::cli
