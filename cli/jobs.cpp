// Where the result of each input goes.
#include "jobs.h"

#include <filesystem>
#include <map>
#include <system_error>

namespace cogent::cli {
namespace {

namespace fs = std::filesystem;

std::string expand(const std::string& pattern, const fs::path& input) {
  const std::string ext = input.extension().string();
  const std::map<std::string, std::string> words = {
      {"name", input.filename().string()}, {"stem", input.stem().string()}, {"ext", ext.empty() ? ext : ext.substr(1)}};
  std::string name;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    const bool doubled = (c == '{' || c == '}') && at + 1 < pattern.size() && pattern[at + 1] == c;
    if (doubled) ++at;
    if (c != '{' || doubled) {
      name += c;
      continue;
    }
    const std::size_t end = pattern.find('}', at);
    const auto word = words.find(end == pattern.npos ? "" : pattern.substr(at + 1, end - at - 1));
    if (word == words.end())
      throw UsageError("-o " + pattern + ": in braces may stand {name}, {stem} or {ext}; a brace itself is {{ or }}");
    name += word->second;
    at = end;
  }
  return name;
}

/// Throws FileError.
FileType type_of(const std::string& output, const std::string& type) {
  const std::string end = fs::path(output).extension().string();
  if (!type.empty()) return file_type(type);
  if (output == "-") return file_type("png");
  if (end.empty())
    throw FileError(
        "the name does not say the format; --type does, or an end such as .png; a / at the end makes it a folder");
  return file_type(end);
}

/// Throws UsageError for a name that no file can have.
bool is_folder(const std::string& pattern) {
  std::error_code error;
  const fs::file_status status = fs::status(pattern, error);
  if (error == std::errc::filename_too_long && pattern.find('{') == pattern.npos)
    throw UsageError("-o " + pattern + ": " + error.message());
  return pattern.ends_with('/') || fs::is_directory(status);
}

/// Whether the input's name decides the type of the result's file.
bool is_typed_by_input(const FilterOptions& options) {
  const std::string& pattern = options.output;
  const bool folder = is_folder(pattern);
  return options.type.empty() && (folder || pattern.ends_with("{name}") || pattern.ends_with("{ext}"));
}

}  // namespace

std::string output_name(const std::string& pattern, const std::string& input, const std::string& type) {
  if (pattern == "-") return pattern;
  const bool folder = is_folder(pattern);
  const fs::path source = input == "-" ? "stdin" : input;
  fs::path name = expand(folder ? (fs::path(pattern) / "{name}").string() : pattern, source);
  if (folder && !type.empty()) name.replace_extension(type);
  return name.string();
}

std::vector<Job> plan_jobs(std::vector<Input> inputs, const FilterOptions& options) {
  std::vector<Job> jobs;
  jobs.reserve(inputs.size());
  std::map<std::string, std::string> inputs_of;  // of the outputs
  for (Input& input : inputs) {
    if (!input.error.empty()) {
      jobs.push_back({std::move(input), {}, {}});
      continue;
    }
    std::string output = output_name(options.output, input.path, options.type);
    const auto [other, is_new] = inputs_of.emplace(fs::path(output).lexically_normal().string(), input.path);
    if (!is_new)
      throw UsageError(other->second + " and " + input.path + " would both be written to " + output +
                       "; -o 'out/{name}' gives each a file of its own");
    FileType type;
    try {
      type = type_of(output, options.type);
    } catch (const FileError& error) {
      if (!is_typed_by_input(options)) throw UsageError(output + ": " + error.what());
      input.error = error.what();  // of this one alone
    }
    jobs.push_back({std::move(input), std::move(output), std::move(type)});
  }
  return jobs;
}

}  // namespace cogent::cli
