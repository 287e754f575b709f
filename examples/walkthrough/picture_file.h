// Pictures in files, through libvips.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "picture.h"

namespace walkthrough {

// To be called once, before anything else here. Throws when libvips cannot start.
void start_picture_files(const char* program);

// Three channels: red, green, blue. Throws std::runtime_error, which names the file, when it cannot be read.
Picture read_rgb(const std::string& file);

std::vector<std::uint8_t> to_png(const Picture& picture);

}  // namespace walkthrough
