// Asks the operating system what this machine is.
#include "machine.h"

#include <sys/utsname.h>

#include <cstdlib>
#include <ctime>
#include <thread>

#include "../support/cpu_model.h"

namespace walkthrough {
namespace {

std::string now_in_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts = {};
  gmtime_r(&now, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &parts)};
}

std::string compiler_version() {
#ifdef __clang__
  return std::string("clang++ ") + __clang_version__;
#else
  return std::string("g++ ") + __VERSION__;
#endif
}

}  // namespace

Machine describe_machine() {
  Machine machine;
  machine.cpu = examples::cpu_model();
  machine.cores = static_cast<int>(std::thread::hardware_concurrency());
  double load[1] = {};
  if (getloadavg(load, 1) == 1) machine.load = load[0];
  machine.compiler = compiler_version();
  utsname names = {};
  if (uname(&names) == 0) machine.system = std::string(names.sysname) + ' ' + names.release;
  machine.date = now_in_utc();
  return machine;
}

}  // namespace walkthrough
