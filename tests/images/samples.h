// Pictures of doubles, for oracles of filters: written without a look at how the filters are made.
#pragma once
#include <cogent/image/pipeline.h>

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace cogent::testing {

using image::Border;
using image::Format;
using image::SampleType;

/// What lies outside of a picture.
struct Outside {
  Border border = Border::Reflect101;
  double value = 0;
};

/// A picture whose samples are doubles that its type can hold, channels side by side.
struct Samples {
  explicit Samples(const Format& of)
      : format(of), values(static_cast<std::size_t>(of.width * of.height * of.channels)) {}

  double& at(int y, int x, int c = 0) {
    return values[static_cast<std::size_t>((y * format.width + x) * format.channels + c)];
  }
  double at(int y, int x, int c = 0) const { return const_cast<Samples&>(*this).at(y, x, c); }
  /// The sample there, or what the border has for it.
  double look(int y, int x, int c, const Outside& outside) const;

  Format format;
  std::vector<double> values;
};

/// The place of a row or column that lies outside, or -1 for a constant's.
int place_inside(int position, int size, Border border);

double least_of(SampleType type);
double most_of(SampleType type);
double white_of(SampleType type);
/// A number as a sample of the type: the nearest, halves to even.
double as_sample(double number, SampleType type);

/// Random samples; of floats mostly between 0 and 1.
Samples random_samples(const Format& format, std::mt19937& random);

/// A picture of the same size with other samples, each from a function of its row, column and channel, rounded.
using At = std::function<double(int y, int x, int c)>;
Samples computed(const Format& format, const At& at);
/// Such of samples of one type.
Samples computed(Format format, SampleType type, const At& at);

/// What a pipeline makes of samples, in the layout of their format.
Samples run(const image::Pipeline& pipeline, const Samples& input, const image::CompileOptions& options = {});

/// What differs by more than `levels` (of floats: by more than 1e-5 of the larger of 1 and the expected, for each
/// level, or bits where levels are 0): empty, or the first place in words.
std::string difference(const Samples& result, const Samples& expected, double levels);

}  // namespace cogent::testing
