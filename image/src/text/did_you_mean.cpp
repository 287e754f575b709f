// The word that was perhaps meant.
#include "text/did_you_mean.h"

#include <algorithm>
#include <vector>

namespace cogent::image::text {

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<int> before_last, last(b.size() + 1), current(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({last[j] + 1, current[j - 1] + 1, replaced});
      const bool exchanged = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (exchanged) current[j] = std::min(current[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = current;
  }
  return last[b.size()];
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t longest = 64;  // longer words are no misspelt names
  if (word.size() > longest) return {};
  std::string_view nearest;
  int least = static_cast<int>(word.size()) / 3 + 2;  // more letters changed than this: another word
  for (const std::string_view candidate : candidates) {
    const int distance = edit_distance(word, candidate);
    const bool nothing_left = distance >= static_cast<int>(std::max(word.size(), candidate.size()));
    if (distance >= least || nothing_left) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest.empty() ? std::string() : "; did you mean '" + std::string(nearest) + "'?";
}

}  // namespace cogent::image::text
