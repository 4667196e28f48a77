#include <map>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "tests/house/source_tree.h"

namespace freshet::testing {
namespace {

/// What each room may include besides itself (ARCHITECTURE.md has the same table).
const std::map<std::string, std::set<std::string>>& allowed_includes() {
  static const std::map<std::string, std::set<std::string>> kAllowed{
      {"base", {}},
      {"config", {"base"}},
      {"sources", {"base", "config"}},
      {"index", {"base", "config"}},
      {"pipeline", {"base", "config", "sources", "index"}},
      {"serving", {"base", "config", "index", "pipeline"}},
      {"jobs", {"base", "config", "sources", "index", "pipeline", "serving"}}};
  return kAllowed;
}

std::string room_of(const std::string& path) {
  return path.substr(0, path.find('/'));
}

TEST(Layers, IncludesGoDownOnly) {
  const std::regex include("^#include \"([^\"]+)\".*");
  std::size_t seen = 0;
  for (const SourceFile& file : source_files(rooms())) {
    const std::string room = room_of(file.path);
    for (const std::string& line : file.lines) {
      std::smatch match;
      if (!std::regex_match(line, match, include)) continue;
      const std::string target = room_of(match[1]);
      ++seen;
      EXPECT_TRUE(target == room || allowed_includes().at(room).contains(target))
          << file.path << " includes " << match[1];
    }
  }
  EXPECT_GT(seen, 100U) << "the test did not find the sources";
}

TEST(Layers, EachLibraryHasOneOwner) {
  // Header prefix -> folders that may include it.
  const std::map<std::string, std::set<std::string>> owners{
      {"sqlite3.h", {"pipeline/ledger"}},
      {"xapian.h", {"index/keyword"}},
      {"hnswlib/", {"index/vector"}},
      {"hwy/", {"index/vector"}},
      {"git2", {"sources/git"}},
      {"openvino/", {"index/encoding"}},
      {"curl/", {"base/http"}},
      {"boost/", {"serving", "base/http"}},
      {"gumbo.h", {"pipeline/extract"}},
      {"cmark-gfm", {"pipeline/extract"}},
      {"yaml-cpp/", {"config", "pipeline/extract"}},
      {"CLI/", {"jobs"}},
      {"simdjson.h", {"base", "sources/http_api"}},
      {"jq.h", {"sources/http_api"}},
      {"jv.h", {"sources/http_api"}},
      {"oniguruma.h", {"sources/http_api"}},
      {"roaring/", {"index"}},
      {"zstd.h", {"pipeline/ledger", "index/segments"}}};
  const std::regex include("^\\s*#\\s*include <([^>]+)>.*");
  for (const SourceFile& file : source_files(rooms())) {
    const std::string folder = file.path.substr(0, file.path.rfind('/'));
    for (const std::string& line : file.lines) {
      std::smatch match;
      if (!std::regex_match(line, match, include)) continue;
      const std::string header = match[1];
      for (const auto& [prefix, folders] : owners) {
        if (header.rfind(prefix, 0) != 0) continue;
        EXPECT_TRUE(folders.contains(folder)) << file.path << " includes <" << header << ">";
      }
    }
  }
}

}  // namespace
}  // namespace freshet::testing
