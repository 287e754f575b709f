// The small helper functions that printed text may need; only those that are used stand before it.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "ir/program.h"

namespace cogent::cpp {

enum class Helper : std::uint8_t {
  Fault,  // the type that is thrown; comes with every helper that throws
  At,
  Within,
  Part,
  Require,
  Divide,
  Remainder,
  Indexes,
  WrappingAdd,
  WrappingSubtract,
  WrappingMultiply,
  WrappingDivide,
  WrappingRemainder,
  Saturate,
  ByteSwap,
  Padded,
  IntegerText,
  FloatText,
};
inline constexpr int helper_count = 18;

std::string_view name_of(Helper helper);

/// Which helpers a text needs, and which headers beside <cstdint>.
class Prelude {
 public:
  /// Notes the use and returns the helper's name.
  std::string use(Helper helper);
  /// Notes a header of the standard library: "algorithm".
  void use_header(const char* name) { headers_.insert(name); }
  /// Notes the call of a function of ir/mathematics.h with floats of the type, and returns what is called.
  std::string use_libm(ir::Id function, ir::Type type);
  /// Notes that a product may stand beside a sum with which compilers would fuse it.
  void forbid_contraction() { forbids_contraction_ = true; }
  bool uses(Helper helper) const { return (used_ & bit(helper)) != 0; }
  bool can_fault() const { return uses(Helper::Fault); }

  /// The lines "#include <...>" and what stands below them, and the definitions in an unnamed namespace (empty if none
  /// is needed).
  std::string includes() const;
  std::string definitions() const;

 private:
  static std::uint32_t bit(Helper helper) { return 1u << static_cast<int>(helper); }

  std::uint32_t used_ = 0;
  std::set<std::string> headers_ = {"cstdint"};
  std::set<std::pair<ir::Id, ir::Type>> libm_;
  bool forbids_contraction_ = false;
};

}  // namespace cogent::cpp
