#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/utf8.h"
#include "pipeline/extract/text.h"
#include "tests/pipeline/extract/extracted_text.h"
#include "tests/support/recorded_payloads.h"
#include "tests/support/result_matchers.h"

namespace freshet::pipeline::testing {
namespace {

/// Calls `visit` for every object of every JSON file (or file of JSON lines) below a folder.
void for_each_object(const std::filesystem::path& folder,
                     const std::function<void(const Json&)>& visit) {
  const auto visit_all = [&](const Json& root) {
    std::vector<const Json*> waiting{&root};
    while (!waiting.empty()) {
      const Json& value = *waiting.back();
      waiting.pop_back();
      if (value.is_object()) visit(value);
      if (value.is_structured()) {
        for (const Json& child : value) waiting.push_back(&child);
      }
    }
  };
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json" && entry.path().extension() != ".jsonl") continue;
    std::ifstream file(entry.path());
    if (entry.path().extension() == ".json") {
      std::stringstream text;
      text << file.rdbuf();
      if (const auto json = parse_json(text.str())) visit_all(*json);
    }
    for (std::string line; entry.path().extension() == ".jsonl" && std::getline(file, line);) {
      if (const auto json = parse_json(line)) visit_all(*json);
    }
  }
}

std::string all_text(const ExtractedDocument& document) {
  std::string text;
  for (const Block& block : document.blocks) text += clean_line(block.text) + "\n";
  return text;
}

/// Every string under one of `keys` that a reader sees.
std::vector<std::string> strings_under(const Json& root, std::string_view key) {
  std::vector<std::string> found;
  std::vector<const Json*> waiting{&root};
  while (!waiting.empty()) {
    const Json& value = *waiting.back();
    waiting.pop_back();
    if (const auto text = json_string(value, key)) {
      for (const std::string_view line : split_at(*text, '\n')) found.push_back(clean_line(line));
    }
    if (value.is_structured()) {
      for (const Json& child : value) waiting.push_back(&child);
    }
  }
  return found;
}

class ServicePayloads : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_SUCCEEDS(folder_, freshet::testing::recorded_payloads()); }

  void expect_all_text(std::string_view media_type, const Json& body, std::string_view key) {
    const std::string text = all_text(read_as(media_type, dump_json(body)));
    for (const std::string& wanted : strings_under(body, key)) {
      EXPECT_NE(text.find(wanted), std::string::npos) << truncate_utf8(wanted, 80);
    }
    ++bodies_;
  }

  std::filesystem::path folder_;
  std::size_t bodies_ = 0;
};

TEST_F(ServicePayloads, LoseNoTextOfJiraDescriptionsAndComments) {
  for_each_object(folder_ / "jira", [&](const Json& object) {
    if (json_string(object, "type") != "doc" || !object.contains("content")) return;
    expect_all_text("application/vnd.atlassian.adf+json", object, "text");
  });

  EXPECT_GT(bodies_, 10U);
}

TEST_F(ServicePayloads, LoseNoTextOfNotionBlocks) {
  for_each_object(folder_ / "notion", [&](const Json& object) {
    if (json_string(object, "object") != "block" || !object.contains("type")) return;
    expect_all_text("application/vnd.notion.blocks+json", object, "plain_text");
  });

  EXPECT_GT(bodies_, 2U);
}

TEST_F(ServicePayloads, GiveTextForEveryPostAndTicket) {
  const auto expect_text = [&](const Json& object, std::string_view key) {
    const std::string html = json_string(object, key).value_or("");
    if (html.find("<p>") == std::string::npos) return;
    EXPECT_FALSE(read_as("text/html", html).blocks.empty()) << truncate_utf8(html, 80);
    ++bodies_;
  };
  for_each_object(folder_ / "discourse",
                  [&](const Json& object) { expect_text(object, "cooked"); });
  for_each_object(folder_ / "freshdesk", [&](const Json& object) {
    for (const std::string_view key : {"body", "description", "description_html"})
      expect_text(object, key);
  });

  EXPECT_GT(bodies_, 10U);
}

}  // namespace
}  // namespace freshet::pipeline::testing
