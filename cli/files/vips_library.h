// libvips: started and stopped, its objects owned, its errors as one line.
#pragma once
#include <vips/vips.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace cogent::cli {

/// A picture's file that cannot be read or written. what() is one line without the file's name.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The same in the words of libvips, which has one text of errors for all threads: if several use it at once, the
/// reason may be another one's.
class VipsError : public FileError {
 public:
  using FileError::FileError;
};

/// libvips from here to the end of the program. Loaders that its authors do not call safe for files of strangers are
/// blocked, but for PNM's. Throws FileError.
class VipsLibrary {
 public:
  VipsLibrary(const char* program, int threads);
  ~VipsLibrary();
  VipsLibrary(const VipsLibrary&) = delete;
  VipsLibrary& operator=(const VipsLibrary&) = delete;
};

struct Unreference {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class Object>
using VipsPointer = std::unique_ptr<Object, Unreference>;

/// What libvips last complained about, as one line; its memory of it is emptied. One for all threads.
std::string take_vips_error();
/// Owns what libvips made; throws VipsError with its complaint if that is null.
template <class Object>
VipsPointer<Object> owned(Object* object) {
  if (object == nullptr) throw VipsError(take_vips_error());
  return VipsPointer<Object>(object);
}

}  // namespace cogent::cli
