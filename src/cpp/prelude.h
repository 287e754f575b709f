// The small helper functions that printed text may need; only those that are used stand before it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace cogent::cpp {

enum class Helper : std::uint8_t {
  Fault,  // the type that is thrown; comes with every helper that throws
  At,
  Require,
  Divide,
  Remainder,
  Indexes,
  WrappingAdd,
  WrappingSubtract,
  WrappingMultiply,
  WrappingDivide,
  WrappingRemainder,
};
inline constexpr int helper_count = 11;

std::string_view name_of(Helper helper);

/// Which helpers a text needs, and which headers beside <cstdint>.
class Prelude {
 public:
  /// Notes the use and returns the helper's name.
  std::string use(Helper helper);
  void use_algorithm() { uses_algorithm_ = true; }
  void use_utility() { uses_utility_ = true; }
  bool uses(Helper helper) const { return (used_ & bit(helper)) != 0; }
  bool can_fault() const { return uses(Helper::Fault); }

  /// The lines "#include <...>", and the definitions in an unnamed namespace (empty if none is needed).
  std::string includes() const;
  std::string definitions() const;

 private:
  static std::uint32_t bit(Helper helper) { return 1u << static_cast<int>(helper); }

  std::uint32_t used_ = 0;
  bool uses_algorithm_ = false, uses_utility_ = false;
};

}  // namespace cogent::cpp
