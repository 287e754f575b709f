// Gauss's weights, as OpenCV makes them.
#pragma once
#include <cogent/image/format.h>

#include <vector>

namespace cogent::image::filters {

/// The number of weights if none is said: 3 standard deviations to each side for bytes, 4 for others; at most 63.
int gaussian_size(double sigma, SampleType type);
/// Weights whose sum is 1; the size is odd. Sigma 0: what OpenCV takes for the size.
std::vector<double> gaussian_weights(int size, double sigma);
/// The same in 256ths: whole numbers whose sum is 256.
std::vector<double> gaussian_weights_in_256ths(int size, double sigma);

}  // namespace cogent::image::filters
