// The user's source files, each read once: lines, tokens and declarations.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cpp/declarations.h"
#include "cpp/tokens.h"

namespace cogent::cpp {

struct SourceFile {
  explicit SourceFile(std::string content);
  SourceFile(const SourceFile&) = delete;  // the tokens look into the text

  /// The line (from 1 on) without the white space around it; "" if there is none.
  std::string_view line(std::uint32_t number) const;

  std::string text;
  std::vector<std::string_view> lines;
  Tokens tokens;
  Declarations declarations;
};

/// Lives as long as one request: files may change between two.
class SourceFiles {
 public:
  /// Never null; empty if the file cannot be read.
  const SourceFile& read(const std::string& path);

 private:
  std::map<std::string, std::unique_ptr<SourceFile>> files_;
};

}  // namespace cogent::cpp
