// The table of filters: what each is called, takes and does. One small file in filters/ for each.
#pragma once
#include <cogent/image/pipeline.h>

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cogent::image {

class StageBuilder;
struct StageId;

enum class ParameterKind { Number, Integer, Word, Kernel };

/// A parameter of a filter.
struct Parameter {
  std::string_view name;
  ParameterKind kind;
  std::string_view help;
  std::optional<ArgumentValue> standard = {};  ///< what holds if it is not given; without one it must be given
  double least = -1e9, most = 1e9;             ///< of numbers
  std::vector<std::string_view> words = {};    ///< of a Word: what may be said
  std::vector<int> integers = {};              ///< of an Integer: what may be said; empty: all from least to most
  /// The Word parameter, and its word, with which alone this one means something; empty: it always does.
  std::pair<std::string_view, std::string_view> only_with = {};
};

/// The arguments of a checked call, with what holds for those that are not given.
class Arguments {
 public:
  Arguments(const std::vector<Parameter>& parameters, const Call& call) : parameters_(parameters), call_(call) {}
  double number(std::string_view name) const { return std::get<double>(value(name)); }
  int integer(std::string_view name) const { return static_cast<int>(number(name)); }
  const std::string& word(std::string_view name) const { return std::get<std::string>(value(name)); }
  const Kernel& kernel(std::string_view name) const { return std::get<Kernel>(value(name)); }
  /// Whether it was given.
  bool has(std::string_view name) const;

 private:
  const ArgumentValue& value(std::string_view name) const;

  const std::vector<Parameter>& parameters_;
  const Call& call_;
};

/// What is wrong with arguments whatever the picture: with that of a parameter, or with all of them.
struct ArgumentError {
  std::string_view parameter;  ///< empty: all
  std::string message;
};

/// A filter. `build` adds its stages for what it meets, of `inputs` pictures, and gives the last.
struct Filter {
  std::string_view name;
  std::string_view group;  ///< a heading in the list of filters: "blur", "edges", "colour" ...
  std::string_view help;   ///< one line
  std::vector<Parameter> parameters = {};
  int least_inputs = 1, most_inputs = 1;
  StageId (*build)(StageBuilder& builder, const Arguments& arguments, std::span<const StageId> inputs);
  /// Throws ArgumentError for what no parameter alone can say is wrong. Every call is checked before it is built.
  void (*check)(const Arguments& arguments) = nullptr;
};

/// All filters, by name.
std::span<const Filter* const> all_filters();
/// Null if there is none of that name.
const Filter* find_filter(std::string_view name);

/// A call with each argument under its parameter's name, in the parameters' order, those that say what holds anyway
/// left out. Throws PipelineError: unknown filter (did you mean ...?), unknown, missing or repeated argument, wrong
/// kind, out of range, or what the filter's own check finds.
Call check_call(const Call& call);

}  // namespace cogent::image
