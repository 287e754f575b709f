// Matchers for errors: their kind, their message, and the user's line.
#pragma once
#include <cogent/cogent.h>
#include <gtest/gtest.h>

#include <string>

namespace cogent::errors {

/// What is expected of an error. A line of 0 is not looked at; -1: the error has no position.
struct Expected {
  const char* text;
  int line = 0;
};

inline void check_position(const Error& error, const Expected& expected, const char* file) {
  const std::string message = error.what();
  EXPECT_NE(std::string::npos, message.find(expected.text)) << message;
  if (expected.line == 0) return;
  if (expected.line < 0) {
    EXPECT_EQ(0u, error.position().line) << message;
    return;
  }
  EXPECT_EQ(file, error.position().file) << message;
  EXPECT_EQ(static_cast<std::uint32_t>(expected.line), error.position().line) << message;
  EXPECT_EQ(0u, message.find(std::string(file) + ":" + std::to_string(expected.line) + ": ")) << message;
}

/// Runs `call`, which has to throw an error of exactly this kind.
template <class Kind, class Call>
void expect_error(Call&& call, const Expected& expected,
                  const std::source_location& at = std::source_location::current()) {
  SCOPED_TRACE(std::string(at.file_name()) + ":" + std::to_string(at.line()));
  try {
    call();
    ADD_FAILURE() << "nothing was thrown, but this was expected: " << expected.text;
  } catch (const Kind& error) {
    check_position(error, expected, at.file_name());
  } catch (const std::exception& error) {
    ADD_FAILURE() << "another error was thrown: " << error.what();
  }
}

template <class Call>
void expect_generation_error(Call&& call, const Expected& expected,
                             const std::source_location& at = std::source_location::current()) {
  expect_error<GenerationError>(call, expected, at);
}
template <class Call>
void expect_run_time_error(Call&& call, const Expected& expected,
                           const std::source_location& at = std::source_location::current()) {
  expect_error<RunTimeError>(call, expected, at);
}
template <class Call>
void expect_check_error(Call&& call, const Expected& expected,
                        const std::source_location& at = std::source_location::current()) {
  expect_error<CheckError>(call, expected, at);
}

}  // namespace cogent::errors
