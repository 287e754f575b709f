// What the program's exit status says.
#pragma once

namespace cogent::cli {

constexpr int all_good = 0;
constexpr int some_failed = 1;  ///< pictures could not be read, filtered or written; the others are done
constexpr int misused = 2;      ///< the command line or the pipeline is wrong; nothing is done

}  // namespace cogent::cli
