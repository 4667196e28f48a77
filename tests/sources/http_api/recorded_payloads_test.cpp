// Answers that real systems gave, mapped by the manifests that we ship, against golden files.
//
// recorded_payloads.json says per system which configuration, and per case: the stream, the file
// below ../shared/data/api-fixtures, the jq program that finds the records in it ("records"), and
// where their children and the rows of lookups stand: {"at": program, "file": another file}, with
// `$parent` as the record, or {"given": rows} for what nobody recorded. A program also undoes what
// the recorder changed. The answers themselves stay outside the repository, so the goldens keep
// the length and the beginning of long bodies.
//
// FRESHET_WRITE_GOLDENS=1 writes recorded_payloads/SYSTEM.json anew; read what changed before you
// keep it.
#include "tests/support/recorded_payloads.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "base/utf8.h"
#include "sources/http_api/authoring/samples.h"
#include "sources/http_api/manifest/read_manifest.h"
#include "sources/http_api/manifest/shipped.h"
#include "sources/http_api/mapping/field_values.h"
#include "tests/sources/http_api/support/recorded_file.h"
#include "tests/support/result_matchers.h"

namespace freshet::sources::http_api::testing {
namespace {

using freshet::testing::Succeeds;

constexpr std::size_t kMostOfABody = 80;
constexpr const char* kTable = "tests/sources/http_api/recorded_payloads.json";

Result<Json> read_json(const std::string& path) {
  FRESHET_TRY(const std::string text, read_file(path));
  auto json = parse_json(text);
  if (!json) return while_doing("read " + path, std::move(json).error());
  return json;
}

/// Long bodies as their length and beginning.
Json shortened(Json described) {
  const auto shorten = [](Json& holder) {
    const auto body = json_string(holder, "body").value_or("");
    if (body.size() <= kMostOfABody) return;
    holder["body"] = {{"bytes", body.size()}, {"begins", truncate_utf8(body, kMostOfABody)}};
  };
  shorten(described);
  if (described.contains("messages"))
    std::for_each(described["messages"].begin(), described["messages"].end(), shorten);
  return described;
}

/// What the programs of the table find in the recorded files, each of which is read once.
class Recordings {
 public:
  explicit Recordings(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::vector<Value>> find(const std::string& file, const std::string& program,
                                  const Value& parent = {}) {
    if (!files_.contains(file)) {
      FRESHET_TRY(files_[file], read_recorded_file(folder_ / file));
    }
    FRESHET_TRY(const auto expression, Expression::compile(program));
    Variables variables;
    variables.parent = parent;
    return expression.all(files_[file], variables);
  }

  /// By name, what the places under `places` hold.
  Result<Json> lists(const Json& places, const std::string& file, const Value& parent = {}) {
    Json lists = Json::object();
    for (const auto& [name, place] : places.items()) {
      Json& list = lists[name] = Json::array();
      if (const Json* given = json_member(place, "given")) {
        list = *given;
        continue;
      }
      FRESHET_TRY(const auto found, find(json_string(place, "file").value_or(file),
                                         json_string(place, "at").value_or(""), parent));
      for (const Value& value : found) {
        FRESHET_TRY(auto row, parse_json(value.to_json()));
        list.push_back(std::move(row));
      }
    }
    return lists;
  }

 private:
  std::filesystem::path folder_;
  std::map<std::string, Value> files_;
};

/// One case of the table.
struct Case {
  std::string name;
  std::string stream;
  std::string file;
  std::string records;
  Json children;
  Json lookups;

  explicit Case(const Json& json)
      : name(json_string(json, "name").value_or("")),
        stream(json_string(json, "stream").value_or("")),
        file(json_string(json, "file").value_or("")),
        records(json_string(json, "records").value_or("")),
        children(json.value("children", Json::object())),
        lookups(json.value("lookups", Json::object())) {}
};

/// Maps the records of one system as a sync does once it has read them.
class SystemUnderTest {
 public:
  SystemUnderTest(const Manifest& manifest, Json config, Recordings& recordings)
      : manifest_(&manifest), config_(std::move(config)), recordings_(&recordings) {}

