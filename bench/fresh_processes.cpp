// Starts the program fresh_process and reads the time that it prints.
#include "fresh_processes.h"

#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace bench {
namespace {

double first_call_of_a_process(const std::string& command) {
  std::FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) throw std::runtime_error("cannot start " + command);
  double microseconds = 0;
  const int read = std::fscanf(output, "%lf", &microseconds);
  if (pclose(output) != 0 || read != 1) throw std::runtime_error("no time came from " + command);
  return microseconds;
}

}  // namespace

examples::Times time_fresh_processes(const std::string& who) {
  constexpr int processes = 9;
  const auto program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "fresh_process";
  std::vector<double> samples;
  for (int i = 0; i < processes; ++i) samples.push_back(first_call_of_a_process('\'' + program.string() + "' " + who));
  return examples::summarize(samples);
}

}  // namespace bench
