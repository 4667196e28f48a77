# How every folder is built: one function for a layer, one for a test, one target for the flags.

option(FRESHET_HEADER_SELF_CHECK "Compile every header on its own" OFF)

add_library(freshet_flags INTERFACE)
target_compile_features(freshet_flags INTERFACE cxx_std_20)
# Warnings are errors for whoever works on the code, not for whoever builds the program to use it: with full
# optimisation GCC 12 warns of what is not there (gcc.gnu.org/PR105329).
target_compile_options(freshet_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual $<$<NOT:$<CONFIG:RelWithDebInfo>>:-Werror>
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

# Which tests to build: all of them, or one suite where building all would take too long (sanitizers).
set(FRESHET_SUITE "" CACHE STRING "Empty for every test, or the one suite to build: sanitized, threaded")
add_custom_target(suite)

# freshet_test(NAME LABEL unit|contract|end_to_end|slow SOURCES a_test.cpp ... USES freshet::base ...
#              SUITES sanitized threaded DEFINITIONS NAME=value ...)
#
# One GoogleTest program; each of its tests becomes one ctest entry with the given label. SUITES: sanitized for
# hostile input and file formats, threaded for whatever runs on more than one thread.
function(freshet_test name)
  cmake_parse_arguments(test "" "LABEL;TIMEOUT" "SOURCES;USES;LIBRARIES;SUITES;DEFINITIONS" ${ARGN})
  if(FRESHET_SUITE AND NOT FRESHET_SUITE IN_LIST test_SUITES)
    return()
  endif()
  add_executable(${name} ${test_SOURCES})
  add_dependencies(suite ${name})
  target_link_libraries(${name} PRIVATE freshet_flags freshet::test_support ${test_USES}
                        ${test_LIBRARIES} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE ${test_DEFINITIONS})
  # A test is compiled more often than it is run; undefined behaviour is looked for in what it tests.
  target_compile_options(${name} PRIVATE -O0 -fno-sanitize=undefined)
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 300)
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    PROPERTIES LABELS "${test_LABEL}" TIMEOUT ${test_TIMEOUT})
endfunction()

# freshet_program_test(NAME SCRIPT file.py ARGUMENTS ... TIMEOUT seconds)
#
# An end-to-end test: a Python program that is given the built freshet and drives it from outside.
function(freshet_program_test name)
  cmake_parse_arguments(test "" "SCRIPT;TIMEOUT" "ARGUMENTS" ${ARGN})
  if(FRESHET_SUITE)
    return()
  endif()
  add_test(NAME ${name}
    COMMAND python3 ${CMAKE_CURRENT_SOURCE_DIR}/${test_SCRIPT} $<TARGET_FILE:freshet> ${test_ARGUMENTS})
  set_tests_properties(${name} PROPERTIES LABELS end_to_end TIMEOUT ${test_TIMEOUT})
endfunction()
