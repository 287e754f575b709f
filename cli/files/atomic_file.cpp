// A file that appears whole or not at all: written without a name or under another one, then renamed.
#include "files/atomic_file.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "files/vips_library.h"

namespace cogent::cli {
namespace {

constexpr const char* exists_already = "the file exists; --force overwrites it";
constexpr mode_t usual_mode = 0666;  // less the process's mask

[[noreturn]] void fail(const std::string& what) { throw FileError(what + ": " + std::strerror(errno)); }

/// A name in this folder that no one else has, be it on another machine or from a process that was killed.
std::string temporary_name(const std::string& folder) {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number) fail("there is no random number");
  std::array<char, 16> digits = {};
  const auto end = std::to_chars(digits.begin(), digits.end(), number, 16).ptr;
  return folder + "/.cogent-" + std::string(digits.begin(), end) + "~";
}

/// The file itself if a path is a link to it, so that the link stays one.
std::string destination(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_symlink(path, error)) return path;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
  return error ? path : target.string();
}

}  // namespace

AtomicFile::AtomicFile(const std::string& path, bool overwrite) : path_(destination(path)), overwrite_(overwrite) {
  struct stat status = {};
  const bool exists = path == "-" || ::stat(path_.c_str(), &status) == 0;
  direct_ = path == "-" || (exists && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode));
  if (path == "-") {
    descriptor_ = ::dup(STDOUT_FILENO);
  } else if (direct_) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    if (exists && S_ISDIR(status.st_mode)) throw FileError("this is a folder");
    if (exists && !overwrite_) throw FileError(exists_already);
    std::filesystem::path folder = std::filesystem::path(path_).parent_path();
    if (folder.empty()) folder = ".";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw FileError("its folder cannot be made: " + error.message());
    open_in(folder.string());
    if (exists && descriptor_ >= 0) ::fchmod(descriptor_, status.st_mode & 07777);
  }
  if (descriptor_ < 0) fail("it cannot be written");
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::open_in(const std::string& folder) {
  descriptor_ = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, usual_mode);
  if (descriptor_ >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return;
  temporary_ = temporary_name(folder);  // this file system has no files without names
  descriptor_ = ::open(temporary_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, usual_mode);
  if (descriptor_ < 0) temporary_.clear();
}

void AtomicFile::name_it(const std::string& name) {
  const std::string open_file = "/proc/self/fd/" + std::to_string(descriptor_);
  const bool named = !temporary_.empty();
  const int failed = named ? ::link(temporary_.c_str(), name.c_str())
                           : ::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW);
  if (failed == 0) return;
  if (errno == EEXIST) throw FileError(exists_already);
  if (named) {  // perhaps a file system without links
    if (::renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0) {
      temporary_.clear();
      return;
    }
    if (errno == EEXIST) throw FileError(exists_already);
  }
  fail("it cannot be given its name");
}

void AtomicFile::publish() {
  if (direct_) return;
  // A name must not reach the disk before its bytes, or a power cut leaves half a file; a full disk may say so only
  // now.
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != ENOTSUP) fail("it cannot be written");
  if (!overwrite_) return name_it(path_);
  if (temporary_.empty()) {
    const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
    const std::string temporary = temporary_name(folder.empty() ? "." : folder.string());
    name_it(temporary);
    temporary_ = temporary;
  }
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("it cannot be given its name");
  temporary_.clear();
}

}  // namespace cogent::cli
