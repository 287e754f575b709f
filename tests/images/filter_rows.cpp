// Comparing filters with their oracles.
#include "images/filter_rows.h"

#include <gtest/gtest.h>

#include "support/extent.h"

namespace cogent::testing {

namespace {

// Around the lanes of vectors: 4, 8, 16, 32 and 64 samples, and twice as many.
int random_width(std::mt19937& random) {
  static constexpr int widths[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  11, 13, 15,  16,  17,
                                   19, 23, 31, 32, 33, 47, 63, 64, 65, 95, 97, 127, 128, 129};
  return widths[random() % std::size(widths)];
}

int random_height(std::mt19937& random) {
  static constexpr int heights[] = {1, 1, 2, 3, 4, 5, 7, 9, 16, 33, 35};
  return heights[random() % std::size(heights)];
}

struct Situation {
  Format format;
  Outside outside;
  image::CompileOptions options = {};
};

// In full: every width to twice the largest number of lanes and one, then every height, then sizes of several blocks.
constexpr int all_widths = 129, all_sizes = 2 * all_widths, cases_in_full = all_sizes + 4;

void choose_size(Format& format, int number, bool in_full, std::mt19937& random) {
  format.width = random_width(random);
  format.height = random_height(random);
  if (!in_full) return;
  if (number < all_widths)
    format.width = 1 + number;
  else if (number < all_sizes)
    format.height = 1 + number - all_widths;
  else
    format.width += 300 + static_cast<int>(random() % 900), format.height += 100;
}

// All types with all borders in turn; the rest by chance.
Situation situation(const FilterRow& row, int number, int turn, std::mt19937& random) {
  static constexpr Border borders[] = {Border::Reflect101, Border::Constant, Border::Replicate, Border::Reflect,
                                       Border::Wrap};
  Situation made;
  made.format.type = row.types[static_cast<std::size_t>(turn) % row.types.size()];
  made.outside.border = borders[turn % 5];
  choose_size(made.format, number, in_full(), random);
  const int counts = row.most_channels - row.least_channels + 1;
  made.format.channels = row.least_channels + static_cast<int>(random() % static_cast<unsigned>(counts));
  if (random() % 3 == 0) made.format.layout = image::Layout::Planar;
  made.options.threads = random() % 4 == 0 ? 2 : 1;
  static constexpr int rows_at_once[] = {3, 1, 0};
  made.options.rows_at_once = rows_at_once[random() % 3];
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
    const int cases = in_full() ? cases_in_full : row.cases;
    for (int i = 0; i < cases; ++i) {
      const Situation at = situation(row, i, i + number * 7, random);
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
