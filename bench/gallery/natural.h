// The gallery's plain functions, as each compiler made them: a list that every object made from natural_source fills.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace bench {

using AnyFunction = void (*)();

// One function as one compiler made it; enters itself into the list of all.
struct NaturalEntry {
  template <class Function>
  NaturalEntry(const char* name, const char* compiler, Function* address)
      : NaturalEntry(name, compiler, reinterpret_cast<AnyFunction>(address), nullptr) {}

  std::string name;
  std::string compiler;
  AnyFunction address;

 private:
  NaturalEntry(const char* name, const char* compiler, AnyFunction address, std::nullptr_t);
};

std::span<const NaturalEntry> all_naturals();

}  // namespace bench
