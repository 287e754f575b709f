// What the command line says.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cogent::cli {

constexpr std::int64_t usual_most_pixels = 1'000'000'000;

struct FilterOptions {
  std::string pipeline;
  std::vector<std::string> inputs;
  std::string files_from;  ///< a file with names of inputs; empty: none
  std::string output;      ///< a file, a folder, or a pattern with {name} or {stem}
  std::string type;        ///< of the results' files; empty: by their names
  int quality = 0;
  int threads = 0;  ///< 0: as many as there are cores
  std::int64_t most_pixels = usual_most_pixels;
  bool force = false, dry_run = false, quiet = false, json = false;
};

struct ExplainOptions {
  std::string pipeline;
  std::string size = "1920x1080";
  std::string format = "rgb8";
  int threads = 1;
  std::int64_t most_pixels = usual_most_pixels;
  bool source = false, assembly = false, json = false;
};

struct BenchOptions {
  std::string pipeline;
  std::string input;
  int threads = 1;
  std::int64_t most_pixels = usual_most_pixels;
  double seconds = 1;
  bool json = false;
};

struct ListOptions {
  std::vector<std::string> names;  ///< only these; empty: all
  bool json = false;
  bool bare = false;  ///< names only, one a line
};

enum class Command { Filter, Explain, Kernels, Filters, Bench };

struct Options {
  Command command = Command::Filter;
  FilterOptions filter;
  ExplainOptions explain;
  BenchOptions bench;
  ListOptions filters, kernels;
};

/// Reads the command line. If that is all (--help, --version, a mistake): says so, and gives the exit status.
std::optional<int> read_options(int argc, char** argv, Options& options);

}  // namespace cogent::cli
