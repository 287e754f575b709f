// Code as HTML: coloured, with line numbers or marks where wanted.
#pragma once

#include <string>
#include <string_view>

#include "source_excerpt.h"

namespace walkthrough {

// Generated text, without line numbers.
std::string code_block(std::string_view code);

// What differs between the texts is marked in both.
struct CodePair {
  std::string left;
  std::string right;
};
CodePair compared_code_blocks(std::string_view left, std::string_view right);

// With the line numbers of the file; the line `marked_line` stands out.
std::string numbered_code_block(const Excerpt& excerpt, int marked_line);

}  // namespace walkthrough
