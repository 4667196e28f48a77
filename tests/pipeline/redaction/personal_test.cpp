#include "pipeline/redaction/personal.h"

#include <gmock/gmock.h>

namespace freshet::pipeline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// "kind:text" of everything that is found.
std::vector<std::string> found(const std::string& text) {
  std::vector<std::string> all;
  for (const PersonalSpan& span : find_personal(text)) {
    all.push_back(std::string(name_of(span.kind)) + ":" +
                  text.substr(span.begin, span.end - span.begin));
  }
  return all;
}

TEST(Personal, FindsEmailAddresses) {
  EXPECT_THAT(found("Write to <jane.doe+x@mail.example.co.uk>."),
              ElementsAre("email:jane.doe+x@mail.example.co.uk"));
  EXPECT_THAT(found("mailto:o'brien@x.example, 'a@b.example'"),
              ElementsAre("email:o'brien@x.example", "email:a@b.example"));
  EXPECT_THAT(found("https://x.example/?user=jane%40example.com&x=1"),
              ElementsAre(::testing::HasSubstr("jane%40example.com")));
}

TEST(Personal, LeavesWhatOnlyHasAnAtSign) {
  for (const char* text :
       {"react@18.2.0", "logo@2x.png", "@jane", "jane@", "a@b", "git@host.example:team/x",
        "user@localhost", "@media screen", "x @ y.example"}) {
    EXPECT_THAT(found(text), IsEmpty()) << text;
  }
}

TEST(Personal, FindsPhoneNumbers) {
  for (const char* text : {"+49 30 1234567", "+1 (212) 555-0123", "+493012345678",
                           "0049 30 1234567", "(212) 555-0123", "212-555-0123", "212.555.0123",
                           "030 1234567", "0171/1234567", "01 23 45 67 89", "+49 (0) 89 123456",
                           "+44\xC2\xA0"
                           "20\xC2\xA0"
                           "7946\xC2\xA0"
                           "0958"}) {
    EXPECT_THAT(found(text), ElementsAre(std::string("phone:") + text));
  }
  EXPECT_THAT(found("call 555-1234 or tel: 5551234567"),
              ElementsAre("phone:555-1234", "phone:5551234567"));
  EXPECT_THAT(found("<tel:+4930123456>"), ElementsAre("phone:+4930123456"));
}

TEST(Personal, LeavesNumbersThatAreNoPhones) {
  for (const char* text :
       {"2026-11-21 10:30:00", "01.02.2026 10.30", "order no. 0123-456789", "5551234567",
        "UTC+02:00", "0x80070005", "1700000000", "error -2147467259", "10.0.19041.1234",
        "3.14159265358", "#0123 456789", "ticket 212-555-0123", "1234-5678", "00:00:00", "+100",
        "v212.555.0123", "into call === 24/07/25 11:38:15", "18:40:02 2021/05/24 10:40:02",
        "__call__(x) 1302 1303"}) {
    EXPECT_THAT(found(text), IsEmpty()) << text;
  }
}

TEST(Personal, FindsCardsWithARightCheckDigit) {
  EXPECT_THAT(found("4111 1111 1111 1111"), ElementsAre("card:4111 1111 1111 1111"));
  EXPECT_THAT(found("in 2026 4111-1111-1111-1111"), ElementsAre("card:4111-1111-1111-1111"));
  EXPECT_THAT(found("378282246310005"), ElementsAre("card:378282246310005"));
  EXPECT_THAT(found("4111 1111 1111 1112"), IsEmpty());
  EXPECT_THAT(found("9111 1111 1111 1111"), IsEmpty());
}

TEST(Personal, FindsBankAccounts) {
  EXPECT_THAT(found("IBAN: DE89 3704 0044 0532 0130 00, thanks"),
              ElementsAre("iban:DE89 3704 0044 0532 0130 00"));
  EXPECT_THAT(found("gb82west12345698765432"), ElementsAre("iban:gb82west12345698765432"));
  EXPECT_THAT(found("DE89 3704 0044 0532 0130 01"), IsEmpty());
}

TEST(Personal, FindsKeysAndPasswords) {
  EXPECT_THAT(found("Authorization: Bearer abcDEF123456ghiJKL789"),
              ElementsAre("token:abcDEF123456ghiJKL789"));
  EXPECT_THAT(found("use AKIAIOSFODNN7EXAMPLE."), ElementsAre("token:AKIAIOSFODNN7EXAMPLE"));
  EXPECT_THAT(found("{\"client_secret\": \"aB3dE5fG7hJ9kL\"}"),
              ElementsAre("token:aB3dE5fG7hJ9kL"));
  EXPECT_THAT(found("PASSWORD=hunter22!"), ElementsAre("token:hunter22!"));
  EXPECT_THAT(
      found("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nok"),
      ElementsAre("token:-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----"));
}

TEST(Personal, LeavesWordsAboutKeys) {
  for (const char* text :
       {"password: required", "token: expired", "the secret=value pair", "sk-learn",
        "Bearer authentication", "key=customer_id", "password reset: see below",
        "Basic information", "access_token: <your token>"}) {
    EXPECT_THAT(found(text), IsEmpty()) << text;
  }
}

TEST(Personal, FindsNetworkAddresses) {
  EXPECT_THAT(found("from 203.0.113.7:443"), ElementsAre("ip:203.0.113.7"));
  EXPECT_THAT(found("http://192.168.1.20/x"), ElementsAre("ip:192.168.1.20"));
  EXPECT_THAT(found("[2001:db8::1a2b:7]"), ElementsAre("ip:2001:db8::1a2b:7"));
  EXPECT_THAT(found("ping 8.8.8.8"), ElementsAre("ip:8.8.8.8"));
}

TEST(Personal, LeavesVersionsAndNobodysAddresses) {
  for (const char* text :
       {"version 25.30.41.52", "v30.40.50.60", "Chrome/120.0.0.0", "1.2.3.4", "1.3.6.1.4.1",
        "group:jar:30.20.40.2:compile", "127.0.0.1", "0.0.0.0", "255.255.255.0", "::1",
        "std::string", "10:30:00", "a::b", "00:1a:2b:3c:4d:5e", "300.1.1.1"}) {
    EXPECT_THAT(found(text), IsEmpty()) << text;
  }
}

TEST(Personal, SettlesWhoClaimsWhat) {
  EXPECT_THAT(found("password=jane.doe99@example.com"),
              ElementsAre("token:jane.doe99@example.com"));
}

TEST(Personal, KnowsTwoSpellingsOfOne) {
  EXPECT_EQ(normal_form(Personal::Email, "Jane@X.example"),
            normal_form(Personal::Email, "jane%40x.example"));
  EXPECT_EQ(normal_form(Personal::Card, "4111 1111"), normal_form(Personal::Card, "4111-1111"));
  EXPECT_EQ(normal_form(Personal::Iban, "DE89 37"), normal_form(Personal::Iban, "de8937"));
}

}  // namespace
}  // namespace freshet::pipeline
