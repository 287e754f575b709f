// All filters: each file here defines one of these functions, which gives the same Filter at every call.
#pragma once
#include <array>

#include "filter.h"

namespace cogent::image::filters {

const Filter& abs_sum();
const Filter& adaptive_threshold();
const Filter& average();
const Filter& bilateral();
const Filter& blend();
const Filter& box();
const Filter& brightness();
const Filter& canny();
const Filter& channel();
const Filter& close();
const Filter& contrast();
const Filter& convolve();
const Filter& crop();
const Filter& curves();
const Filter& difference();
const Filter& dilate();
const Filter& disk();
const Filter& dog();
const Filter& emboss();
const Filter& equalise();
const Filter& erode();
const Filter& flip();
const Filter& from_hsv();
const Filter& from_ycbcr();
const Filter& gamma();
const Filter& gaussian();
const Filter& gray();
const Filter& hypot();
const Filter& invert();
const Filter& kirsch();
const Filter& laplacian();
const Filter& levels();
const Filter& linear();
const Filter& log();
const Filter& lut();
const Filter& maximum();
const Filter& median();
const Filter& minimum();
const Filter& mix();
const Filter& morphology_gradient();
const Filter& motion();
const Filter& multiply();
const Filter& open();
const Filter& otsu();
const Filter& pad();
const Filter& prewitt();
const Filter& resize();
const Filter& roberts();
const Filter& rotate();
const Filter& scharr();
const Filter& sharpen();
const Filter& sobel();
const Filter& subtract();
const Filter& sum();
const Filter& threshold();
const Filter& to_hsv();
const Filter& to_ycbcr();
const Filter& unsharp();

/// Every filter of this folder, in any order: the table of filters is made of it.
inline constexpr auto all = std::to_array<const Filter& (*)()>({&abs_sum,    &adaptive_threshold,
                                                                &average,    &bilateral,
                                                                &blend,      &box,
                                                                &brightness, &canny,
                                                                &channel,    &close,
                                                                &contrast,   &convolve,
                                                                &crop,       &curves,
                                                                &difference, &dilate,
                                                                &disk,       &dog,
                                                                &emboss,     &equalise,
                                                                &erode,      &flip,
                                                                &from_hsv,   &from_ycbcr,
                                                                &gamma,      &gaussian,
                                                                &gray,       &hypot,

                                                                &invert,     &kirsch,
                                                                &laplacian,  &levels,
                                                                &linear,     &log,
                                                                &lut,        &maximum,
                                                                &median,     &minimum,
                                                                &mix,        &morphology_gradient,
                                                                &motion,     &multiply,
                                                                &open,       &otsu,
                                                                &pad,        &prewitt,
                                                                &resize,     &roberts,
                                                                &rotate,     &scharr,
                                                                &sharpen,    &sobel,
                                                                &subtract,   &sum,
                                                                &threshold,  &to_hsv,
                                                                &to_ycbcr,   &unsharp});

}  // namespace cogent::image::filters
