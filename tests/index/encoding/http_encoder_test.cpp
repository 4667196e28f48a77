#include "index/encoding/http_encoder.h"

#include "index/encoding/catalog.h"
#include "tests/support/manual_clock.h"
#include "tests/support/recording_waiter.h"
#include "tests/support/result_matchers.h"
#include "tests/support/scripted_server.h"

namespace freshet::index {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using testing::FailsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Reply;
using testing::ScriptedServer;
using ::testing::SizeIs;

constexpr std::string_view kKey = "sk-very-secret";

Reply reply(int status, std::string body, std::vector<std::string> headers = {}) {
  return {status, std::move(body), std::move(headers), {}, 0, false};
}

Reply one_vector() {
  return reply(200, R"({"data":[{"index":0,"embedding":[3,4]}]})");
}

config::EncoderSettings settings_for(const std::string& endpoint) {
  config::EncoderSettings settings;
  settings.kind = config::EncoderKind::Http;
  settings.endpoint = endpoint;
  settings.model_name = "small-embedder";
  settings.api_key = config::Secret(std::string(kKey));
  settings.dimension = 2;
  settings.batch_size = 2;
  return settings;
}

class HttpEncoderOf : public ::testing::Test {
 protected:
  Result<std::vector<Embedding>> encode(const config::EncoderSettings& settings,
                                        const std::vector<std::string_view>& texts = {"text"},
                                        TextRole role = TextRole::Passage) {
    FRESHET_TRY(const auto encoder, HttpEncoder::create(settings, {clock_, waiter_, 7}));
    return encoder->encode(texts, role, Interruption{});
  }
  Result<std::vector<Embedding>> encode(const ScriptedServer& server) {
    return encode(settings_for(server.url("/v1/embeddings")));
  }

  testing::ManualClock clock_;
  testing::RecordingWaiter waiter_{clock_};
};

TEST_F(HttpEncoderOf, AnEndpointGivesVectorsInOrderAcrossBatches) {
  const ScriptedServer server(
      {reply(200, R"({"data":[{"index":1,"embedding":[0,1]},{"index":0,"embedding":[1,0]}]})"),
       one_vector()});

  ASSERT_SUCCEEDS(const auto vectors,
                  encode(settings_for(server.url("/v1/embeddings")), {"one", " ", "two", "three"}));

  EXPECT_THAT(vectors[0], ElementsAre(1.0F, 0.0F));
  EXPECT_THAT(vectors[1], ElementsAre(1.0F, 0.0F));  // Blank, not sent.
  EXPECT_THAT(vectors[2], ElementsAre(0.0F, 1.0F));
  EXPECT_THAT(vectors[3], ElementsAre(0.6F, 0.8F));
  const auto requests = server.requests();
  EXPECT_THAT(requests[0].head, AllOf(HasSubstr("POST /v1/embeddings "),
                                      HasSubstr("Authorization: Bearer sk-very-secret"),
                                      HasSubstr("Content-Type: application/json")));
  EXPECT_EQ(requests[0].body,
            R"({"model":"small-embedder","input":["one","two"],"encoding_format":"float"})");
}

TEST_F(HttpEncoderOf, PrefixesAndTheWindowShapeWhatIsSent) {
  const ScriptedServer server({one_vector()});
  auto settings = settings_for(server.url());
  settings.query_prefix = "q: ";
  settings.max_tokens = 4;

  ASSERT_SUCCEEDS(const auto vectors, encode(settings, {"abc def ghi"}, TextRole::Query));

  EXPECT_EQ(vectors.size(), 1U);
  EXPECT_THAT(server.requests()[0].body, HasSubstr(R"("q: abc def ")"));
}

TEST_F(HttpEncoderOf, AThrottlingEndpointIsRetriedAsItAsks) {
  const ScriptedServer server(
      {reply(429, "{}", {"Retry-After: 3"}), reply(503, "busy"), one_vector()});

  EXPECT_THAT(encode(server), testing::Succeeds());

  EXPECT_THAT(server.requests(), SizeIs(3));
  EXPECT_EQ(waiter_.waits().at(0), std::chrono::seconds(3));
}

TEST_F(HttpEncoderOf, AnEndpointThatStaysDownIsUnavailable) {
  const ScriptedServer server({reply(500, R"({"error":{"message":"out of memory"}})")});

  EXPECT_THAT(encode(server),
              FailsWith(ErrorKind::Unavailable, HasSubstr("answered 500: out of memory")));

  EXPECT_THAT(server.requests(), SizeIs(5));
}

TEST_F(HttpEncoderOf, AnEndpointThatRefusesTheKeyIsDeniedWithoutShowingIt) {
  for (const int status : {401, 403}) {
    const ScriptedServer server(
        {reply(status, R"({"error":{"message":"bad key sk-very-secret"}})")});

    EXPECT_THAT(encode(server),
                FailsWith(ErrorKind::Denied,
                          AllOf(HasSubstr("encoder.api_key"), Not(HasSubstr(std::string(kKey))))));
    EXPECT_THAT(server.requests(), SizeIs(1));
  }
}

TEST_F(HttpEncoderOf, AnEndpointThatRefusesTheRequestSaysWhyWithoutTheKey) {
  const ScriptedServer server(
      {reply(400, R"({"error":{"message":"no model; you sent sk-very-secret"}})")});

  EXPECT_THAT(encode(server),
              FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("answered 400: no model"),
                                                  Not(HasSubstr(std::string(kKey))))));
}

