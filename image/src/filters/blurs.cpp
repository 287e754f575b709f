// Blurs of pictures with alpha, and Gauss's blur, which others are made of.
#include "filters/blurs.h"

#include <algorithm>
#include <cmath>

#include "filters/gaussian_kernel.h"

namespace cogent::image::filters {

namespace {

// Alpha's samples from 0 to white are those of the pipeline's input, whatever the type that they have become. What lies
// outside is taken away, so that 0 lies there.
StageId multiply_by_alpha(StageBuilder& builder, StageId input, double outside) {
  const Stage& from = builder.stage(input);
  const int alpha = from.channels - 1;
  const double white = white_of(builder.pixel_type());
  const Range samples = samples_of(from);
  const double most = largest_of(samples), reach = most * std::max(1.0, most / white);
  return add_pixelwise(builder, "times alpha", input, from.channels, SampleType::F32, {-2 * reach, 2 * reach, false},
                       [=](const Neighbourhood& here, int c) {
                         const Number a = Number(here(0, 0, alpha).real());
                         const Number product = c == alpha ? a : here(0, 0, c) * (a * (1 / white));
                         if (outside == 0) return product;
                         return product - (c == alpha ? outside : outside * outside / white);
                       });
}

StageId divide_by_alpha(StageBuilder& builder, StageId input, double outside, SampleType type) {
  const int channels = builder.stage(input).channels, alpha = channels - 1;
  const double white = white_of(builder.pixel_type());
  const Range samples = range_of(type);
  return add_pixelwise(builder, "by alpha", input, channels, type, {samples.least, samples.most, false},
                       [=](const Neighbourhood& here, int c) {
                         const Number a = outside == 0 ? here(0, 0, alpha) : here(0, 0, alpha) + outside;
                         if (c == alpha) return a;
                         Number colour = here(0, 0, c) * white;
                         if (outside != 0) colour = colour + outside * outside;
                         return choose(Number(0.0) < a, quotient(colour, a), 0.0);
                       });
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

StageId over_premultiplied(StageBuilder& builder, StageId input, double outside, SampleType type,
                           const std::function<StageId(StageId)>& make) {
  const Alpha alpha = builder.alpha();
  const StageId products = multiply_by_alpha(builder, input, outside);
  builder.set_alpha(Alpha::None);  // to `make` all channels are alike
  const StageId made = make(products);
  builder.set_alpha(alpha);
  return divide_by_alpha(builder, made, outside, type);
}

StageId add_blur(StageBuilder& builder, const Arguments& arguments, StageId input, const Blur& blur) {
  const SampleType type = builder.pixel_type();
  const std::string& word = arguments.word("alpha");
  const Edge edge = edge_of(arguments);
  const Alpha alpha = builder.alpha();
  if (alpha == Alpha::None || word == "keep") return blur(builder, input, edge, type);
  if (alpha == Alpha::Premultiplied || word == "straight") {
    builder.set_alpha(Alpha::None);  // all channels are alike
    const StageId blurred = blur(builder, input, edge, type);
    builder.set_alpha(alpha);
    return blurred;
  }
  const double outside = edge.border == Border::Constant ? value_outside(builder.stage(input).type, edge) : 0;
  return over_premultiplied(builder, input, outside, type, [&](StageId products) {
    return blur(builder, products, {edge.border, 0}, SampleType::F32);
  });
}

void check_gaussian(const Arguments& arguments) {
  const int size = arguments.integer("size");
  if (size == 0 && arguments.number("sigma") == 0) throw ArgumentError{"", "expected a sigma or a size above 0"};
  if (size != 0 && size % 2 == 0) throw ArgumentError{"size", "expected an odd number, not " + std::to_string(size)};
}

StageId add_gaussian(StageBuilder& builder, StageId input, double sigma, int size, const Edge& edge, SampleType type) {
  if (size == 0) size = gaussian_size(sigma, builder.stage(input).type);
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
