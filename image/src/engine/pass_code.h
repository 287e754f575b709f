// What the generated function of a pass does, written once for all kinds of arguments that it may have.
#pragma once
#include "engine/generate_pass.h"
#include "engine/row_memory.h"

namespace cogent::image {

/// The size of every stage of a pass, if only the run knows it.
struct PassSize {
  Extent width, height;
};

struct PassArguments {
  std::vector<PictureSource> pictures;    ///< as PassFacts names them
  std::optional<In<std::int32_t>> facts;  ///< if a stage reads some
  PictureTarget result;
  std::optional<PassSize> size;  ///< none: the stages' sizes are known
  Index first, last;             ///< the rows first ... last - 1 of the result are written
};

void write_pass(GeneratedCodeBlock& code, const PassFacts& facts, const PassArguments& arguments);

}  // namespace cogent::image
