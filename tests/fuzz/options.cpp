// Reads the command line.
#include "fuzz/options.h"

#include <stdexcept>
#include <string>

namespace cogent::fuzz {

Options parse_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : argument.substr(equals + 1);
    if (name == "--seconds")
      options.seconds = std::stod(value);
    else if (name == "--seed")
      options.seed = std::stoull(value);
    else if (name == "--programs")
      options.programs = std::stoull(value);
    else if (name == "--sample")
      options.sample = std::stoi(value);
    else if (name == "--folder")
      options.folder = value;
    else
      throw std::runtime_error("unknown option " + argument);
  }
  return options;
}

}  // namespace cogent::fuzz
