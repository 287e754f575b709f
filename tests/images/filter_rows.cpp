// Comparing filters with their oracles.
#include "images/filter_rows.h"

#include <gtest/gtest.h>

namespace cogent::testing {

namespace {

// Around the lanes of vectors: 4, 8, 16, 32 and 64 samples, and twice as many.
int random_width(std::mt19937& random) {
  static constexpr int widths[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  11, 13, 15,  16,  17,
                                   19, 23, 31, 32, 33, 47, 63, 64, 65, 95, 97, 127, 128, 129};
  return widths[random() % std::size(widths)];
}

int random_height(std::mt19937& random) {
  static constexpr int heights[] = {1, 1, 2, 3, 4, 5, 7, 9, 16, 33};
  return heights[random() % std::size(heights)];
}

struct Situation {
  Format format;
  Outside outside;
  image::CompileOptions options = {};
};

// All types with all borders in turn; the rest by chance.
Situation situation(const FilterRow& row, int number, std::mt19937& random) {
  static constexpr SampleType types[] = {SampleType::U8, SampleType::U16, SampleType::I16, SampleType::F32};
  static constexpr Border borders[] = {Border::Reflect101, Border::Constant, Border::Replicate, Border::Reflect,
                                       Border::Wrap};
  Situation made;
  made.format.type = row.only_bytes ? SampleType::U8 : types[number % 4];
  made.outside.border = borders[number % 5];
  made.format.width = random_width(random);
  made.format.height = random_height(random);
  const int counts = row.most_channels - row.least_channels + 1;
  made.format.channels = row.least_channels + static_cast<int>(random() % static_cast<unsigned>(counts));
  if (random() % 3 == 0) made.format.layout = image::Layout::Planar;
  made.options.threads = random() % 4 == 0 ? 2 : 1;
  made.options.rows_at_once = random() % 3 == 0 ? 3 : 1;
  if (made.outside.border == Border::Constant)
    made.outside.value = made.format.type == SampleType::F32 ? 0.75 : static_cast<double>(random() % 300) - 20;
  return made;
}

std::string with_border(std::string text, const Outside& outside) {
  std::string arguments = "border=" + std::string(image::name_of(outside.border));
  if (outside.border == Border::Constant) arguments += ", value=" + std::to_string(outside.value);
  for (std::size_t at = text.find("BORDER"); at != std::string::npos; at = text.find("BORDER", at))
    text.replace(at, 6, arguments);
  return text;
}

}  // namespace

void compare(const std::vector<FilterRow>& rows) {
  int number = 0;
  for (const FilterRow& row : rows) {
    std::mt19937 random(static_cast<unsigned>(++number));
    for (int i = 0; i < row.cases; ++i) {
      const Situation at = situation(row, i + number * 7, random);
      const Samples input = random_samples(at.format, random);
      const std::string pipeline = with_border(row.pipeline, at.outside);
      std::string wrong;
      try {
        wrong = difference(run(image::Pipeline::parse(pipeline), input, at.options), row.oracle(input, at.outside),
                           row.levels);
      } catch (const std::exception& error) {
        wrong = error.what();
      }
      if (wrong.empty()) continue;
      ADD_FAILURE() << pipeline << " of " << image::to_text(at.format) << ", " << at.options.threads << " threads, "
                    << at.options.rows_at_once << " rows at once: " << wrong;
      break;
    }
  }
}

Samples correlated(const Samples& input, const Outside& outside, int columns, const std::vector<double>& weights,
                   SampleType type, double divisor, double offset) {
  const int rows = static_cast<int>(weights.size()) / columns;
  return computed(input.format, type, [&](int y, int x, int c) {
    double sum = 0;
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < columns; ++j)
        sum += weights[static_cast<std::size_t>(i * columns + j)] *
               input.look(y + i - rows / 2, x + j - columns / 2, c, outside);
    return sum / divisor + offset;
  });
}

}  // namespace cogent::testing
