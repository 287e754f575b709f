// A C program that runs generated functions by their handles, and answers whether all went right.
#include <stdio.h>
#include <string.h>

#include "host.h"

#define EXPECT(condition)                                                                       \
  if (!(condition)) {                                                                           \
    fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #condition, cogent_error_message()); \
    return 0;                                                                                   \
  }

static uint64_t address_word(const void* memory) { return (uint64_t)(uintptr_t)memory; }

static uint64_t double_word(double number) {
  uint64_t word;
  memcpy(&word, &number, sizeof word);
  return word;
}

static int runs_on_arrays_of_any_size(void) {
  const int32_t numbers[] = {1, 2, 3, -10};
  cogent_handle* sum = make_scaled_sum(1);
  uint64_t words[3], result;
  words[0] = address_word(numbers);
  words[1] = 4;
  words[2] = double_word(0.5);
  EXPECT(cogent_word_count(sum) == 3);
  EXPECT(cogent_result_type(sum) == COGENT_F64);
  EXPECT(cogent_call(sum, words, 3, &result) == COGENT_DONE);
  EXPECT(result == double_word(0.0));
  words[1] = 3;
  EXPECT(cogent_call(sum, words, 3, &result) == COGENT_DONE);
  EXPECT(result == double_word(4.5));
  words[1] = (uint64_t)-1;
  EXPECT(cogent_call(sum, words, 3, &result) == COGENT_MISUSE);
  cogent_release(sum);
  return 1;
}

static int describes_itself(void) {
  cogent_handle* pick = make_pick();
  cogent_word word;
  EXPECT(strcmp(cogent_name(pick), "pick") == 0);
  EXPECT(strstr(cogent_source(pick), "pick(const uint8_t*") != NULL);
  EXPECT(cogent_describe_word(pick, 0, &word) == COGENT_DONE);
  EXPECT(word.kind == COGENT_INPUT && word.type == COGENT_U8 && word.element_bytes == 1 && word.elements == 4);
  EXPECT(cogent_describe_word(pick, 1, &word) == COGENT_DONE);
  EXPECT(word.kind == COGENT_NUMBER && word.type == COGENT_I32);
  EXPECT(cogent_describe_word(pick, 2, &word) == COGENT_MISUSE);
  cogent_release(pick);
  return 1;
}

static int reports_errors(void) {
  const uint8_t bytes[4] = {5, 6, 7, 8};
  cogent_handle* pick = cogent_retain(make_pick());
  uint64_t words[2], result = 0;
  cogent_release(pick);
  words[0] = address_word(bytes);
  words[1] = 3;
  EXPECT(cogent_call(pick, words, 2, &result) == COGENT_DONE && result == 8);
  words[1] = 4;
  EXPECT(cogent_call(pick, words, 2, &result) == COGENT_RUN_TIME_ERROR);
  EXPECT(strstr(cogent_error_message(), "host.cpp:") != NULL);
  EXPECT(cogent_call(pick, words, 1, &result) == COGENT_MISUSE);
  words[0] = 0;
  EXPECT(cogent_call(pick, words, 2, NULL) == COGENT_MISUSE);
  cogent_release(pick);
  return 1;
}

int main(void) {
  if (cogent_handle_version() < COGENT_HANDLE_VERSION) return 1;
  return runs_on_arrays_of_any_size() && describes_itself() && reports_errors() ? 0 : 1;
}
