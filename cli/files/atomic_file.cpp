// A file that appears whole or not at all: written without a name or under another one, then renamed.
#include "files/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "files/vips_library.h"

namespace cogent::cli {
namespace {

constexpr mode_t usual_mode = 0666;  // less the process's mask

[[noreturn]] void fail(const std::string& what) { throw FileError(what + ": " + std::strerror(errno)); }

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
    if (exists && !overwrite_) throw FileError("the file exists; --force overwrites it");
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
  static std::atomic<unsigned> count = 0;  // this file system has no files without names
  temporary_ = folder + "/.cogent-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
  descriptor_ = ::open(temporary_.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, usual_mode);
  if (descriptor_ < 0) temporary_.clear();
}

void AtomicFile::name_it(const std::string& name) {
  const std::string open_file = "/proc/self/fd/" + std::to_string(descriptor_);
  const bool named = !temporary_.empty();
  const int failed = named ? ::link(temporary_.c_str(), name.c_str())
                           : ::linkat(AT_FDCWD, open_file.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW);
  if (failed == 0) return;
  if (errno == EEXIST) throw FileError("the file exists; --force overwrites it");
  if (named && ::access(name.c_str(), F_OK) != 0 && ::rename(temporary_.c_str(), name.c_str()) == 0) {
    temporary_.clear();  // a file system without links
    return;
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
    static std::atomic<unsigned> count = 0;
    const std::filesystem::path path = path_;
    const std::string name = ".cogent-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + "~";
    const std::string temporary = (path.parent_path() / name).string();
    ::unlink(temporary.c_str());  // of a process that was killed and had this one's number
    name_it(temporary);
    temporary_ = temporary;
  }
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("it cannot be given its name");
  temporary_.clear();
}

}  // namespace cogent::cli
