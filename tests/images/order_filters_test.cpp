// Filters that put samples in order, or weigh them by their differences, against naive loops.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "images/filter_rows.h"

namespace cogent::testing {
namespace {

/// Whether a pixel of a shape is in it; rows and columns from the top left.
using Shape = std::function<bool(int row, int column)>;

Samples extreme(const Samples& input, const Outside& outside, int rows, int columns, const Shape& shape, bool is_least,
                int direction = 1) {
  return computed(input.format, [&](int y, int x, int c) {
    double most = is_least ? 1e30 : -1e30;
    for (int i = 0; i < rows; ++i)
      for (int j = 0; j < columns; ++j) {
        if (!shape(i, j)) continue;
        const double sample = input.look(y + direction * (i - rows / 2), x + direction * (j - columns / 2), c, outside);
        most = is_least ? std::min(most, sample) : std::max(most, sample);
      }
    return most;
  });
}

bool everywhere(int, int) { return true; }

FilterRow morphology_row(std::string name, std::string arguments, int rows, int columns, const Shape& shape) {
  const auto oracle = [=](const Samples& input, const Outside& outside) {
    const auto erode = [&](const Samples& of, int direction) {
      return extreme(of, outside, rows, columns, shape, true, direction);
    };
    const auto dilate = [&](const Samples& of, int direction) {
      return extreme(of, outside, rows, columns, shape, false, direction);
    };
    if (name == "erode") return erode(input, 1);
    if (name == "dilate") return dilate(input, 1);
    if (name == "open") return dilate(erode(input, 1), -1);
    if (name == "close") return erode(dilate(input, 1), -1);
    const Samples least = erode(input, 1), most = dilate(input, 1);
    return computed(input.format, [&](int y, int x, int c) { return most.at(y, x, c) - least.at(y, x, c); });
  };
  const double levels = name == "morphology_gradient" ? 1e-1 : 0;
  return {name + "(" + arguments + "BORDER)", oracle, levels};
}

TEST(OrderFilters, Morphology) {
  const Shape cross = [](int i, int j) { return i == 2 || j == 2; };
  const Shape corner = [](int i, int j) { return i == 0 || j == 1; };
  const Shape ellipse = [](int i, int j) { return (i - 3.0) * (i - 3) + (j - 3.0) * (j - 3) <= 12.25; };
  std::vector<FilterRow> rows;
  for (const char* name : {"erode", "dilate", "open", "close", "morphology_gradient"}) {
    rows.push_back(morphology_row(name, "", 3, 3, everywhere));
    rows.push_back(morphology_row(name, "element=[1 1 1; 0 1 0], ", 2, 3, corner));
  }
  rows.push_back(morphology_row("dilate", "4, 7, ", 7, 4, everywhere));
  rows.push_back(morphology_row("erode", "9, 1, ", 1, 9, everywhere));
  rows.push_back(morphology_row("dilate", "5, shape=cross, ", 5, 5, cross));
  rows.push_back(morphology_row("erode", "7, shape=ellipse, ", 7, 7, ellipse));
  compare(rows);
}

FilterRow median_row(std::string pipeline, int size) {
  return {std::move(pipeline), [=](const Samples& input, const Outside& outside) {
            return computed(input.format, [&](int y, int x, int c) {
              std::vector<double> all;
              for (int i = 0; i < size; ++i)
                for (int j = 0; j < size; ++j)
                  all.push_back(input.look(y + i - size / 2, x + j - size / 2, c, outside));
              std::ranges::sort(all);
              return all[all.size() / 2];
            });
          }};
}

TEST(OrderFilters, Median) { compare({median_row("median(BORDER)", 3), median_row("median(5, BORDER)", 5)}); }

FilterRow bilateral_row(std::string pipeline, double colour, double space) {
  return {std::move(pipeline),
          [=](const Samples& input, const Outside& outside) {
            return computed(input.format, [&](int y, int x, int c) {
              const double here = input.at(y, x, c);
              double sum = 0, weights = 0;
              for (int i = -2; i <= 2; ++i)
                for (int j = -2; j <= 2; ++j) {
                  const double sample = input.look(y + i, x + j, c, outside), d = sample - here;
                  const double weight =
                      std::exp(-(i * i + j * j) / (2 * space * space) - d * d / (2 * colour * colour));
                  sum += weight * sample;
                  weights += weight;
                }
              return sum / weights;
            });
          },
          1};
}

TEST(OrderFilters, Bilateral) {
  FilterRow bytes = bilateral_row("bilateral(30, BORDER)", 30, 1.5);
  bytes.types = {SampleType::U8};
  compare({bytes, bilateral_row("bilateral(9000, 3, BORDER)", 9000, 3)});
}

}  // namespace
}  // namespace cogent::testing
