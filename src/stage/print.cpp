// code.print: the format is checked and what is plain becomes text now; the rest is printed when the function runs.
#include <cogent/detail/print.h>
#include <cogent/output.h>

#include <atomic>
#include <cstdio>
#include <mutex>
#include <utility>

#include "format/format.h"

namespace cogent {
namespace {

struct Output {
  std::mutex mutex;
  std::atomic<bool> has_function = false;
  std::shared_ptr<const PrintOutput> function;  // shared, so that it may replace itself while it runs
};

/// This thread is within the user's function, and holds the mutex.
constinit thread_local bool is_within_output = false;

/// Takes the mutex unless this thread has it.
std::unique_lock<std::mutex> lock(Output& out) {
  return is_within_output ? std::unique_lock<std::mutex>() : std::unique_lock(out.mutex);
}

/// Calls the user's function, which may throw.
void call(const PrintOutput& function, std::string_view text) {
  struct Within {
    Within() { is_within_output = true; }
    ~Within() { is_within_output = false; }
  } const within;
  function(text);
}

Output& output() {
  static Output& result = *new Output;  // never destroyed: code may print until the process ends
  return result;
}

void write(std::string_view text) {
  Output& out = output();
  if (out.has_function && !is_within_output) {
    const auto held = lock(out);
    if (const auto function = out.function; function != nullptr) return call(*function, text);
  }
  std::fwrite(text.data(), 1, text.size(), stdout);  // whole, since the stream has a lock of its own
}

}  // namespace

PrintOutput set_print_output(PrintOutput function) {
  Output& out = output();
  auto given = function ? std::make_shared<const PrintOutput>(std::move(function)) : nullptr;
  const auto held = lock(out);
  out.has_function = given != nullptr;
  const auto before = std::exchange(out.function, std::move(given));
  return before != nullptr ? *before : PrintOutput();
}

namespace detail {
namespace {

using format::Piece;
using Kind = PrintArgument::Kind;

class PrintTarget final : public CallTarget {
 public:
  PrintTarget(std::vector<Piece> pieces, std::vector<ir::Type> types)
      : pieces_(std::move(pieces)),
        types_(std::move(types)),
        most_characters_(format::most_plain_characters(pieces_, types_)) {}
  void run(std::uint64_t* slots) const override {
    char text[usual_length];
    if (most_characters_ == 0 || most_characters_ > usual_length)
      write(format::format(pieces_, types_, slots + 1));
    else
      write({text, format::write_plain(text, pieces_, types_, slots + 1)});
  }

 private:
  static constexpr std::size_t usual_length = 256;

  std::vector<Piece> pieces_;
  std::vector<ir::Type> types_;
  std::size_t most_characters_;  // 0: not known
};

/// The type that a field is checked against; a text has none.
ir::Type type_of_argument(const PrintArgument& argument) {
  return argument.kind == Kind::Text ? ir::Type::Void : static_cast<ir::Type>(argument.type);
}

void check_text(const format::Spec& spec) {
  if ((spec.type != 0 && spec.type != 's') || spec.sign != '-' || spec.alternate || spec.zero)
    throw format::FormatError("only fill, alignment, width, precision and the letter s go with a string");
}

/// The fields of a print: those of plain arguments become text, those of staged ones are numbered anew.
class Folding {
 public:
  explicit Folding(std::span<const PrintArgument> arguments)
      : arguments_(arguments), numbers_(arguments.size(), unused) {}

  void add(Piece piece) {
    text_ += piece.text;
    if (!piece.has_field) return;
    const PrintArgument& argument = arguments_[piece.argument];
    if (argument.kind == Kind::Text) check_text(piece.spec);
    if (argument.is_character && piece.spec.type == 0) piece.spec.type = 'c';
    if (argument.kind == Kind::Text) return format::append(text_, piece.spec, argument.text);
    const ir::Type type = type_of_argument(argument);
    format::check(piece.spec, type);
    if (argument.kind == Kind::Number)
      return format::append(text_, piece.spec, type, static_cast<std::uint64_t>(argument.word.bits));
    piece.text = std::exchange(text_, {});
    piece.argument = number(piece.argument);
    pieces.push_back(std::move(piece));
  }
  void finish() {
    if (!text_.empty()) pieces.push_back({.text = std::move(text_)});
  }

  std::vector<Piece> pieces;
  std::vector<CallArgument> passed;
  std::vector<ir::Type> types;

 private:
  static constexpr std::size_t unused = ~std::size_t{0};

  std::size_t number(std::size_t argument) {
    if (numbers_[argument] == unused) {
      numbers_[argument] = passed.size();
      passed.push_back({.type = arguments_[argument].type, .value = arguments_[argument].word});
      types.push_back(type_of_argument(arguments_[argument]));
    }
    return numbers_[argument];
  }

  std::span<const PrintArgument> arguments_;
  std::vector<std::size_t> numbers_;  // per argument: its number among those that are passed
  std::string text_;
};

}  // namespace

void print(Session& session, std::string_view text, std::span<const PrintArgument> arguments) {
  Folding folding(arguments);
  try {
    // Characters become numbers with the letter c, so their fields are checked when that is known.
    const std::vector<ir::Type> unchecked(arguments.size(), ir::Type::Void);
    for (Piece& piece : format::parse(text, unchecked)) folding.add(std::move(piece));
  } catch (const format::FormatError& error) {
    fail(session, std::string("code.print: ") + error.what());
  }
  folding.finish();
  const std::string name = format::to_text(folding.pieces);
  auto target = std::make_shared<PrintTarget>(std::move(folding.pieces), std::move(folding.types));
  record_call(session, {.kind = CallKind::Print,
                        .name = name,
                        .result = ScalarType::Void,
                        .arguments = folding.passed,
                        .target = std::move(target)});
}

}  // namespace detail
}  // namespace cogent