  /// What became of every record of a case.
  Result<Json> map(const Case& one) {
    const auto stream =
        std::find_if(manifest_->streams.begin(), manifest_->streams.end(),
                     [&](const StreamSpec& spec) { return spec.name == one.stream; });
    if (stream == manifest_->streams.end())
      return Error{ErrorKind::Invalid, "there is no stream \"" + one.stream + "\""};
    FRESHET_TRY(Json lookups, recordings_->lists(one.lookups, one.file));
    FRESHET_TRY(const auto mapper,
                SampleMapper::create(*manifest_, {config_, std::move(lookups), {}, {}}));
    FRESHET_TRY(const auto records, recordings_->find(one.file, one.records));
    Json mapped = Json::array();
    for (const Value& record : records) {
      FRESHET_TRY(Json children, recordings_->lists(one.children, one.file, record));
      FRESHET_TRY(Json document, map(*stream, mapper, record, std::move(children)));
      mapped.push_back(std::move(document));
    }
    return mapped;
  }

 private:
  static Result<Json> map(const StreamSpec& stream, const SampleMapper& mapper, const Value& record,
                          Json children) {
    const ListingSpec& listing = stream.hydrate ? stream.hydrate->listing : stream.listing;
    if (listing.where) {
      FRESHET_TRY(const Value wanted, listing.where->first(record));
      if (!wanted.truthy()) return Json{{"became", "passed over"}};
    }
    FRESHET_TRY(Json json, parse_json(record.to_json()));
    const auto mapped = mapper.map({"", stream.name, std::move(json), std::move(children), {}});
    if (!mapped) return Json{{"became", "refused: " + mapped.error().message}};
    if (!mapped->document) return Json{{"became", "deleted"}};
    Json described = shortened(describe(*mapped->document));
    FRESHET_TRY(described["mark"], mark_of(stream.cursor, record));
    return described;
  }

  /// When the record changed, as the cursor of its stream sees it.
  static Result<Json> mark_of(const CursorSpec& cursor, const Value& record) {
    if (!cursor.field) return Json();
    FRESHET_TRY(const Value found, cursor.field->first(record));
    const auto time = time_of(found);
    return time ? Json(to_rfc3339(*time)) : Json();
  }

  const Manifest* manifest_;
  Json config_;
  Recordings* recordings_;
};

class RecordedPayloads : public ::testing::TestWithParam<const char*> {
 protected:
  /// What became of every case, by its name.
  void map_all(Json& mapped) {
    ASSERT_SUCCEEDS(const auto folder, freshet::testing::recorded_payloads());
    ASSERT_SUCCEEDS(const Json table, read_json(kTable));
    const Json& system = table.at(GetParam());
    ASSERT_SUCCEEDS(const std::string text, manifest_text(GetParam()));
    config::Problems problems;
    const auto manifest = read_manifest(text, problems);
    ASSERT_TRUE(manifest);
    Recordings recordings(folder);
    SystemUnderTest under_test(*manifest, system.value("config", Json::object()), recordings);

    for (const Json& json : system.at("cases")) {
      const Case one(json);
      SCOPED_TRACE(one.name);
      ASSERT_SUCCEEDS(mapped[one.name], under_test.map(one));
      EXPECT_FALSE(mapped[one.name].empty()) << "no record stands there";
    }
  }
};

TEST_P(RecordedPayloads, MapAsTheGoldenFileSays) {
  const std::string golden =
      std::string("tests/sources/http_api/recorded_payloads/") + GetParam() + ".json";
  Json mapped = Json::object();

  ASSERT_NO_FATAL_FAILURE(map_all(mapped));

  if (std::getenv("FRESHET_WRITE_GOLDENS") != nullptr) {
    ASSERT_THAT(write_file_atomically(golden, dump_json_pretty(mapped) + "\n"), Succeeds());
  }
  ASSERT_SUCCEEDS(const Json expected, read_json(golden));
  for (const auto& [name, documents] : mapped.items())
    EXPECT_EQ(dump_json_pretty(documents), dump_json_pretty(expected.value(name, Json()))) << name;
  EXPECT_EQ(mapped.size(), expected.size()) << golden << " has a case that the table has not";
}

INSTANTIATE_TEST_SUITE_P(Systems, RecordedPayloads,
                         ::testing::Values("confluence", "discourse", "freshdesk", "github",
                                           "gitlab", "intercom", "jira", "notion"),
                         [](const auto& test) { return std::string(test.param); });

}  // namespace
}  // namespace freshet::sources::http_api::testing
