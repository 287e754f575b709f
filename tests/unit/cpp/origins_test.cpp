// Which line of the user's source each printed line comes from.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "cpp/source.h"
#include "ir/parse.h"

namespace cogent::cpp {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

ir::Program make_program() {
  ir::Program program = ir::parse(R"(program "f"(in u8[10] a0, out u8[10] a1, static) -> void {
  for %1 = 0i64 to 10 step 1 {
    let %2 = a0[%1]
    a1[%1] = %2
  }
}
)");
  program.places = {{"f.cpp", 7, 1}, {"f.cpp", 8, 1}};
  for (ir::Statement& statement : program.statements) statement.line = statement.what == ir::Do::For ? 1 : 2;
  return program;
}

TEST(Origins, EveryLineHasOne) {
  const PrintedSource source = print_source_with_origins(make_program());
  EXPECT_EQ(source.text, print_source(make_program()));
  EXPECT_EQ(source.origins.size(), lines_of(source.text).size());
}

TEST(Origins, StatementsKeepTheirLine) {
  const PrintedSource source = print_source_with_origins(make_program());
  const auto lines = lines_of(source.text);
  const auto origin_of = [&](const std::string& part) {
    const auto line =
        std::ranges::find_if(lines, [&](const std::string& text) { return text.find(part) != text.npos; });
    return line == lines.end() ? 999 : static_cast<int>(source.origins[static_cast<std::size_t>(line - lines.begin())]);
  };
  EXPECT_EQ(origin_of("extern \"C\""), 0);
  EXPECT_EQ(origin_of("for ("), 1);
  EXPECT_EQ(origin_of("a1[i]"), 2);
}

}  // namespace
}  // namespace cogent::cpp
