#include <chrono>

#include <gtest/gtest.h>

#include "pipeline/redaction/personal.h"
#include "tests/pipeline/redaction/corpus.h"

namespace freshet::pipeline {
namespace {

constexpr std::size_t kBytes = 200'000;

TEST(HostileText, TakesLinearTime) {
  for (const std::string piece : {"@",         "a@",       "a.",     "1",
                                  "1 ",        "1.",       "+1",     "(1",
                                  "0-",        "sk-",      "token:", "token=a1",
                                  "password=", "Bearer ",  "eyJ",    "-----BEGIN PRIVATE KEY ",
                                  "DE89 ",     "a:",       "::",     "1.1.1.",
                                  "%40",       "\xC2\xA0", "\xff"}) {
    std::string text;
    while (text.size() < kBytes) text += piece;
    const auto start = std::chrono::steady_clock::now();

    const auto spans = find_personal(text);

    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20)) << piece;
    EXPECT_LE(spans.size(), text.size());
  }
}

TEST(HostileText, KeepsSpansInsideTheText) {
  for (const auto& sentence : testing::personal_corpus(99, 300)) {
    for (std::size_t cut = 0; cut <= sentence.text.size(); cut += 3) {
      const std::string text = sentence.text.substr(cut);
      std::size_t last = 0;
      for (const PersonalSpan& span : find_personal(text)) {
        EXPECT_LE(last, span.begin);
        EXPECT_LT(span.begin, span.end);
        EXPECT_LE(span.end, text.size());
        last = span.end;
      }
    }
  }
}

}  // namespace
}  // namespace freshet::pipeline
