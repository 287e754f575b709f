// Lines of C++ text: indentation, and long lines broken where the text allows it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ir/program.h"

namespace cogent::cpp {

/// Stands in a text for a space at which its line may be broken.
inline constexpr char soft_space = '\x1f';

/// `text` with its soft spaces made spaces, or line breaks where lines would grow beyond `columns`. Breaks outside of
/// parentheses are preferred. Continued lines are indented by `indent` + 4.
std::string break_lines(std::string_view text, int indent, int columns = 100);

/// A growing text of indented lines.
class Lines {
 public:
  explicit Lines(int depth = 0) : depth_(depth) {}

  void add(std::string_view text);
  /// Ends with an opening brace: what follows is indented.
  void open(std::string_view text);
  void close(std::string_view text = "}");
  /// Closes and opens again: "} else {".
  void turn(std::string_view text);
  void comment(std::string_view text);
  void blank() { append("\n"); }

  /// What is added from now on comes from this line of the user's source; 0: from none.
  void belong_to(ir::Line origin) { origin_ = origin; }

  const std::string& text() const { return text_; }
  /// Of each line of the text, where it comes from.
  const std::vector<ir::Line>& origins() const { return origins_; }

 private:
  void append(std::string_view lines);

  int depth_;
  std::string text_;
  ir::Line origin_ = 0;
  std::vector<ir::Line> origins_;
};

}  // namespace cogent::cpp
