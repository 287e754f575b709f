// The word that was perhaps meant.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace cogent::image::text {

/// How many letters must be inserted, left out, replaced or exchanged with their neighbour to make b of a.
int edit_distance(std::string_view a, std::string_view b);

/// "; did you mean 'gaussian'?" for the nearest of the candidates, or nothing if none is near.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace cogent::image::text
