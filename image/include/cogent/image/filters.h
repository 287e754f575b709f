// The filters as functions, for pipelines in C++: gray() | gaussian(1.2) | threshold(64). Each makes the call of its
// name in the text form, where `cogent filters` has the same with all parameters.
#pragma once
#include <cogent/image/pipeline.h>

namespace cogent::image {

/// Further arguments of a filter, by name: gaussian(1.2, {border(Border::Wrap), option("alpha", "keep")}).
using Options = std::vector<Argument>;
inline Argument option(std::string name, ArgumentValue value) { return {std::move(name), std::move(value)}; }
/// What lies outside the picture.
inline Argument border(Border border) { return option("border", std::string(name_of(border))); }

// ---- Kernels

/// The picture as it is.
inline Pipeline identity() { return {}; }
/// The sum of the samples around a pixel with weights. Options: divisor, offset, flip, anchor_x, anchor_y, out, border.
Pipeline convolve(const Kernel& kernel, const Options& options = {});

// ---- Blurs: their options are border, value and alpha

/// Gauss's blur; the standard deviation in pixels. Option: size, odd (then sigma may be 0).
Pipeline gaussian(double sigma, const Options& options = {});
/// The average of a rectangle; height 0: as the width.
Pipeline box(int width, int height = 0, const Options& options = {});
/// The average of a disk; its radius in pixels.
Pipeline disk(double radius, const Options& options = {});
/// The average along a line; pixels, and degrees counter-clockwise from right.
Pipeline motion(double length, double angle = 0, const Options& options = {});
/// The median of 3x3 or 5x5 pixels. Takes no alpha.
Pipeline median(int size = 3, const Options& options = {});
/// A blur of 5x5 pixels that keeps edges; standard deviations of differences and of pixels. Takes no alpha.
Pipeline bilateral(double colour, double space = 1.5, const Options& options = {});

// ---- What brings out detail

/// Adds what a pixel differs by from its four neighbours, so often.
Pipeline sharpen(double amount = 1, const Options& options = {});
/// Adds what a pixel differs by from Gauss's blur, so often.
Pipeline unsharp(double sigma, double amount = 1, const Options& options = {});
/// Relief lit from the upper left.
Pipeline emboss(const Options& options = {});

// ---- Edges: derivatives keep their sign (i16 of u8, i32 of u16 and i16, float of float); their options are border and
// value

/// Sobel's derivative "x" or "y", or the length of "both".
Pipeline sobel(const std::string& direction = "both", const Options& options = {});
/// Prewitt's derivative.
Pipeline prewitt(const std::string& direction = "both", const Options& options = {});
/// Scharr's derivative.
Pipeline scharr(const std::string& direction = "both", const Options& options = {});
/// Roberts' cross.
Pipeline roberts(const std::string& direction = "both", const Options& options = {});
/// The strongest edge of eight directions.
Pipeline kirsch(const Options& options = {});
/// The sum of the second derivatives, of 4 or 8 neighbours.
Pipeline laplacian(int neighbours = 4, const Options& options = {});
/// The Laplacian of Gauss's blur: `log` in text.
Pipeline laplacian_of_gaussian(double sigma, const Options& options = {});
/// A narrow blur less a wide one: `dog` in text.
Pipeline difference_of_gaussians(double narrow = 1, double wide = 1.6, const Options& options = {});
/// Canny's edges of a picture of one channel; the gradients from which an edge goes on and begins.
Pipeline canny(double low, double high, const Options& options = {});

// ---- Colour

/// Brightness by the weights of BT.601.
Pipeline gray(const Options& options = {});
/// One channel alone, counted from 0.
Pipeline channel(int number, const Options& options = {});
/// A row of weights of the channels for each channel of the result; one more column is added.
Pipeline mix(const Kernel& matrix, const Options& options = {});
/// Luma and chroma of RGB, as in JPEG.
Pipeline to_ycbcr(const Options& options = {});
/// RGB of luma and chroma.
Pipeline from_ycbcr(const Options& options = {});
/// Hue, saturation and value of RGB, each from black to white.
Pipeline to_hsv(const Options& options = {});
/// RGB of hue, saturation and value.
Pipeline from_hsv(const Options& options = {});

// ---- Levels: of each sample by itself; alpha stays

/// White above the limit, black elsewhere.
Pipeline threshold(double limit, const Options& options = {});
/// Threshold at the limit that Otsu's method finds in a picture of one channel.
Pipeline otsu(const Options& options = {});
/// White above the average of a square less an offset. Options: method, border.
Pipeline adaptive_threshold(int size = 11, double offset = 2, const Options& options = {});
/// The negative.
Pipeline invert(const Options& options = {});
/// Adds an amount, in samples' units.
Pipeline brightness(double amount, const Options& options = {});
/// Multiplies the distance from half of white. Option: middle.
Pipeline contrast(double factor, const Options& options = {});
/// factor * sample + offset.
Pipeline linear(double factor, double offset = 0, const Options& options = {});
/// Parts of white to the power of 1/gamma.
Pipeline gamma(double gamma, const Options& options = {});
/// Stretches what lies between two levels to all of the range. Options: gamma, new_black, new_white.
Pipeline levels(double black = 0, double white = -1, const Options& options = {});
/// Straight lines between points: rows of two numbers.
Pipeline curves(const Kernel& points, const Options& options = {});
/// A table of entries from black to white.
Pipeline lut(const Kernel& entries, const Options& options = {});
/// Makes all levels as frequent, channel by channel.
Pipeline equalise(const Options& options = {});

// ---- Joins of branches: branches({a, b}) | sum()

/// The square root of the sum of squares.
Pipeline hypot(const Options& options = {});
/// The sum of absolute values.
Pipeline abs_sum(const Options& options = {});
/// The sum.
Pipeline sum(const Options& options = {});
/// The first less the second.
Pipeline subtract(const Options& options = {});
/// The product as parts of white.
Pipeline multiply(const Options& options = {});
/// The absolute value of the difference.
Pipeline difference(const Options& options = {});
/// The least sample.
Pipeline minimum(const Options& options = {});
/// The greatest sample.
Pipeline maximum(const Options& options = {});
/// The average.
Pipeline average(const Options& options = {});
/// The first with a part of the second.
Pipeline blend(double amount = 0.5, const Options& options = {});

// ---- Morphology: options are shape ("rectangle", "cross", "ellipse"), element, border and value

/// The least sample of a shape; height 0: as the width.
Pipeline erode(int width = 3, int height = 0, const Options& options = {});
/// The greatest sample of a shape.
Pipeline dilate(int width = 3, int height = 0, const Options& options = {});
/// Erode, then dilate.
Pipeline open(int width = 3, int height = 0, const Options& options = {});
/// Dilate, then erode.
Pipeline close(int width = 3, int height = 0, const Options& options = {});
/// Dilate less erode.
Pipeline morphology_gradient(int width = 3, int height = 0, const Options& options = {});

// ---- Geometry

/// Another size by "nearest", "bilinear", "bicubic", "area" or "lanczos3"; a side of 0 follows from the other.
Pipeline resize(int width, int height, const std::string& method = "bilinear", const Options& options = {});
/// Width and height times a factor: `resize` in text.
Pipeline rescale(double factor, const std::string& method = "bilinear", const Options& options = {});
/// A rectangle, from column x and row y on.
Pipeline crop(int width, int height, int x = 0, int y = 0, const Options& options = {});
/// Mirrored: "horizontal", "vertical" or "both".
Pipeline flip(const std::string& direction = "horizontal", const Options& options = {});
/// Turned clockwise by a multiple of 90 degrees.
Pipeline rotate(int degrees = 90, const Options& options = {});
/// With what lies outside; -1: as left.
Pipeline pad(int left, int top = -1, int right = -1, int bottom = -1, const Options& options = {});

// ---- Not a filter

/// How often each sample occurs in each channel: 256 bins of u8, 65536 of u16 and i16 (from -32768 on), 4096 from 0 to
/// 1 of floats. Throws PictureError for i32.
std::vector<std::vector<std::int64_t>> histogram(const ConstPixels& picture);

}  // namespace cogent::image
