// expect: holds views of memory that it does not own, or a parameter is an AnyIn
#include <cogent/cogent.h>

#include <string_view>
#include <vector>

using namespace cogent;

GeneratedFunction inner("inner",
                        [](GeneratedCodeBlock&, Value<int> x, std::vector<std::string_view> words) -> Value<int> {
                          return x + static_cast<int>(words.size());
                        });
GeneratedFunction outer("outer", [](GeneratedCodeBlock& code, Value<int> x) -> Value<int> {
  auto result = code.call(inner, x, std::vector<std::string_view>{"a"});
  return result;
});
