#include "index/encoding/safetensors.h"

#include "tests/support/result_matchers.h"
#include "tests/support/temporary_directory.h"

namespace freshet::index {
namespace {

using ::testing::AllOf;
using testing::FailsWith;
using ::testing::HasSubstr;

std::string with_length(std::uint64_t length, const std::string& rest) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>((length >> (8 * i)) & 0xFF);
  return bytes + rest;
}

std::string file_of(const std::string& header, const std::string& data) {
  return with_length(header.size(), header + data);
}

class SafetensorsFile : public ::testing::Test {
 protected:
  Result<Safetensors> open(const std::string& bytes) {
    return Safetensors::open(directory_.write("model.safetensors", bytes));
  }
  testing::TemporaryDirectory directory_;
};

TEST_F(SafetensorsFile, GivesTensorsInPlace) {
  ASSERT_SUCCEEDS(const auto file,
                  open(file_of(R"({"__metadata__":{"format":"pt"},)"
                               R"("a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},)"
                               R"("b":{"dtype":"BF16","shape":[2],"data_offsets":[8,12]}})",
                               "ABCDEFGHIJKL")));

  ASSERT_SUCCEEDS(const auto a, file.tensor("a", {1, 2}));
  ASSERT_SUCCEEDS(const auto b, file.tensor("b", {2}));

  EXPECT_EQ(a.bytes, "ABCDEFGH");
  EXPECT_EQ(b.bytes, "IJKL");
  EXPECT_EQ(b.type, TensorType::BF16);
  EXPECT_EQ(b.bytes.data() + 4, file.bytes().data() + file.bytes().size());
}

TEST_F(SafetensorsFile, NamesTheFileAndTheTensorItCannotGive) {
  ASSERT_SUCCEEDS(const auto file,
                  open(file_of(R"({"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},)"
                               R"("b":{"dtype":"F16","shape":[0],"data_offsets":[8,8]}})",
                               "ABCDEFGH")));

  EXPECT_THAT(
      file.tensor("a", {1}),
      FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("model.safetensors"), HasSubstr("tensor a"))));
  EXPECT_THAT(file.tensor("b", {1}), FailsWith(ErrorKind::Invalid, HasSubstr("another shape")));
  EXPECT_THAT(file.tensor("c", {1}), FailsWith(ErrorKind::Invalid, HasSubstr("missing")));
}

TEST_F(SafetensorsFile, RefusesWhatIsDamaged) {
  const std::string a = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
  const std::vector<std::pair<std::string, std::string>> damaged{
      {"", "truncated"},
      {"1234567", "truncated"},
      {with_length(100, "{}"), "truncated"},
      {with_length(~std::uint64_t{0}, "{}"), "1 MiB"},
      {with_length(std::uint64_t{1} << 63, "{}"), "1 MiB"},
      {file_of("[]", ""), "not a JSON object"},
      {file_of("{\"a\":", ""), "not valid JSON"},
      {file_of("{" + a + "}", "1234567"), "outside the file"},
      {file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", "12345678"), "outside"},
      {file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}})", "12345678"), "lacks"},
      {file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}})", "12345678"), "lacks"},
      {file_of(R"({"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}})", "12345678"), "lacks"},
      {file_of(R"({"a":{"dtype":"F32","shape":"2","data_offsets":[0,8]}})", "12345678"), "lacks"},
      {file_of(R"({"a":7})", ""), "lacks"},
      {file_of(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", "12345678"),
       "does not match"},
      {file_of(R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})", ""),
       "does not match"},
      {file_of("{" + a + R"(,"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", "12345678"),
       "overlaps"},
  };

  for (const auto& [bytes, reason] : damaged) {
    EXPECT_THAT(open(bytes), FailsWith(ErrorKind::Invalid,
                                       AllOf(HasSubstr("model.safetensors"), HasSubstr(reason))));
  }
}

TEST_F(SafetensorsFile, RefusesAFileCutAnywhere) {
  const std::string whole =
      file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", "12345678");

  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(open(whole.substr(0, length)).has_value()) << length;
  }
  EXPECT_TRUE(open(whole).has_value());
}

TEST_F(SafetensorsFile, SaysWhenThereIsNoFile) {
  EXPECT_THAT(Safetensors::open(directory_ / "none"),
              FailsWith(ErrorKind::NotFound, HasSubstr("none")));
}

}  // namespace
}  // namespace freshet::index
