// Lesson 21: a handle, by which C and other languages call a generated function.
#include <cogent/cogent.h>
#include <cogent/handle.h>

#include <cstdio>
#include <string>
#include <vector>

using namespace cogent;

GeneratedFunction blend("blend", [](GeneratedCodeBlock& code, DynamicInOut<std::uint8_t> target,
                                    DynamicIn<std::uint8_t> source, Value<int> weight, std::string mode) {
  for (auto i : code.range(min(target.size(), source.size()))) {
    auto mixed = mode == "add" ? target[i] + source[i] : (target[i] * (256 - weight) + source[i] * weight) >> 8;
    target[i] = saturate_cast<std::uint8_t>(mixed);
  }
});

// As C would write it: the words are what the function takes at run time, in its order.
void call_from_c(cogent_handle* handle, std::uint8_t* target, const std::uint8_t* source, std::uint64_t size) {
  const std::uint64_t words[] = {reinterpret_cast<std::uintptr_t>(target), size,
                                 reinterpret_cast<std::uintptr_t>(source), size, 64};
  if (cogent_call(handle, words, 5, nullptr) != COGENT_DONE) std::printf("%s\n", cogent_error_message());
  if (cogent_call(handle, words, 4, nullptr) != COGENT_DONE) std::printf("%s\n", cogent_error_message());
  cogent_release(handle);
}

int main() {
  std::vector<std::uint8_t> target = {0, 100, 200}, source = {255, 100, 0};
  Handle handle = blend.make_handle({}, {}, 0, "mix");  // for any sizes and weights; "mix" stays
  for (std::size_t i = 0; i < cogent_word_count(handle.get()); ++i) {
    cogent_word word;
    cogent_describe_word(handle.get(), i, &word);
    std::printf("word %zu: kind %d, type %d\n", i, word.kind, word.type);
  }
  call_from_c(handle.release(), target.data(), source.data(), target.size());
  std::printf("%d %d %d\n", target[0], target[1], target[2]);
}
