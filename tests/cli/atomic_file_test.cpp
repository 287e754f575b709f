// Files that appear whole or not at all, on a disk that fails.
#include "files/atomic_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "files/vips_library.h"

namespace {
int error_of_disk = 0;
bool old_file_system = false;  // without files without names, without links
bool had_its_name = false;
std::string awaited_name;
}  // namespace

/// The program's, in place of the system's: notes what was there when it was called.
extern "C" int fsync(int descriptor) {
  had_its_name = std::filesystem::exists(awaited_name);
  if (error_of_disk == 0) return static_cast<int>(::syscall(SYS_fsync, descriptor));
  errno = error_of_disk;
  return -1;
}

extern "C" int open(const char* path, int flags, ...) {
  ::va_list more;
  va_start(more, flags);
  const auto mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, unsigned) : 0;
  va_end(more);
  if (!old_file_system || (flags & O_TMPFILE) != O_TMPFILE)
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  errno = EOPNOTSUPP;
  return -1;
}

extern "C" int link(const char* from, const char* to) noexcept {
  if (!old_file_system) return static_cast<int>(::syscall(SYS_link, from, to));
  errno = EPERM;
  return -1;
}

namespace cogent::testing {
namespace {

namespace fs = std::filesystem;

class AtomicFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "atomic-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    path_ = folder_ / "file";
    awaited_name = path_.string();
    error_of_disk = 0;
    old_file_system = false;
    had_its_name = true;
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write_new(bool overwrite) {
    cli::AtomicFile file(path_.string(), overwrite);
    ASSERT_EQ(::write(file.descriptor(), "new", 3), 3);
    file.publish();
  }
  std::string content() const {
    std::ifstream in(path_);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  std::ptrdiff_t files() const { return std::distance(fs::directory_iterator(folder_), {}); }

  fs::path folder_, path_;
};

TEST_F(AtomicFiles, AreOnTheDiskBeforeTheyHaveTheirName) {
  write_new(false);
  EXPECT_FALSE(had_its_name);
  EXPECT_EQ(content(), "new");
}

TEST_F(AtomicFiles, AreNotPublishedIfTheDiskFails) {
  error_of_disk = EIO;
  EXPECT_THROW(write_new(false), cli::FileError);
  EXPECT_EQ(files(), 0);
  std::ofstream(path_) << "old";
  EXPECT_THROW(write_new(true), cli::FileError);
  EXPECT_EQ(content(), "old");
  EXPECT_EQ(files(), 1);
}

TEST_F(AtomicFiles, DoWithoutOnFileSystemsThatCannotSay) {
  error_of_disk = EINVAL;
  write_new(false);
  EXPECT_EQ(content(), "new");
}

TEST_F(AtomicFiles, LeaveTheTemporaryFilesOfOthersAlone) {
  for (const bool old : {false, true}) {
    old_file_system = old;
    const std::string name = (folder_ / (".cogent-" + std::to_string(::getpid()) + "-")).string();
    for (int k = 1; k <= 20; ++k)
      for (const char* end : {"", "~"}) std::ofstream(name + std::to_string(k) + end) << "of another machine";
    write_new(true);
    EXPECT_EQ(content(), "new");
    EXPECT_EQ(files(), 41);
  }
}

TEST_F(AtomicFiles, OverwriteNothingOnOldFileSystems) {
  old_file_system = true;
  write_new(false);
  EXPECT_EQ(content(), "new");
  EXPECT_EQ(files(), 1);
  fs::remove(path_);
  cli::AtomicFile file(path_.string(), false);
  std::ofstream(path_) << "of another";
  EXPECT_THROW(file.publish(), cli::FileError);
  EXPECT_EQ(content(), "of another");
}

}  // namespace
}  // namespace cogent::testing
