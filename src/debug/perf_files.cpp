// Appends a line to the map and two records to the dump for each function.
#include "debug/perf_files.h"

#include <elf.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>
#include <utility>

#include "debug/byte_writer.h"

namespace cogent::debug {
namespace {

constexpr std::uint32_t dump_magic = 0x4A695444, dump_version = 1, dump_header_bytes = 40;
enum Record : std::uint32_t { CodeLoad = 0, CodeDebugInfo = 2 };

// perf record must be told to use the same clock: perf record -k mono.
std::uint64_t now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(time.tv_nsec);
}

void write(std::FILE* file, const ByteWriter& bytes) {
  std::fwrite(bytes.data().data(), 1, bytes.size(), file);
  std::fflush(file);
}

// A record begins with its kind, its whole size, which is filled here, and the time.
template <class Content>
void write_record(std::FILE* file, Record kind, const Content& content) {
  ByteWriter body;
  content(body);
  ByteWriter record;
  record.u32(kind);
  record.u32(static_cast<std::uint32_t>(16 + body.size()));
  record.u64(now());
  record.bytes(std::as_bytes(std::span(body.data())));
  write(file, record);
}

void write_header(std::FILE* file, int process) {
  ByteWriter header;
  header.u32(dump_magic);
  header.u32(dump_version);
  header.u32(dump_header_bytes);
  header.u32(EM_X86_64);
  header.u32(0);
  header.u32(static_cast<std::uint32_t>(process));
  header.u64(now());
  header.u64(0);
  write(file, header);
}

}  // namespace

PerfFiles::PerfFiles(std::string folder) : folder_(std::move(folder)) {}

PerfFiles::~PerfFiles() { close(); }

void PerfFiles::close() {
  if (marker_ != nullptr) munmap(marker_, static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
  if (map_ != nullptr) std::fclose(map_);
  if (dump_ != nullptr) std::fclose(dump_);
  marker_ = nullptr;
  map_ = dump_ = nullptr;
}

void PerfFiles::open() {
  if (process_ == getpid()) return;
  close();
  process_ = getpid();
  map_ = std::fopen(("/tmp/perf-" + std::to_string(process_) + ".map").c_str(), "we");
  dump_ = std::fopen((folder_ + "/jit-" + std::to_string(process_) + ".dump").c_str(), "w+e");
  if (dump_ == nullptr) return;
  write_header(dump_, process_);
  // perf learns of the file by seeing it mapped as code; nothing is ever run there.
  void* marker = mmap(nullptr, static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), PROT_READ | PROT_EXEC, MAP_PRIVATE,
                      fileno(dump_), 0);
  marker_ = marker == MAP_FAILED ? nullptr : marker;
}

void PerfFiles::add(const NativeFunction& function, std::span<const std::uint8_t> code) {
  const std::scoped_lock lock(mutex_);
  open();
  if (map_ != nullptr) {
    std::fprintf(map_, "%llx %zx %s\n", static_cast<unsigned long long>(function.begin()), function.size,
                 function.name.c_str());
    std::fflush(map_);
  }
  if (dump_ != nullptr) add_to_dump(function, code);
}

void PerfFiles::add_to_dump(const NativeFunction& function, std::span<const std::uint8_t> code) {
  write_record(dump_, CodeDebugInfo, [&](ByteWriter& out) {
    const auto row = [&](std::uint64_t offset, std::uint32_t line) {
      out.u64(function.begin() + offset);
      out.u32(line);
      out.u32(0);
      out.text(function.file);
    };
    out.u64(function.begin());
    out.u64(function.rows.size() + 1);
    row(0, function.first_line);
    for (const LineRow& next : function.rows) row(next.offset, next.line);
  });
  write_record(dump_, CodeLoad, [&](ByteWriter& out) {
    out.u32(static_cast<std::uint32_t>(process_));
    out.u32(static_cast<std::uint32_t>(syscall(SYS_gettid)));
    out.u64(function.begin());
    out.u64(function.begin());
    out.u64(code.size());
    out.u64(next_index_++);
    out.text(function.name);
    out.bytes(std::as_bytes(code));
  });
}

}  // namespace cogent::debug
