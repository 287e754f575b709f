// Tells perf of functions that are made at run time: by /tmp/perf-PID.map, which perf report reads, and by a jitdump
// file, which `perf inject --jit` turns into what perf annotate reads
// (tools/perf/Documentation/jitdump-specification.txt and jit-interface.txt of the Linux kernel).
#pragma once
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <span>
#include <string>

#include "debug/native_function.h"

namespace cogent::debug {

/// The files of this process; a child of fork gets its own. Thread-safe. What cannot be written is left out.
class PerfFiles {
 public:
  /// `folder`: where the jitdump file is written.
  explicit PerfFiles(std::string folder);
  ~PerfFiles();
  PerfFiles(const PerfFiles&) = delete;
  PerfFiles& operator=(const PerfFiles&) = delete;

  /// `code`: the function's bytes.
  void add(const NativeFunction& function, std::span<const std::uint8_t> code);

 private:
  void open();
  void close();
  void add_to_dump(const NativeFunction& function, std::span<const std::uint8_t> code);

  const std::string folder_;
  std::mutex mutex_;
  int process_ = 0;
  std::FILE* map_ = nullptr;
  std::FILE* dump_ = nullptr;
  void* marker_ = nullptr;
  std::uint64_t next_index_ = 0;
};

}  // namespace cogent::debug
