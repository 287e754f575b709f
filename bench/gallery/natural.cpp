// The list of the plain functions.
#include "natural.h"

namespace bench {
namespace {

std::vector<NaturalEntry>& list() {
  static std::vector<NaturalEntry> all;
  return all;
}

}  // namespace

NaturalEntry::NaturalEntry(const char* name, const char* compiler, AnyFunction address, std::nullptr_t)
    : name(name), compiler(compiler), address(address) {
  list().push_back(*this);
}

std::span<const NaturalEntry> all_naturals() { return list(); }

}  // namespace bench
