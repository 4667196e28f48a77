#include "config/secret.h"

#include <concepts>
#include <filesystem>
#include <ostream>
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/log.h"
#include "tests/config/reading.h"
#include "tests/support/temporary_directory.h"

namespace freshet::config {
namespace {

using freshet::testing::TemporaryDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

template <typename T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <typename T>
concept Comparable = requires(const T& a, const T& b) {
  a == b;
};
template <typename T>
concept Ordered = requires(const T& a, const T& b) {
  a < b;
};

// The checks see what they should: a text fails all of them.
static_assert(Printable<std::string> && Comparable<std::string> && Ordered<std::string>);
static_assert(!Printable<Secret> && !Comparable<Secret> && !Ordered<Secret>);
static_assert(!std::convertible_to<Secret, std::string>);
static_assert(!std::constructible_from<std::string, Secret>);
static_assert(!std::convertible_to<Secret, std::string_view>);
static_assert(!std::convertible_to<std::string, Secret>, "a text turns into a secret only by name");
static_assert(!std::constructible_from<Json, Secret>);
static_assert(!std::constructible_from<LogValue, Secret>);

std::string with_password(const std::filesystem::path& file) {
  return testing::git_source("    repository: https://git.example/docs.git\n    password: {file: " +
                             file.string() + "}\n");
}

std::filesystem::path secret_file(const TemporaryDirectory& directory, std::string_view bytes) {
  const auto file = directory.write("token", bytes);
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  return file;
}

std::string password_of(const Reading& reading) {
  return std::get<GitSettings>(reading.settings.sources.at(0).kind).password.reveal();
}

TEST(Secrets, AreReadFromTheirFileWithoutTheNewline) {
  const TemporaryDirectory directory;

  const auto reading = testing::read_text(with_password(secret_file(directory, "hunter2\n")));

  EXPECT_EQ(testing::problems_of(reading), "");
  EXPECT_EQ(password_of(reading), "hunter2");
}

TEST(Secrets, KeepAllButOneNewline) {
  const TemporaryDirectory directory;

  const auto reading = testing::read_text(with_password(secret_file(directory, "hunter2\n\n")));

  EXPECT_THAT(testing::problems_of(reading), HasSubstr("one line"));
}

TEST(Secrets, WrittenIntoTheConfigurationAreRefusedAndNotRepeated) {
  for (const char* written :
       {"hunter2", "{value: hunter2}", "[hunter2]", "{file: a, more: hunter2}"}) {
    const auto reading = testing::read_text(
        testing::git_source("    repository: x\n    password: " + std::string(written) + "\n"));

    EXPECT_FALSE(reading.usable());
    EXPECT_THAT(testing::problems_of(reading),
                AllOf(HasSubstr("f:7:15: error: sources.docs.password"), HasSubstr("{file: path}"),
                      Not(HasSubstr("hunter2"))))
        << written;
  }
}

TEST(Secrets, ThatOthersCanReadAreUsedWithAWarning) {
  const TemporaryDirectory directory;
  const auto file = directory.write("token", "hunter2");
  std::filesystem::permissions(file, std::filesystem::perms(0644));

  const auto reading = testing::read_text(with_password(file));

  EXPECT_TRUE(reading.usable());
  EXPECT_THAT(testing::problems_of(reading), AllOf(HasSubstr("warning"), HasSubstr("chmod 600")));
  EXPECT_EQ(password_of(reading), "hunter2");
}

TEST(Secrets, ThatCannotBeReadAreProblems) {
  const TemporaryDirectory directory;

  EXPECT_THAT(testing::problems_of(testing::read_text(with_password(directory / "absent"))),
              HasSubstr("absent"));
  EXPECT_FALSE(testing::read_text(with_password(directory.path())).usable());
  EXPECT_THAT(testing::problems_of(testing::read_text(with_password(secret_file(directory, "")))),
              HasSubstr("is empty"));
}

TEST(Secrets, CannotSmuggleHeadersOrHuge) {
  const TemporaryDirectory directory;

  const auto smuggling =
      testing::read_text(with_password(directory.write("a", "x\r\nX-Admin: 1\n")));
  const auto huge =
      testing::read_text(with_password(directory.write("b", std::string(100'000, 'x'))));

  EXPECT_THAT(testing::problems_of(smuggling),
              AllOf(HasSubstr("control characters"), Not(HasSubstr("X-Admin"))));
  EXPECT_FALSE(huge.usable());
}

}  // namespace
}  // namespace freshet::config
