// Which pictures the command line means: files, folders, patterns, lists in files.
#include "inputs.h"

#include <glob.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string_view>

#include "files/vips_library.h"

namespace cogent::cli {
namespace {

namespace fs = std::filesystem;

bool ends_like_a_picture(const fs::path& path) {
  constexpr std::array<std::string_view, 21> ends = {".png",  ".jpg",  ".jpeg", ".jpe", ".jfif", ".tif", ".tiff",
                                                     ".webp", ".ppm",  ".pgm",  ".pbm", ".pnm",  ".pfm", ".gif",
                                                     ".avif", ".heic", ".heif", ".jp2", ".j2k",  ".j2c", ".jxl"};
  std::string end = path.extension().string();
  std::ranges::transform(end, end.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(ends, end) != ends.end();
}

void add_folder(const std::string& path, std::vector<Input>& inputs) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (!hidden && entry->is_regular_file(error) && ends_like_a_picture(entry->path()))
      files.push_back(entry->path().string());
  }
  if (error) return inputs.push_back({path, "the folder cannot be read: " + error.message()});
  if (files.empty()) return inputs.push_back({path, "there is no picture in this folder"});
  std::ranges::sort(files);
  for (std::string& file : files) inputs.push_back({std::move(file), {}});
}

void add_pattern(const std::string& pattern, std::vector<Input>& inputs) {
  ::glob_t found = {};
  const int status = ::glob(pattern.c_str(), 0, nullptr, &found);
  for (std::size_t k = 0; status == 0 && k < found.gl_pathc; ++k) inputs.push_back({found.gl_pathv[k], {}});
  if (status != 0) inputs.push_back({pattern, "no file has a name like this"});
  ::globfree(&found);
}

void add(const std::string& name, std::vector<Input>& inputs) {
  std::error_code error;
  const fs::file_status status = fs::status(name, error);
  if (name != "-" && !fs::exists(status) && name.find_first_of("*?[") != name.npos) return add_pattern(name, inputs);
  if (name != "-" && fs::is_directory(status)) return add_folder(name, inputs);
  inputs.push_back({name, {}});
}

/// The lines of a file; what is between zero bytes, if it has any (find -print0).
std::vector<std::string> lines_of(const std::string& path) {
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  std::istream& in = path == "-" ? std::cin : file;
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  std::error_code error;
  if (!in || (path != "-" && fs::is_directory(path, error)))
    throw FileError(path + ": the list of pictures cannot be read");
  const char end = content.find('\0') == content.npos ? '\n' : '\0';
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < content.size();) {
    const std::size_t stop = std::min(content.find(end, start), content.size());
    std::string line = content.substr(start, stop - start);
    if (end == '\n' && line.ends_with('\r')) line.pop_back();
    if (!line.empty()) lines.push_back(std::move(line));
    start = stop + 1;
  }
  return lines;
}

}  // namespace

std::vector<Input> find_inputs(const FilterOptions& options) {
  std::vector<Input> inputs;
  for (const std::string& name : options.inputs) add(name, inputs);
  if (!options.files_from.empty()) {
    for (const std::string& name : lines_of(options.files_from)) add(name, inputs);
  }
  std::set<std::string> seen;
  std::erase_if(inputs, [&](const Input& input) { return !seen.insert(input.path).second; });
  return inputs;
}

}  // namespace cogent::cli
