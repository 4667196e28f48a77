# Every third-party library, under one name each. Debian packages come from scripts/setup; what is not
# packaged is downloaded there too, pinned and hashed, into FRESHET_DEPENDENCIES.
set(FRESHET_DEPENDENCIES ${PROJECT_SOURCE_DIR}/build/dependencies CACHE PATH
    "Where scripts/setup unpacks OpenVINO, hnswlib and the MiniLM model")
if(NOT EXISTS ${FRESHET_DEPENDENCIES}/hnswlib/hnswlib/hnswlib.h)
  message(FATAL_ERROR "Dependencies are missing under ${FRESHET_DEPENDENCIES}: run scripts/setup first.")
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(simdjson REQUIRED)
find_package(fmt REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n data)
find_package(ZLIB REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS url)
find_package(hwy REQUIRED)
find_package(OpenVINO REQUIRED COMPONENTS Runtime
             PATHS ${FRESHET_DEPENDENCIES}/openvino/openvino/cmake NO_DEFAULT_PATH)

pkg_check_modules(LIBGIT2 REQUIRED IMPORTED_TARGET libgit2)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET gumbo)
pkg_check_modules(UCHARDET REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(XAPIAN REQUIRED IMPORTED_TARGET xapian-core)

find_library(ROARING_LIBRARY roaring REQUIRED)
find_library(JQ_LIBRARY jq REQUIRED)
find_library(ONIGURUMA_LIBRARY onig REQUIRED)
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_library(CMARK_GFM_LIBRARY cmark-gfm REQUIRED)
find_library(CMARK_GFM_EXTENSIONS_LIBRARY cmark-gfm-extensions REQUIRED)

add_library(hnswlib INTERFACE)
target_include_directories(hnswlib SYSTEM INTERFACE ${FRESHET_DEPENDENCIES}/hnswlib)
target_compile_definitions(hnswlib INTERFACE NO_MANUAL_VECTORIZATION)

if(BUILD_TESTING)
  find_package(GTest REQUIRED)
  find_package(valijson REQUIRED)
  include(GoogleTest)
endif()
