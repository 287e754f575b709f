// Batcher's network sorts a small, known number of values: its loops run while generating, and what remains are
// minima and maxima without a single branch.
#include <cogent/cogent.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <vector>

namespace natural {

void exchange(int& a, int& b) {
  const int low = std::min(a, b);
  b = std::max(a, b);
  a = low;
}

void sort(std::span<int> v) {
  const int n = std::ssize(v);
  for (int p = 1; p < n; p *= 2)
    for (int k = p; k > 0; k /= 2)
      for (int j = k % p; j + k < n; j += 2 * k)
        for (int i = j; i < std::min(j + k, n - k); ++i)
          if (i / (2 * p) == (i + k) / (2 * p)) exchange(v[i], v[i + k]);
}

void sort_rows(std::span<int> data, int n) {
  for (int row = 0; row < std::ssize(data) / n; ++row) sort(data.subspan(row * n, n));
}

}  // namespace natural

using namespace cogent;

void exchange(Variable<int>& a, Variable<int>& b) {
  const Value<int> low = min(a, b);
  b = max(a, b);
  a = low;
}

void sort(std::vector<Variable<int>>& v) {
  const int n = std::ssize(v);
  for (int p = 1; p < n; p *= 2)
    for (int k = p; k > 0; k /= 2)
      for (int j = k % p; j + k < n; j += 2 * k)
        for (int i = j; i < std::min(j + k, n - k); ++i)
          if (i / (2 * p) == (i + k) / (2 * p)) exchange(v[i], v[i + k]);
}

GeneratedFunction sort_rows("sort_rows", [](GeneratedCodeBlock& code, InOut<int> data, int n) {
  for (auto row : code.range(std::ssize(data) / n)) {
    std::vector<Variable<int>> v;
    for (int i = 0; i < n; ++i) v.push_back(code.variable(data[row * n + i]));
    sort(v);
    for (int i = 0; i < n; ++i) data[row * n + i] = v[i];
  }
});

int main() {
  std::array data = {4, 1, 3, 2, 40, 30, 20, 10};
  sort_rows(data, 4);
  for (const int number : data) std::printf("%d ", number);
  std::printf("\n\n%s", sort_rows.get_source(data, 4).c_str());
  return 0;
}
