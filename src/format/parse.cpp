// Reads format strings; each complaint says what would be right.
#include <algorithm>
#include <utility>

#include "format/format.h"

namespace cogent::format {
namespace {

constexpr int widest = 1000;

class Parser {
 public:
  Parser(std::string_view text, std::span<const ir::Type> types) : text_(text), types_(types) {}

  std::vector<Piece> run() {
    Piece piece;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c != '{' && c != '}') {
        piece.text += c;
      } else if (accept(c)) {
        piece.text += c;
      } else if (c == '}') {
        throw FormatError("a single } in the format; write }} to print one");
      } else {
        field(piece);
        pieces_.push_back(std::exchange(piece, {}));
      }
    }
    if (!piece.text.empty()) pieces_.push_back(std::move(piece));
    if (const auto unused = std::ranges::find(used_, false); unused != used_.end())
      throw FormatError("argument " + std::to_string(unused - used_.begin()) + " is not printed by the format");
    return std::move(pieces_);
  }

 private:
  bool accept(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  int number(const char* what) {
    int value = 0;
    while (is_digit(peek())) {
      value = 10 * value + (text_[at_++] - '0');
      if (value > widest) throw FormatError(std::string("the ") + what + " of a field is more than 1000");
    }
    return value;
  }

  void field(Piece& piece) {
    piece.has_field = true;
    piece.argument = argument();
    if (accept(':')) spec(piece.spec);
    if (!accept('}')) throw FormatError(unexpected());
    if (piece.argument >= types_.size())
      throw FormatError("the format has a field for argument " + std::to_string(piece.argument) +
                        " (the first is 0), but there " + (types_.size() == 1 ? "is only" : "are only") + " " +
                        std::to_string(types_.size()) + (types_.size() == 1 ? " argument" : " arguments"));
    used_.resize(types_.size());
    used_[piece.argument] = true;
    if (types_[piece.argument] != ir::Type::Void) check(piece.spec, types_[piece.argument]);
  }

  std::string unexpected() const {
    if (at_ >= text_.size()) return "a field of the format is not closed by }";
    if (text_[at_] == '{') return "a width or precision that is an argument itself is not supported; write the number";
    return std::string("unexpected '") + text_[at_] + "' in a field of the format";
  }

  std::size_t argument() {
    const bool is_numbered = is_digit(peek());
    if (has_fields_ && is_numbered != is_numbered_)
      throw FormatError("the format mixes {} and {0}: number all fields or none");
    has_fields_ = true;
    is_numbered_ = is_numbered;
    return is_numbered ? static_cast<std::size_t>(number("argument")) : next_++;
  }

  static bool is_align(char c) { return c == '<' || c == '>' || c == '^'; }

  void spec(Spec& spec) {
    std::size_t fill = 1;  // bytes of the first character
    while (at_ + fill < text_.size() && (static_cast<unsigned char>(text_[at_ + fill]) & 0xC0) == 0x80) ++fill;
    if (at_ + fill < text_.size() && is_align(text_[at_ + fill]) && peek() != '{' && peek() != '}') {
      spec.fill = text_.substr(at_, fill);
      at_ += fill;
    }
    if (is_align(peek())) spec.align = text_[at_++];
    if (peek() == '+' || peek() == '-' || peek() == ' ') spec.sign = text_[at_++];
    spec.alternate = accept('#');
    spec.zero = accept('0');
    spec.width = number("width");
    if (accept('.')) {
      if (!is_digit(peek())) throw FormatError("the precision of a field needs a number");
      spec.precision = number("precision");
    }
    if (std::string_view("dxXobBceEfFgGaAs").find(peek()) != std::string_view::npos && peek() != '\0')
      spec.type = text_[at_++];
  }

  std::string_view text_;
  std::span<const ir::Type> types_;
  std::size_t at_ = 0, next_ = 0;
  bool has_fields_ = false, is_numbered_ = false;
  std::vector<Piece> pieces_;
  std::vector<bool> used_ = std::vector<bool>(types_.size());
};

}  // namespace

std::vector<Piece> parse(std::string_view text, std::span<const ir::Type> types) { return Parser(text, types).run(); }

void check(const Spec& spec, ir::Type type) {
  const auto is_one_of = [&](std::string_view letters) { return letters.find(spec.type) != letters.npos; };
  const std::string word = ir::name_of(type);
  const std::string name = (word.starts_with("i") ? "an " : "a ") + word;
  if (spec.type != 0) {
    const std::string_view allowed = ir::is_float(type) ? "eEfFgGaA" : type == ir::Type::Bool ? "sdxXobB" : "dxXobBc";
    if (!is_one_of(allowed))
      throw FormatError(std::string("the letter '") + spec.type + "' in a field does not print " + name);
  }
  if (spec.precision >= 0 && !ir::is_float(type))
    throw FormatError("a precision is for floating-point numbers, but the argument is " + name);
  const bool is_number = spec.type != 'c' && (type != ir::Type::Bool || (spec.type != 0 && spec.type != 's'));
  if (!is_number && (spec.sign != '-' || spec.alternate || spec.zero))
    throw FormatError("a sign, # and 0 are for numbers");
}

std::string to_text(const Spec& spec) {
  std::string text;
  if (spec.align != 0) text += (spec.fill == " " ? "" : spec.fill) + spec.align;
  if (spec.sign != '-') text += spec.sign;
  if (spec.alternate) text += '#';
  if (spec.zero) text += '0';
  if (spec.width != 0) text += std::to_string(spec.width);
  if (spec.precision >= 0) text += '.' + std::to_string(spec.precision);
  if (spec.type != 0) text += spec.type;
  return text;
}

std::string to_text(std::span<const Piece> pieces) {
  std::string text;
  std::size_t next = 0;
  bool in_order = true;
  for (const Piece& piece : pieces)
    if (piece.has_field) in_order = piece.argument == next++ && in_order;
  for (const Piece& piece : pieces) {
    for (const char c : piece.text) text += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
    if (!piece.has_field) continue;
    const std::string spec = to_text(piece.spec);
    text += '{' + (in_order ? "" : std::to_string(piece.argument)) + (spec.empty() ? "" : ':' + spec) + '}';
  }
  return text;
}

}  // namespace cogent::format
