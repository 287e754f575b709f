// Pieces of this program's own source files, so that the page shows the very text that was compiled.
#pragma once

#include <string>

namespace walkthrough {

struct Excerpt {
  std::string file;  // as the page names it, without folders
  int first_line = 0;
  std::string text;
};

// The lines between `// excerpt: <name>` and `// end of excerpt` of a file whose path is given from the folder of the
// walkthrough's sources. Throws std::runtime_error when there is no such file or excerpt.
Excerpt read_excerpt(const std::string& path_from_here, const std::string& name);

}  // namespace walkthrough
