// Each filter as a function: a call of its name.
#include <cogent/image/filters.h>

namespace cogent::image {

namespace {

Pipeline call(std::string name, Options arguments, const Options& options) {
  arguments.insert(arguments.end(), options.begin(), options.end());
  return Pipeline(Call{std::move(name), std::move(arguments)});
}

Argument with_number(std::string name, double value) { return {std::move(name), value}; }

}  // namespace

Pipeline convolve(const Kernel& kernel, const Options& options) {
  return call("convolve", {{"kernel", kernel}}, options);
}
Pipeline gaussian(double sigma, const Options& options) {
  return call("gaussian", {with_number("sigma", sigma)}, options);
}
Pipeline box(int width, int height, const Options& options) {
  return call("box", {with_number("width", width), with_number("height", height)}, options);
}
Pipeline disk(double radius, const Options& options) { return call("disk", {with_number("radius", radius)}, options); }
Pipeline motion(double length, double angle, const Options& options) {
  return call("motion", {with_number("length", length), with_number("angle", angle)}, options);
}
Pipeline median(int size, const Options& options) { return call("median", {with_number("size", size)}, options); }
Pipeline bilateral(double colour, double space, const Options& options) {
  return call("bilateral", {with_number("colour", colour), with_number("space", space)}, options);
}
Pipeline sharpen(double amount, const Options& options) {
  return call("sharpen", {with_number("amount", amount)}, options);
}
Pipeline unsharp(double sigma, double amount, const Options& options) {
  return call("unsharp", {with_number("sigma", sigma), with_number("amount", amount)}, options);
}
Pipeline emboss(const Options& options) { return call("emboss", {}, options); }
Pipeline sobel(const std::string& direction, const Options& options) {
  return call("sobel", {{"direction", direction}}, options);
}
Pipeline prewitt(const std::string& direction, const Options& options) {
  return call("prewitt", {{"direction", direction}}, options);
}
Pipeline scharr(const std::string& direction, const Options& options) {
  return call("scharr", {{"direction", direction}}, options);
}
Pipeline roberts(const std::string& direction, const Options& options) {
  return call("roberts", {{"direction", direction}}, options);
}
Pipeline kirsch(const Options& options) { return call("kirsch", {}, options); }
Pipeline laplacian(int neighbours, const Options& options) {
  return call("laplacian", {with_number("neighbours", neighbours)}, options);
}
Pipeline laplacian_of_gaussian(double sigma, const Options& options) {
  return call("log", {with_number("sigma", sigma)}, options);
}
Pipeline difference_of_gaussians(double narrow, double wide, const Options& options) {
  return call("dog", {with_number("narrow", narrow), with_number("wide", wide)}, options);
}
Pipeline canny(double low, double high, const Options& options) {
  return call("canny", {with_number("low", low), with_number("high", high)}, options);
}
Pipeline gray(const Options& options) { return call("gray", {}, options); }
Pipeline channel(int number, const Options& options) {
  return call("channel", {with_number("number", number)}, options);
}
Pipeline mix(const Kernel& matrix, const Options& options) { return call("mix", {{"matrix", matrix}}, options); }
Pipeline to_ycbcr(const Options& options) { return call("to_ycbcr", {}, options); }
Pipeline from_ycbcr(const Options& options) { return call("from_ycbcr", {}, options); }
Pipeline to_hsv(const Options& options) { return call("to_hsv", {}, options); }
Pipeline from_hsv(const Options& options) { return call("from_hsv", {}, options); }
Pipeline threshold(double limit, const Options& options) {
  return call("threshold", {with_number("limit", limit)}, options);
}
Pipeline otsu(const Options& options) { return call("otsu", {}, options); }
Pipeline adaptive_threshold(int size, double offset, const Options& options) {
  return call("adaptive_threshold", {with_number("size", size), with_number("offset", offset)}, options);
}
Pipeline invert(const Options& options) { return call("invert", {}, options); }
Pipeline brightness(double amount, const Options& options) {
  return call("brightness", {with_number("amount", amount)}, options);
}
Pipeline contrast(double factor, const Options& options) {
  return call("contrast", {with_number("factor", factor)}, options);
}
Pipeline linear(double factor, double offset, const Options& options) {
  return call("linear", {with_number("factor", factor), with_number("offset", offset)}, options);
}
Pipeline gamma(double gamma, const Options& options) { return call("gamma", {with_number("gamma", gamma)}, options); }
Pipeline levels(double black, double white, const Options& options) {
  return call("levels", {with_number("black", black), with_number("white", white)}, options);
}
Pipeline curves(const Kernel& points, const Options& options) { return call("curves", {{"points", points}}, options); }
Pipeline lut(const Kernel& entries, const Options& options) { return call("lut", {{"entries", entries}}, options); }
Pipeline equalise(const Options& options) { return call("equalise", {}, options); }
Pipeline hypot(const Options& options) { return call("hypot", {}, options); }
Pipeline abs_sum(const Options& options) { return call("abs_sum", {}, options); }
Pipeline sum(const Options& options) { return call("sum", {}, options); }
Pipeline subtract(const Options& options) { return call("subtract", {}, options); }
Pipeline multiply(const Options& options) { return call("multiply", {}, options); }
Pipeline difference(const Options& options) { return call("difference", {}, options); }
Pipeline minimum(const Options& options) { return call("minimum", {}, options); }
Pipeline maximum(const Options& options) { return call("maximum", {}, options); }
Pipeline average(const Options& options) { return call("average", {}, options); }
Pipeline blend(double amount, const Options& options) {
  return call("blend", {with_number("amount", amount)}, options);
}
Pipeline erode(int width, int height, const Options& options) {
  return call("erode", {with_number("width", width), with_number("height", height)}, options);
}
Pipeline dilate(int width, int height, const Options& options) {
  return call("dilate", {with_number("width", width), with_number("height", height)}, options);
}
Pipeline open(int width, int height, const Options& options) {
  return call("open", {with_number("width", width), with_number("height", height)}, options);
}
Pipeline close(int width, int height, const Options& options) {
  return call("close", {with_number("width", width), with_number("height", height)}, options);
}
Pipeline morphology_gradient(int width, int height, const Options& options) {
  return call("morphology_gradient", {with_number("width", width), with_number("height", height)}, options);
}
Pipeline resize(int width, int height, const std::string& method, const Options& options) {
  return call("resize", {with_number("width", width), with_number("height", height), {"method", method}}, options);
}
Pipeline rescale(double factor, const std::string& method, const Options& options) {
  return call("resize", {with_number("factor", factor), {"method", method}}, options);
}
Pipeline crop(int width, int height, int x, int y, const Options& options) {
  return call("crop",
              {with_number("width", width), with_number("height", height), with_number("x", x), with_number("y", y)},
              options);
}
Pipeline flip(const std::string& direction, const Options& options) {
  return call("flip", {{"direction", direction}}, options);
}
Pipeline rotate(int degrees, const Options& options) {
  return call("rotate", {with_number("degrees", degrees)}, options);
}
Pipeline pad(int left, int top, int right, int bottom, const Options& options) {
  return call(
      "pad",
      {with_number("left", left), with_number("top", top), with_number("right", right), with_number("bottom", bottom)},
      options);
}

}  // namespace cogent::image
