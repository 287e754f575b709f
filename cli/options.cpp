// What the command line says.
#include "options.h"

#include <cogent/image/describe.h>
#include <fmt/format.h>
#include <limits>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <span>

#include "exit_status.h"
#include "version.h"

namespace cogent::cli {
namespace {

constexpr int most_threads = 1024;

void add_pipeline(CLI::App& command, std::string& pipeline) {
  command.add_option("pipeline", pipeline, "filters, such as 'gray | gaussian(1.2) | sobel'")->required();
}

void add_threads(CLI::App& command, int& threads) {
  command.add_option("--threads", threads, "threads that work at once; 0: as many as there are cores")
      ->check(CLI::Range(0, most_threads))
      ->capture_default_str();
}

void add_most_pixels(CLI::App& command, std::int64_t& most_pixels) {
  command.add_option("--max-pixels", most_pixels, "larger pictures are refused")
      ->check(CLI::Range(std::int64_t{1}, std::numeric_limits<std::int64_t>::max()))
      ->capture_default_str();
}

CLI::App* add_filter(CLI::App& app, FilterOptions& options) {
  CLI::App* const command = app.add_subcommand("filter", "filter pictures");
  add_pipeline(*command, options.pipeline);
  command->add_option("inputs", options.inputs,
                      "pictures, folders, patterns in quotes ('*.png'), - for the standard input");
  command->add_option("--files-from", options.files_from,
                      "a file with the names of pictures, a line each; - : standard input");
  command
      ->add_option("-o,--output", options.output,
                   "file, folder, or pattern with {name}, {stem} and {ext} of the input; - for the standard output")
      ->required();
  command->add_option("--type", options.type,
                      "format of the results: png, jpg, tif, webp, ppm ...; else by their names");
  command->add_option("--quality", options.quality, "of formats that have one, 1 to 100")->check(CLI::Range(1, 100));
  add_threads(*command, options.threads);
  add_most_pixels(*command, options.most_pixels);
  command->add_flag("-f,--force", options.force, "overwrite files that exist");
  command->add_flag("-n,--dry-run", options.dry_run, "say what would be done, and do nothing");
  command->add_flag("-q,--quiet", options.quiet, "no progress bar and no notes");
  command->add_flag("--json", options.json, "a line of JSON for each picture on the standard output");
  return command;
}

CLI::App* add_explain(CLI::App& app, ExplainOptions& options) {
  CLI::App* const command =
      app.add_subcommand("explain", "say what becomes of a pipeline: stages, fusion, precision, times");
  add_pipeline(*command, options.pipeline);
  command->add_option("--size", options.size, "WIDTHxHEIGHT of the picture")->capture_default_str();
  command->add_option("--format", options.format, "its pixels: gray8, rgb8, rgba8, rgb16, 'rgb f32' ...")
      ->capture_default_str();
  add_threads(*command, options.threads);
  add_most_pixels(*command, options.most_pixels);
  command->add_flag("--source", options.source, "also the generated C++");
  command->add_flag("--assembly", options.assembly, "also the machine code");
  command->add_flag("--json", options.json, "all of it as JSON");
  return command;
}

CLI::App* add_bench(CLI::App& app, BenchOptions& options) {
  CLI::App* const command =
      app.add_subcommand("bench", "measure a pipeline on a picture, beside OpenCV where it is installed");
  add_pipeline(*command, options.pipeline);
  command->add_option("input", options.input, "a picture")->required();
  add_threads(*command, options.threads);
  add_most_pixels(*command, options.most_pixels);
  command->add_option("--seconds", options.seconds, "how long to measure")
      ->check(CLI::Range(0.01, 3600.0))
      ->capture_default_str();
  command->add_flag("--json", options.json, "the figures as JSON");
  return command;
}

CLI::App* add_list(CLI::App& app, const char* name, const char* help, ListOptions& options) {
  CLI::App* const command = app.add_subcommand(name, help);
  command->add_option("names", options.names, "only these, with all that is known of them");
  command->add_flag("--json", options.json, "as JSON");
  command->add_flag("--names", options.bare, "the names alone, a line each");
  return command;
}

/// What is wrong with the first word of the command line, if that is no command; else empty.
std::string unknown_command(int argc, char** argv, std::span<const std::pair<CLI::App*, Command>> commands) {
  if (argc < 2 || argv[1][0] == '-') return {};
  std::vector<std::string> names;
  for (const auto& [command, which] : commands) names.push_back(command->get_name());
  if (std::ranges::find(names, argv[1]) != names.end()) return {};
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return fmt::format("there is no command '{}'{}", argv[1], image::did_you_mean(argv[1], candidates));
}

}  // namespace

std::optional<int> read_options(int argc, char** argv, Options& options) {
  CLI::App app("Filters pictures: a pipeline of filters becomes one pass of machine code made for it.", "cogent");
  app.set_version_flag("--version", fmt::format("cogent {}", version));
  app.require_subcommand(1);
  app.footer("Exit status: 0 all good, 1 some pictures failed, 2 wrong usage or pipeline. See man cogent.");
  const std::pair<CLI::App*, Command> commands[] = {
      {add_filter(app, options.filter), Command::Filter},
      {add_explain(app, options.explain), Command::Explain},
      {add_list(app, "kernels", "the named kernels", options.kernels), Command::Kernels},
      {add_list(app, "filters", "the filters, with a line of help each", options.filters), Command::Filters},
      {add_bench(app, options.bench), Command::Bench}};
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    const std::string unknown = unknown_command(argc, argv, commands);
    fmt::print(stderr, "cogent: {}\nRun cogent --help for more.\n", unknown.empty() ? error.what() : unknown);
    return misused;
  }
  for (const auto& [command, which] : commands) {
    if (command->parsed()) options.command = which;
  }
  return std::nullopt;
}

}  // namespace cogent::cli
