// A file that appears whole or not at all: written without a name or under another one, then renamed.
#pragma once
#include <string>

namespace cogent::cli {

class AtomicFile {
 public:
  /// A new file in the folder of `path`, which is made if it is not there. "-" is the standard output; what exists and
  /// is no regular file (a pipe, a device) is written to at once. Throws FileError, also if `path` exists and
  /// `overwrite` is false.
  AtomicFile(const std::string& path, bool overwrite);
  /// Without publish(): nothing remains.
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  int descriptor() const { return descriptor_; }
  bool is_direct() const { return direct_; }  ///< what is written cannot be read or written again
  /// Gives the file its name, once its bytes are on the disk. Throws FileError, also if a file of that name has come to
  /// be and may not be overwritten.
  void publish();

 private:
  void open_in(const std::string& folder);
  void name_it(const std::string& temporary);

  std::string path_;
  bool overwrite_;
  bool direct_ = false;  // the descriptor is the destination itself
  int descriptor_ = -1;
  std::string temporary_;  // its name until it is published; empty: it has none
};

}  // namespace cogent::cli
