# How every folder is built: one function for a layer, one for a test, one target for the flags.

option(FRESHET_HEADER_SELF_CHECK "Compile every header on its own" OFF)

add_library(freshet_flags INTERFACE)
target_compile_features(freshet_flags INTERFACE cxx_std_20)
target_compile_options(freshet_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Werror
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>)

# freshet_layer(NAME SOURCES a.cpp ... HEADERS a.h ... USES freshet::base ... LIBRARIES Xapian ...)
#
# A static library with the alias freshet::NAME. USES are our own layers and travel with the headers;
# LIBRARIES are wrapped third-party libraries and stay private. Without SOURCES it only groups USES.
function(freshet_layer name)
  cmake_parse_arguments(layer "" "" "SOURCES;HEADERS;USES;LIBRARIES" ${ARGN})
  set(target freshet_${name})
  if(NOT layer_SOURCES)
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ${layer_USES})
    target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR})
  else()
    add_library(${target} STATIC ${layer_SOURCES})
    target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}
                   FILES ${layer_HEADERS})
    target_link_libraries(${target} PUBLIC ${layer_USES} PRIVATE freshet_flags ${layer_LIBRARIES})
    target_compile_features(${target} PUBLIC cxx_std_20)
  endif()
  add_library(freshet::${name} ALIAS ${target})
  if(FRESHET_HEADER_SELF_CHECK AND layer_HEADERS AND layer_SOURCES)
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
endfunction()

# freshet_test(NAME LABEL unit|contract|end_to_end|slow SOURCES a_test.cpp ... USES freshet::base ...)
#
# One GoogleTest program; each of its tests becomes one ctest entry with the given label.
function(freshet_test name)
  cmake_parse_arguments(test "" "LABEL;TIMEOUT" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_executable(${name} ${test_SOURCES})
  target_link_libraries(${name} PRIVATE freshet_flags freshet::test_support ${test_USES}
                        ${test_LIBRARIES} GTest::gmock GTest::gtest_main)
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 300)
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES LABELS "${test_LABEL}" TIMEOUT ${test_TIMEOUT})
endfunction()
