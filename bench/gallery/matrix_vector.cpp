// dot_product and matrix_vector: weights of which one in twenty is not zero.
#define main matrix_vector_main
#include "../../examples/gallery/matrix_vector.cpp"
#undef main
#include "programs.h"

namespace bench {
namespace {

// One weight in twenty is not zero; one in forty is 1.
std::vector<double> sparse_weights(std::size_t count, int seed) {
  std::mt19937 generator(seed);
  std::vector<double> weights(count);
  for (double& weight : weights)
    if (generator() % 20 == 0) weight = generator() % 2 == 0 ? 1 : static_cast<int>(generator() % 19) - 9;
  return weights;
}

}  // namespace

GalleryProgram bench_dot_product() {
  static const auto weights = sparse_weights(1024, 1);
  static const auto x = random_numbers<double>(1024, -1000, 1000);
  static double result = 0, expected = 0;
  static const auto specialized = sparse_dot_product.specialize(x, weights);
  GalleryProgram program{"dot_product", "1024 doubles, 5% of the weights not zero"};
  program.call = [] { result = specialized(x, weights); };
  static std::vector<double> others;
  program.prepare = [](int number) { others = sparse_weights(1024, 100 + number); };
  program.generate = [](int) { static_cast<void>(sparse_dot_product.specialize(x, others)); };
  program.add_naturals("dot_product", &natural::dot_product, [](auto f) { expected = f(x, weights); });
  program.agrees = [] { return result == expected; };
  return program;
}

GalleryProgram bench_matrix_vector() {
  static constexpr int size = 32;
  static const auto matrix = sparse_weights(size * size, 2);
  static const auto x = random_numbers<double>(size, -1000, 1000);
  static std::vector<double> y(size), expected(size);
  static const auto specialized = matrix_vector.specialize(matrix, x, y);
  GalleryProgram program{"matrix_vector", "32x32 doubles, 5% not zero", 3};
  program.call = [] { specialized(matrix, x, y); };
  static std::vector<double> others;
  program.prepare = [](int number) { others = sparse_weights(size * size, 100 + number); };
  program.generate = [](int) { static_cast<void>(matrix_vector.specialize(others, x, y)); };
  program.add_naturals("matrix_vector", &natural::matrix_vector, [](auto f) { f(matrix, x, expected); });
  program.agrees = [] { return y == expected; };
  return program;
}

}  // namespace bench
