// The modules of libvips (AVIF, HEIC, JPEG XL), loaded only when a file asks for one: else a third of the program's
// start.
#include "files/vips_modules.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <vips/vips.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>

namespace cogent::cli {
namespace {

constexpr const char* home_of_vips = "VIPSHOME";  // where libvips looks for its modules, if the environment says it

/// Where the modules of this libvips are: beside it.
std::filesystem::path modules_folder() {
  ::Dl_info library = {};
  if (::dladdr(reinterpret_cast<void*>(&vips_init), &library) == 0 || library.dli_fname == nullptr) return {};
  const std::string name = "vips-modules-" + std::to_string(vips_version(0)) + "." + std::to_string(vips_version(1));
  return std::filesystem::path(library.dli_fname).parent_path() / name;
}

/// VipsLibrary has blocked such loaders before this one was there.
void block_if_untrusted(const char* loader) {
  const GType type = g_type_from_name(loader);
  if (type == 0) return;
  void* const operation = g_type_class_ref(type);
  if ((VIPS_OPERATION_CLASS(operation)->flags & VIPS_OPERATION_UNTRUSTED) != 0) vips_operation_block_set(loader, TRUE);
  g_type_class_unref(operation);
}

}  // namespace

WithoutVipsModules::WithoutVipsModules() {
  std::error_code error;
  if (std::getenv(home_of_vips) != nullptr || !std::filesystem::is_directory(modules_folder(), error)) return;
  hidden_ = ::setenv(home_of_vips, "/dev/null", 0) == 0;
}

WithoutVipsModules::~WithoutVipsModules() {
  if (hidden_) ::unsetenv(home_of_vips);
}

void load_vips_modules() {
  static std::once_flag once;
  std::call_once(once, [] {
    const std::filesystem::path folder = modules_folder();
    for (const char* name : {"vips-heif.so", "vips-jxl.so"}) {  // the formats of the others are blocked anyway
      GModule* const module = g_module_open((folder / name).c_str(), G_MODULE_BIND_LAZY);
      if (module != nullptr) g_module_make_resident(module);
    }
    block_if_untrusted("VipsForeignLoadHeif");
    block_if_untrusted("VipsForeignLoadJxl");
  });
}

}  // namespace cogent::cli
