#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <span>
#include <sstream>
#include <string>

#include <gmock/gmock.h>

#include "config/value_reader.h"
#include "sources/http_api/authoring/skeleton.h"
#include "sources/http_api/manifest/shipped.h"
#include "sources/thread.h"
#include "tests/sources/http_api/support/manifest_edits.h"
#include "tests/sources/http_api/support/manifest_forms.h"

namespace freshet::testing {
namespace {

using nlohmann::json;
using std::string;
using std::string_view;
using Names = std::set<string>;

/// Where a map of the language stands in the complete manifest, and its name in the schema.
struct Level {
  string_view at;
  string_view definition;  ///< Empty: the schema itself.
};

constexpr std::array kLevels = std::to_array<Level>({
    {"", ""},
    {"/about", "about"},
    {"/about/freshness", "freshness"},
    {"/config/token", "option"},
    {"/auth", "auth"},
    {"/limits/0", "limit"},
    {"/on/0", "rule"},
    {"$", "stream"},
    {"$/partition", "partition"},
    {"$/pages", "page_members"},
    {"$/pages/into", "place"},
    {"$/pages/size", "size"},
    {"$/pages/total", "header_name"},
    {"$/cursor", "cursor"},
    {"$/hydrate", "hydrate"},
    {"$/children/comments", "child"},
    {"$/deletes", "deletes"},
    {"$/deletes/sweep", "sweep"},
    {"$/deletes/feed", "feed"},
    {"$/deletes/probe", "probe"},
    {"$/rescan", "again"},
    {"$/map", "map"},
    {"$/map/kind", "kind"},
    {"$/map/body", "body"},
    {"$/map/visibility/0", "visibility_rule"},
    {"$/map/relations/0", "relation"},
    {"$/map/messages", "messages"},
    {"$/map/resolution", "resolution"},
});

/// The forms of a field: which one it is depends on the members, so they are not filled up below.
constexpr std::array kForms = std::to_array<Level>({{"$/map/metadata/product", "constant"},
                                                    {"$/map/url", "lookup"},
                                                    {"$/map/state", "table"},
                                                    {"$/map/draft", "choice"},
                                                    {"$/map/metadata/team", "fragment"}});

/// What a type cannot do without, separated by blanks.
struct Needs {
  string_view at;
  string_view type;
  string_view members;
};

constexpr std::array kNeeds = std::to_array<Needs>({
    {"/auth", "none", ""},
    {"/auth", "basic", "user password"},
    {"/auth", "bearer", "token"},
    {"/auth", "headers", "set"},
    {"/auth", "query", "set"},
    {"/auth", "oauth2_refresh", "url client_id client_secret refresh_token"},
    {"/auth", "oauth2_client_credentials", "url client_id client_secret"},
    {"/auth", "signed_jwt", "url key issuer"},
    {"/auth", "session", "url form take"},
    {"$/pages", "none", ""},
    {"$/pages", "token", "from into"},
    {"$/pages", "token_object", "from"},
    {"$/pages", "next_url", "from"},
    {"$/pages", "link_header", ""},
    {"$/pages", "page", "into"},
    {"$/pages", "offset", "into"},
    {"$/pages", "keyset", "from into"},
    {"$/cursor", "full", ""},
    {"$/cursor", "time", "field lag overlap"},
    {"$/cursor", "token", "from into"},
    {"$/cursor", "feed", "field overlap"},
    {"$/cursor", "seq", "field"},
});

string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

const json& definition(string_view name) {
  const json& schema = manifest_schema_json();
  return name.empty() ? schema : schema.at("definitions").at(string(name));
}

Names names_of(const json& object) {
  Names names;
  for (const auto& [name, value] : object.items()) names.insert(name);
  return names;
}

/// Every word that stands in quotation marks in a reader, and every member of the schema.
Names words() {
  Names words;
  const auto folder = std::filesystem::path(FRESHET_SOURCE_DIR) / "sources/http_api/manifest";
  const std::regex quoted("\"([a-z][a-z0-9_]*)\"");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".cpp") continue;
    const string text = text_of(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), quoted), end; at != end; ++at)
      words.insert((*at)[1]);
  }
  for (const Level& level : kLevels)
    words.merge(names_of(definition(level.definition)["properties"]));
  return words;
}

/// What the reader says to a member that it does not know.
bool is_unknown(const config::Problem& problem, const string& word) {
  return problem.message.starts_with("is no option") &&
         (problem.option == word || problem.option.ends_with("." + word));
}

/// The members that the reader knows at a level: those that stand there, and those of `candidates`
/// that it does not complain of.
Names known_to_reader(const Level& level, const Names& candidates) {
  constexpr std::size_t kAtOnce = 30;  // More problems than a hundred are not told.
  const auto at = pointer_to(level.at);
  Names known = names_of(complete_manifest()[at]);
  std::vector<string> others;
  std::ranges::set_difference(candidates, known, std::back_inserter(others));
  for (std::size_t from = 0; from < others.size(); from += kAtOnce) {
    const auto until = std::min(from + kAtOnce, others.size());
    json manifest = complete_manifest();
    for (std::size_t i = from; i < until; ++i) manifest[at][others[i]] = ".x";
    const auto problems = reader_problems(manifest);
    for (std::size_t i = from; i < until; ++i) {
      const bool unknown = std::ranges::any_of(
          problems, [&](const auto& problem) { return is_unknown(problem, others[i]); });
      if (!unknown) known.insert(others[i]);
    }
  }
  return known;
}

json edited(const Edit& edit) {
  return with(complete_manifest(), edit.at, json::parse(edit.value, nullptr, false));
}