TEST_F(HttpEncoderOf, AnEndpointThatMovedIsNotFollowedWithTheKey) {
  const ScriptedServer other({one_vector()});
  const ScriptedServer server({reply(308, "", {"Location: " + other.url()})});

  EXPECT_THAT(encode(server), FailsWith(ErrorKind::Invalid, HasSubstr("redirects")));

  EXPECT_THAT(other.requests(), IsEmpty());
}

TEST_F(HttpEncoderOf, AnEndpointThatAnswersNonsenseIsInvalid) {
  for (const char* body :
       {"<html>Welcome</html>", R"({"data":[]})", R"({"data":[{"embedding":[1]}]})",
        R"({"data":[{"embedding":[NaN,1]}]})"}) {
    const ScriptedServer server({reply(200, body)});

    EXPECT_THAT(encode(server), FailsWith(ErrorKind::Invalid, HasSubstr("unusable answer")))
        << body;
  }
}

TEST_F(HttpEncoderOf, AnEndpointThatNeverEndsIsCutOff) {
  const ScriptedServer server({Reply{200, "{", {}, {}, std::size_t{100} << 20, false}});

  EXPECT_THAT(encode(server), FailsWith(ErrorKind::Invalid, HasSubstr("larger than")));
}

TEST_F(HttpEncoderOf, ALimitedEndpointIsAskedAtItsPace) {
  const ScriptedServer server({one_vector()});
  auto settings = settings_for(server.url());
  settings.batch_size = 1;
  settings.requests_per_minute = 60;

  ASSERT_SUCCEEDS(const auto vectors, encode(settings, {"a", "b", "c"}));

  EXPECT_EQ(vectors.size(), 3U);
  EXPECT_THAT(waiter_.waits(), AllOf(SizeIs(2), Each(std::chrono::seconds(1))));
}

TEST_F(HttpEncoderOf, NothingIsSentWhenInterrupted) {
  const ScriptedServer server({one_vector()});
  ASSERT_SUCCEEDS(const auto encoder,
                  HttpEncoder::create(settings_for(server.url()), {clock_, waiter_, 7}));
  const std::vector<std::string_view> texts{"text"};

  EXPECT_THAT(encoder->encode(texts, TextRole::Query, Interruption{{}, clock_, clock_.now()}),
              FailsWith(ErrorKind::Interrupted, HasSubstr("interrupted")));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(HttpEncoderOf, SettingsThatCannotWorkAreRefused) {
  auto settings = settings_for("ftp://host/");
  EXPECT_THAT(create_encoder(settings),
              FailsWith(ErrorKind::Invalid, HasSubstr("encoder.endpoint")));
  settings = settings_for("http://host/");
  settings.model_name.clear();
  EXPECT_THAT(create_encoder(settings),
              FailsWith(ErrorKind::Invalid, HasSubstr("encoder.model_name")));
  settings = settings_for("http://host/");
  settings.dimension = 0;
  EXPECT_THAT(create_encoder(settings),
              FailsWith(ErrorKind::Invalid, HasSubstr("encoder.dimension")));
}

TEST_F(HttpEncoderOf, TheCatalogHasTheIdItForetells) {
  const auto settings = settings_for("http://user:pass@host/v1/embeddings?key=1");
  ASSERT_SUCCEEDS(const auto encoder, create_encoder(settings));
  ASSERT_SUCCEEDS(const auto foretold, encoder_id(settings, "/nonexistent"));
  auto other = settings;
  other.model_name = "large-embedder";
  ASSERT_SUCCEEDS(const auto other_id, encoder_id(other, "/nonexistent"));

  EXPECT_EQ(encoder->id(), foretold);
  EXPECT_NE(foretold, other_id);
  EXPECT_EQ(encoder->description(), "small-embedder at http://host/v1/embeddings, 2 dimensions");
}

}  // namespace
}  // namespace freshet::index
