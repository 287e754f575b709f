// The arguments of the functions of passes, for sizes that are known and for those that only the run knows.
#include "engine/generate_pass.h"

#include "engine/any_size.h"
#include "engine/pass_code.h"

namespace cogent::image {

namespace {

Format result_format(const PassFacts& facts) {
  return facts.pass.picture < 0 ? facts.graph->output
                                : facts.graph->pictures[static_cast<std::size_t>(facts.pass.picture)].format;
}

PictureSource source(const PassFacts& facts, std::size_t place, const PictureSource::Memory& memory) {
  return {memory, facts.graph->pictures[static_cast<std::size_t>(facts.pictures[place])].format};
}

template <std::size_t... I>
const auto& make_pass_function(std::index_sequence<I...> indices) {
  using Pass = PassOf<decltype(indices)>;
  static const GeneratedFunction<typename Pass::Signature> function(
      "filter_rows",
      +[](GeneratedCodeBlock& code, const PassFacts& facts, typename Pass::template Picture<I>... pictures,
          In<std::int32_t> numbers, AnyOut<3> result, Index first, Index last) {
        const AnyIn<3>* const places[] = {&pictures...};
        PassArguments arguments{{}, numbers, {result, result_format(facts)}, {}, first, last};
        for (std::size_t i = 0; i < facts.pictures.size(); ++i)
          arguments.pictures.push_back(source(facts, i, *places[i]));
        write_pass(code, facts, arguments);
      });
  return function;
}

}  // namespace

template <std::size_t count>
const PassFunction<count>& pass_function() {
  return make_pass_function(std::make_index_sequence<count>());
}
template const PassFunction<few_pictures>& pass_function<few_pictures>();
template const PassFunction<most_pictures>& pass_function<most_pictures>();

template <class From, class To>
const AnySizeFunction<From, To>& any_size_function() {
  static const AnySizeFunction<From, To> function(
      "filter_rows_of_any_size",
      +[](GeneratedCodeBlock& code, const PassFacts& facts, DynamicIn<From> picture, DynamicOut<To> result,
          Index picture_stride, Index result_stride, Index width, Index height, Index first, Index last) {
        const PassSize size{Extent(width, any_size::least_width, any_size::most_width),
                            Extent(height, any_size::least_height, any_size::most_height)};
        write_pass(code, facts,
                   {{source(facts, 0, RunTimeRows<DynamicIn<From>>{picture, picture_stride})},
                    {},
                    {RunTimeRows<DynamicOut<To>>{result, result_stride}, result_format(facts)},
                    size,
                    first,
                    last});
      });
  return function;
}
template const AnySizeFunction<std::uint8_t, std::uint8_t>& any_size_function();
template const AnySizeFunction<std::uint8_t, std::int16_t>& any_size_function();
template const AnySizeFunction<std::uint16_t, std::uint16_t>& any_size_function();

}  // namespace cogent::image