string described(const Edit& edit) {
  return string(edit.at) + " " + string(edit.value);
}

void expect_accepted(const json& manifest, const string& what) {
  EXPECT_TRUE(schema_accepts(manifest)) << "the schema refuses " << what;
  for (const auto& problem : reader_problems(manifest))
    ADD_FAILURE() << what << ": " << config::describe(problem, "reader");
}

void expect_refused(const json& manifest, const string& what) {
  EXPECT_FALSE(schema_accepts(manifest)) << "the schema accepts " << what;
  EXPECT_FALSE(reader_problems(manifest).empty()) << "the reader accepts " << what;
}

json value_for(string_view member) {
  if (member == "set" || member == "form") return {{"name", "value"}};
  if (member == "into") return {{"query", "after"}};
  return member == "lag" || member == "overlap" ? "60s" : ".x";
}

TEST(ManifestSchema, EveryShippedManifestFits) {
  for (const auto& shipped : sources::http_api::shipped_manifests())
    EXPECT_TRUE(schema_accepts(manifest_json(shipped.text))) << shipped.id;
}

TEST(ManifestSchema, TheSkeletonFits) {
  EXPECT_TRUE(schema_accepts(manifest_json(sources::http_api::manifest_skeleton("acme"))));
}

TEST(ManifestSchema, RightManifestsAreAcceptedByTheReaderToo) {
  expect_accepted(complete_manifest(), "nothing edited");
  for (const Edit& edit : kAlsoRight) expect_accepted(edited(edit), described(edit));
}

TEST(ManifestSchema, BrokenManifestsAreRefusedByTheReaderToo) {
  for (const Edit& edit : kBroken) expect_refused(edited(edit), described(edit));
}

TEST(ManifestSchema, UnknownMembersAreRefusedAtEveryLevel) {
  for (const auto& levels : {std::span<const Level>(kLevels), std::span<const Level>(kForms)}) {
    for (const Level& level : levels) {
      const string at = string(level.at) + "/wrong";
      expect_refused(with(complete_manifest(), at, ".x"), at);
    }
  }
}

TEST(ManifestSchema, TypesNeedWhatTheReaderNeeds) {
  for (const Needs& needs : kNeeds) {
    json full = {{"type", needs.type}};
    std::istringstream members{string(needs.members)};
    const std::vector<string> names(std::istream_iterator<string>(members), {});
    for (const string& name : names) full[name] = value_for(name);

    expect_accepted(with(complete_manifest(), needs.at, full), full.dump());
    for (const string& name : names) {
      json lacking = full;
      lacking.erase(name);
      expect_refused(with(complete_manifest(), needs.at, lacking), lacking.dump());
    }
  }
}

TEST(ManifestSchema, KnowsTheMembersThatTheReaderKnowsAtEveryLevel) {
  const Names candidates = words();
  ASSERT_GT(candidates.size(), 100U) << "the test did not find the readers";

  for (const Level& level : kLevels) {
    EXPECT_EQ(known_to_reader(level, candidates),
              names_of(definition(level.definition)["properties"]))
        << level.at;
  }
}

TEST(ManifestSchema, TheLevelsOfThisTestAreAllThereAre) {
  Names tested;
  for (const Level& level : kLevels) tested.insert(string(level.definition));
  for (const Level& level : kForms) tested.insert(string(level.definition));
  Names closed{""};
  for (const auto& [name, value] : manifest_schema_json()["definitions"].items()) {
    if (value.value("additionalProperties", json()) == false) closed.insert(name);
  }

  EXPECT_EQ(tested, closed);
}

TEST(ManifestSchema, ListsTheWordsThatTheReaderLists) {
  std::vector<std::pair<string, json>> lists{
      {"/rate_headers/X-Wait", definition("rate_header")["enum"]}};
  for (const Level& level : kLevels) {
    for (const auto& [name, member] : definition(level.definition)["properties"].items()) {
      const json list = member.value("enum", json());
      if (list.is_array() && list.front().is_string())
        lists.emplace_back(string(level.at) + "/" + name, list);
    }
  }
  ASSERT_GT(lists.size(), 8U);

  for (const auto& [at, list] : lists) {
    const auto alternatives = list.get<std::vector<string>>();
    const string wanted =
        "must be " + config::join_alternatives({alternatives.begin(), alternatives.end()});
    EXPECT_THAT(reader_problems(with(complete_manifest(), at, "no such word")),
                ::testing::Contains(::testing::Field(&config::Problem::message, wanted)))
        << at;
  }
}

TEST(ManifestSchema, ListsTheRulesThatFindASolution) {
  EXPECT_THAT(definition("pick_rule")["enum"].get<std::vector<string>>(),
              ::testing::ElementsAreArray(sources::kPickRules));
}

TEST(ManifestSchema, SaysWhatEveryMemberIsInOneSentence) {
  for (const auto& levels : {std::span<const Level>(kLevels), std::span<const Level>(kForms)}) {
    for (const Level& level : levels) {
      for (const auto& [name, member] : definition(level.definition)["properties"].items()) {
        const string target = member.value("$ref", "");
        const json& described = member.contains("description")
                                    ? member
                                    : definition(target.substr(target.rfind('/') + 1));
        const string sentence = described.value("description", "");
        EXPECT_THAT(sentence, ::testing::EndsWith(".")) << level.definition << "." << name;
        EXPECT_EQ(sentence.find(". "), string::npos) << level.definition << "." << name;
      }
    }
  }
}

}  // namespace
}  // namespace freshet::testing
