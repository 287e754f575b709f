// Blurs of pictures with alpha, and Gauss's blur, which others are made of.
#include "filters/blurs.h"

#include <algorithm>
#include <cmath>

#include "filters/gaussian_kernel.h"

namespace cogent::image::filters {

namespace {

StageId multiply_by_alpha(StageBuilder& builder, StageId input) {
  const Stage& from = builder.stage(input);
  const int alpha = from.channels - 1;
  const double white = white_of(from.type), most = samples_of(from).most;
  return add_pixelwise(builder, "times alpha", input, from.channels, SampleType::F32, {0, most * most, false},
                       [alpha, white](const Neighbourhood& here, int c) {
                         const Number a = Number(here(0, 0, alpha).real());
                         return c == alpha ? a : here(0, 0, c) * (a * (1 / white));
                       });
}

StageId divide_by_alpha(StageBuilder& builder, StageId input, SampleType type) {
  const int channels = builder.stage(input).channels, alpha = channels - 1;
  const double white = white_of(type);
  const Range samples = range_of(type);
  return add_pixelwise(builder, "by alpha", input, channels, type, {samples.least, samples.most, false},
                       [alpha, white](const Neighbourhood& here, int c) {
                         const Number a = here(0, 0, alpha);
                         if (c == alpha) return a;
                         return choose(Number(0.0) < a, quotient(here(0, 0, c) * white, a), 0.0);
                       });
}

StageId with_alpha_of(StageBuilder& builder, StageId colours, StageId input) {
  const Stage& from = builder.stage(colours);
  const int alpha = from.channels - 1;
  return builder.add(
      {.name = "alpha kept",
       .inputs = {{.stage = colours}, {.stage = input}},
       .width = from.width,
       .height = from.height,
       .channels = from.channels,
       .type = from.type,
       .range = range_of(from.type),
       .body = [alpha](const Neighbourhood& here, int c) { return here.at(c == alpha ? 1 : 0, 0, 0, c); }});
}

// The most by which the blur of bytes with weights in 256ths differs from that with the exact weights.
double error_of_256ths(const std::vector<double>& weights, const std::vector<double>& exact) {
  double difference = 0;
  for (std::size_t i = 0; i < exact.size(); ++i)
    for (std::size_t j = 0; j < exact.size(); ++j)
      difference += std::abs(exact[i] * exact[j] - weights[i] * weights[j] / 65536);
  return difference / 2 * 255;
}

// 256ths without the powers of two that all have in common, so that sums stay small; gives how many bits are left.
int shorten_256ths(std::vector<double>& weights) {
  const auto is_even = [](double weight) { return std::fmod(weight, 2) == 0; };
  int bits = 8;
  for (; bits > 1 && std::ranges::all_of(weights, is_even); --bits)
    for (double& weight : weights) weight /= 2;
  return bits;
}

}  // namespace

std::vector<Parameter> with_border_and_alpha(std::vector<Parameter> parameters) {
  parameters = with_border(std::move(parameters));
  parameters.push_back({.name = "alpha",
                        .kind = ParameterKind::Word,
                        .help = "premultiplied: colours weigh as much as their alpha; straight: all channels alike; "
                                "keep: alpha stays",
                        .standard = "premultiplied",
                        .words = {"premultiplied", "straight", "keep"}});
  return parameters;
}

StageId add_blur(StageBuilder& builder, const Arguments& arguments, StageId input, const Blur& blur) {
  const SampleType type = builder.pixel_type();
  const std::string& alpha = arguments.word("alpha");
  if (builder.alpha() == Alpha::None || alpha == "straight") return blur(builder, input, type);
  if (alpha == "keep") return with_alpha_of(builder, blur(builder, input, type), input);
  if (builder.alpha() == Alpha::Premultiplied) return blur(builder, input, type);
  return divide_by_alpha(builder, blur(builder, multiply_by_alpha(builder, input), SampleType::F32), type);
}

StageId add_gaussian(StageBuilder& builder, StageId input, double sigma, int size, const Edge& edge, SampleType type) {
  if (size == 0 && sigma == 0) throw PipelineError("a Gaussian blur needs a sigma or a size");
  if (size == 0) size = gaussian_size(sigma, builder.stage(input).type);
  if (size % 2 == 0) throw PipelineError("the size of a Gaussian blur is odd, not " + std::to_string(size));
  const std::vector<double> exact = gaussian_weights(size, sigma);
  if (builder.stage(input).type == SampleType::U8 && type == SampleType::U8) {
    std::vector<double> whole = gaussian_weights_in_256ths(size, sigma);
    constexpr double most_error = 0.99;
    if (error_of_256ths(whole, exact) < most_error) {
      const int bits = shorten_256ths(whole);
      return add_rounded_separable(builder, "gaussian", input, column_taps(whole), row_taps(whole), edge, 2 * bits);
    }
  }
  return add_separable(builder, "gaussian", input, column_taps(exact), row_taps(exact), edge, type);
}

}  // namespace cogent::image::filters
