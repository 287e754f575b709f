// The parts of the page that several sections use.
#pragma once

#include <string>
#include <vector>

#include "../support/kernels.h"
#include "bar_chart.h"
#include "picture.h"
#include "timings.h"

namespace walkthrough {

std::string paragraph(const std::string& html);

// The picture is part of the page, as PNG.
std::string picture_figure(const Picture& picture, const std::string& caption);

// The coefficients as they lie over the picture.
std::string kernel_table(const examples::Kernel& kernel);

std::string timing_table(const Timings& timings);

// Two charts: everything on one scale, and what is generated on a scale of its own.
std::string timing_charts(const Timings& timings);

// Folded until it is asked for.
std::string folded(const std::string& title, const std::string& html);

}  // namespace walkthrough
