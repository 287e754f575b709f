// What goes to the standard error output: one-line errors and, on a terminal, a progress bar.
#include "console.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cogent::cli {
namespace {

int columns_of_terminal() {
  ::winsize size = {};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// Control characters as '?', but for the ends of lines if there may be several: names of files may hold anything.
std::string printable(std::string_view text, bool in_lines = false) {
  std::string shown(text);
  std::ranges::replace_if(
      shown, [&](char c) { return (static_cast<unsigned char>(c) < ' ' && !(in_lines && c == '\n')) || c == 0x7f; },
      '?');
  return shown;
}

}  // namespace

bool may_colour(int descriptor) {
  const char* const no_colour = std::getenv("NO_COLOR");
  return ::isatty(descriptor) != 0 && (no_colour == nullptr || *no_colour == 0);
}

Console::Console(bool quiet, std::size_t total)
    : bar_(!quiet && total > 1 && ::isatty(STDERR_FILENO) != 0), colour_(may_colour(STDERR_FILENO)), total_(total) {}

Console::~Console() {
  const std::lock_guard lock(mutex_);
  erase();
}

void Console::complain(std::string_view about, std::string_view why, bool in_lines) {
  const std::lock_guard lock(mutex_);
  erase();
  const std::string_view name = colour_ ? "\x1b[1;31mcogent:\x1b[0m" : "cogent:";
  fmt::print(stderr, "{} {}{}{}\n", name, printable(about), about.empty() ? "" : ": ", printable(why, in_lines));
  draw();
}

void Console::advance() {
  constexpr auto rarest = std::chrono::milliseconds(100);
  const std::lock_guard lock(mutex_);
  ++done_;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < rarest && done_ < total_) return;
  last_ = now;
  draw();
}

void Console::erase() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\x1b[K");
  std::fflush(stderr);
  drawn_ = false;
}

void Console::draw() {
  if (!bar_ || done_ == 0) return;
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  fmt::print(stderr, "\r{}\x1b[K", progress_bar(done_, total_, seconds, columns_of_terminal()));
  std::fflush(stderr);
  drawn_ = true;
}

std::string progress_bar(std::size_t done, std::size_t total, double seconds, int columns) {
  const double rate = static_cast<double>(done) / std::max(seconds, 1e-3);
  const auto left = std::lround(static_cast<double>(total - done) / rate);
  const std::string figures = fmt::format(" {}/{}  {:.1f}/s  {}:{:02} left", done, total, rate, left / 60, left % 60);
  const int width = std::clamp(columns - static_cast<int>(figures.size()) - 3, 0, 50);
  if (width < 5) return figures.substr(1, static_cast<std::size_t>(std::max(columns - 1, 0)));
  const auto filled = static_cast<int>(static_cast<std::size_t>(width) * done / total);
  return "[" + std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(width - filled), '.') + "]" + figures;
}

}  // namespace cogent::cli
