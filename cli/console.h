// What goes to the standard error output: one-line errors and, on a terminal, a progress bar.
#pragma once
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

namespace cogent::cli {

/// Whether text for people may have colours: a terminal, and the environment has no NO_COLOR.
bool may_colour(int descriptor);

/// Safe to use from several threads.
class Console {
 public:
  /// A bar for `total` pictures, if there is a terminal to show it on and `quiet` is false.
  explicit Console(bool quiet, std::size_t total = 0);
  ~Console();
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// "cogent: ABOUT: WHY"; without `about`: "cogent: WHY". Control characters are not shown as such, nor ends of lines
  /// unless `in_lines`.
  void complain(std::string_view about, std::string_view why, bool in_lines = false);
  /// One picture more is done.
  void advance();

 private:
  void erase();
  void draw();

  std::mutex mutex_;
  bool bar_;
  bool colour_;
  bool drawn_ = false;
  std::size_t done_ = 0, total_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now(), last_;
};

/// "[#####.....] 50/100  12.3/s  0:04 left" for a terminal of that many columns.
std::string progress_bar(std::size_t done, std::size_t total, double seconds, int columns);

}  // namespace cogent::cli
