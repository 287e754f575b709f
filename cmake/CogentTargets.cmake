# What all of Cogent's own targets have in common.

# Warnings, and the language without compiler extensions.
function(cogent_set_up target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -Wall -Wextra)
  if(COGENT_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# The naive C++ that generated code is measured against is compiled at exactly the level its file name says: the
# file's own options come last on the command line and so override the build type's.
function(cogent_pin_optimization_levels)
  foreach(source ${ARGN})
    if(source MATCHES "_o([23])\\.cpp$")
      set_source_files_properties(${source} PROPERTIES COMPILE_OPTIONS "-O${CMAKE_MATCH_1}")
    endif()
  endforeach()
endfunction()

# Sets `variable` in the caller to whether one of the given sources has an include that begins with `header`.
function(cogent_sources_include variable header)
  set(found FALSE)
  foreach(source ${ARGN})
    file(STRINGS ${source} lines REGEX "^#include [<\"]${header}")
    if(lines)
      set(found TRUE)
    endif()
  endforeach()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()
