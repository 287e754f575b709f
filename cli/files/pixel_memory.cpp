// Memory for the pixels of a picture; for very large ones a file without a name, so that they need not fit in memory.
#include "files/pixel_memory.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string>

#include "files/vips_library.h"

namespace cogent::cli {
namespace {

std::atomic<std::size_t> in_memory = 0;  // bytes of all pixels that are in no file

/// Space on the disk for all of a file; an error number, 0 if it is there.
int reserve(int file, std::size_t bytes) {
  struct statvfs disk = {};
  const bool is_known = ::fstatvfs(file, &disk) == 0 && disk.f_blocks != 0 && disk.f_frsize != 0;
  if (is_known && bytes / disk.f_frsize > disk.f_bavail) return ENOSPC;  // else some fill up before they say so
  return ::posix_fallocate(file, 0, static_cast<off_t>(bytes));
}

/// The descriptor of a file of that size that is gone when it is closed. All of it is on the disk: a full one says so
/// here, not by a signal when a pixel is written.
int scratch_file(std::size_t bytes) {
  const char* folder = std::getenv("TMPDIR");
  std::string name = std::string(folder != nullptr && *folder != 0 ? folder : "/var/tmp") + "/cogent-XXXXXX";
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file >= 0) ::unlink(name.c_str());
  const int error = file < 0 ? errno : reserve(file, bytes);
  if (error != 0) {
    const std::string why = std::strerror(error);
    if (file >= 0) ::close(file);
    throw FileError("no scratch file of " + std::to_string(bytes) + " bytes: " + why);
  }
  return file;
}

}  // namespace

std::size_t PixelMemory::largest_in_memory() {
  const char* const said = std::getenv("COGENT_MEMORY");
  if (said == nullptr || *said == 0)
    return static_cast<std::size_t>(::sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 2;
  std::size_t bytes = 0;
  const char* const end = said + std::strlen(said);
  const auto [stop, error] = std::from_chars(said, end, bytes);
  if (error != std::errc() || stop != end)
    throw FileError("the environment's COGENT_MEMORY is '" + std::string(said) + "': expected a number of bytes");
  return bytes;
}

void* PixelMemory::at_least(std::size_t bytes) {
  if (bytes <= size_) return data_;
  release();
  const std::size_t before = in_memory.fetch_add(bytes);
  in_file_ = before + bytes < bytes || before + bytes > largest_in_memory();
  if (in_file_) in_memory -= bytes;
  try {
    data_ = map(bytes, in_file_);
  } catch (...) {
    if (!in_file_) in_memory -= bytes;
    throw;
  }
  size_ = bytes;
  return data_;
}

void* PixelMemory::map(std::size_t bytes, bool in_file) {
  const int file = in_file ? scratch_file(bytes) : -1;
  const int kind = in_file ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS;
  void* const data = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, kind, file, 0);
  if (file >= 0) ::close(file);
  if (data == MAP_FAILED) throw FileError("there is no memory for " + std::to_string(bytes) + " bytes of pixels");
  if (!in_file) ::madvise(data, bytes, MADV_HUGEPAGE);
  return data;
}

void PixelMemory::release() {
  if (data_ != nullptr) ::munmap(data_, size_);
  if (data_ != nullptr && !in_file_) in_memory -= size_;
  data_ = nullptr;
  size_ = 0;
}

}  // namespace cogent::cli
