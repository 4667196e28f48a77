#include "config/reference.h"

#include <sstream>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "config/option_tables.h"
#include "config/sections.h"
#include "config/source_types.h"
#include "tests/config/reading.h"

namespace freshet::config {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::problems_of;
using testing::read_text;

std::vector<std::vector<DescribedOption>> every_table() {
  std::vector<std::vector<DescribedOption>> tables{
      describe_table(top_options()),          describe_table(source_options()),
      describe_table(delete_guard_options()), describe_table(redact_options()),
      describe_table(redact_field_options()), describe_table(resolution_options())};
  for (const auto& section : sections()) tables.push_back(section.describe());
  for (const auto& type : source_types()) {
    tables.push_back(type.describe());
    for (const auto& group : type.groups) tables.push_back(group.describe());
  }
  return tables;
}

TEST(OptionTables, SayWhatEveryOptionMeans) {
  for (const auto& table : every_table()) {
    for (const auto& option : table) {
      EXPECT_TRUE(option.text.meaning.ends_with('.')) << option.text.name;
      EXPECT_LE(option.text.minimum, option.text.maximum) << option.text.name;
      const bool of_words =
          option.text.type == OptionType::Choice || option.text.type == OptionType::WordMap;
      EXPECT_EQ(of_words, !option.text.choices.empty()) << option.text.name;
    }
  }
}

TEST(OptionTables, HaveTheDefaultsOfTheSettings) {
  const auto serve = describe_table(serve_options());

  EXPECT_EQ(serve.at(0).default_text, ServeSettings{}.listen);
  EXPECT_EQ(serve.at(2).default_text, "1 MiB");
  EXPECT_EQ(serve.at(5).default_text, "30s");
  EXPECT_EQ(describe_table(delete_guard_options()).at(0).default_text, "30%");
}

/// The example with every option that it comments out put to work.
std::string uncommented(const std::string& example) {
  std::istringstream stream(example);
  std::string text;
  for (std::string line; std::getline(stream, line);) {
    const auto start = line.find_first_not_of(' ');
    if (start != std::string::npos && line.compare(start, 2, "# ") == 0) line.erase(start, 2);
    text += line + "\n";
  }
  return text;
}

TEST(Example, ShowsOptionsThatExist) {
  const auto reading = read_text(uncommented(commented_example()));

  EXPECT_THAT(problems_of(reading), Not(HasSubstr("is no option")));
  EXPECT_THAT(problems_of(reading), Not(HasSubstr("is not YAML")));
  EXPECT_EQ(reading.settings.sources.size(), 2U);
  EXPECT_EQ(reading.settings.serve.request_timeout, ServeSettings{}.request_timeout);
}

TEST(Example, IsAValidConfiguration) {
  const auto reading = read_text(commented_example());

  EXPECT_EQ(problems_of(reading), "");
  EXPECT_EQ(reading.settings.sources.size(), 1U);
}

TEST(Example, FitsOnAScreenLine) {
  std::istringstream stream(commented_example());
  for (std::string line; std::getline(stream, line);) EXPECT_LE(line.size(), 100U) << line;
}

TEST(Schema, AllowsExactlyTheOptionsThereAre) {
  const auto schema = settings_schema();

  EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
  for (const auto& section : sections()) {
    const auto& object = schema["properties"][std::string(section.name)];
    EXPECT_EQ(object["properties"].size(), section.describe().size()) << section.name;
    EXPECT_EQ(object["additionalProperties"], false);
  }
  const auto& branches = schema["properties"]["sources"]["items"]["allOf"];
  ASSERT_EQ(branches.size(), source_types().size());
  EXPECT_EQ(branches[0]["if"]["properties"]["type"]["const"], "git");
  EXPECT_TRUE(branches[0]["then"]["properties"].contains("repository"));
  EXPECT_FALSE(branches[1]["then"]["properties"].contains("repository"));
  EXPECT_FALSE(branches[1]["then"]["properties"].contains("attachments"));
  const auto& attachments = branches[2]["then"]["properties"]["attachments"];
  EXPECT_TRUE(attachments["properties"].contains("max_total_bytes"));
  EXPECT_EQ(attachments["additionalProperties"], false);
}

/// Tests run in the source directory, so that this finds the page.
TEST(ConfigurationPage, HoldsTheGeneratedTables) {
  const auto page = read_file("docs/configuration.md");
  ASSERT_TRUE(page) << page.error().message;

  EXPECT_THAT(*page, HasSubstr("<!-- options:begin -->\n\n" + options_markdown() +
                               "\n<!-- options:end -->"));
}

}  // namespace
}  // namespace freshet::config
