# Install rules and the package that find_package(Cogent) finds.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# A static library leaves it to those who use it to link with what it needs.
set(leaves_zydis FALSE)
set(leaves_tbb FALSE)
if(NOT BUILD_SHARED_LIBS)
  set(leaves_zydis ${zydis_FOUND})
  set(leaves_tbb ${TBB_FOUND})
endif()

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/Cogent)

install(TARGETS cogent cogent_image EXPORT CogentTargets)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ ${PROJECT_SOURCE_DIR}/image/include/
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT CogentTargets NAMESPACE cogent:: DESTINATION ${package_folder})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/CogentConfig.cmake.in ${PROJECT_BINARY_DIR}/CogentConfig.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/CogentConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/CogentConfig.cmake ${PROJECT_BINARY_DIR}/CogentConfigVersion.cmake
        DESTINATION ${package_folder})

# The file finds its neighbours from where it lies, so that the installed folder may be moved.
set(pkg_config_folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH relative_include_folder /${pkg_config_folder} /${CMAKE_INSTALL_INCLUDEDIR})
set(disassembler_libraries "")
if(leaves_zydis)
  set(disassembler_libraries "-lZydis -lZycore")
endif()
set(parallel_libraries "")
if(leaves_tbb)
  set(parallel_libraries "-ltbb")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/cogent.pc.in ${PROJECT_BINARY_DIR}/cogent.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/cogent.pc DESTINATION ${pkg_config_folder})

# The program, where it was built: a library alone can be installed too.
if(TARGET cogent_program)
  install(TARGETS cogent_program OPTIONAL)
  if(TARGET cogent_opencv)
    install(TARGETS cogent_opencv OPTIONAL LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/cogent)
  endif()
  install(FILES ${PROJECT_SOURCE_DIR}/cli/man/cogent.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${PROJECT_SOURCE_DIR}/cli/completions/cogent.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          RENAME cogent)
  install(FILES ${PROJECT_SOURCE_DIR}/cli/completions/_cogent DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${PROJECT_SOURCE_DIR}/cli/completions/cogent.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()
