#include "sources/http_api/pattern.h"

#include <array>
#include <string>
#include <utility>

#include <oniguruma.h>

namespace freshet::sources::http_api {
namespace {

const OnigUChar* bytes_of(std::string_view text) {
  return reinterpret_cast<const OnigUChar*>(text.data());
}

}  // namespace

void limit_searches() {
  constexpr unsigned long kMostRetries = 10'000'000;
  onig_set_retry_limit_in_search(kMostRetries);
}

struct Pattern::Compiled {
  Compiled() = default;
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;
  ~Compiled() { onig_free(regex); }

  regex_t* regex = nullptr;
};

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(std::string_view text) {
  limit_searches();
  const std::string whole = "\\A(?:" + std::string(text) + ")\\z";
  auto compiled = std::make_unique<Compiled>();
  OnigErrorInfo wrong{};
  const int done =
      onig_new(&compiled->regex, bytes_of(whole), bytes_of(whole) + whole.size(),
               ONIG_OPTION_CAPTURE_GROUP, ONIG_ENCODING_UTF8, ONIG_SYNTAX_PERL_NG, &wrong);
  if (done == ONIG_NORMAL) return Pattern(std::move(compiled));
  std::array<OnigUChar, ONIG_MAX_ERROR_MESSAGE_LEN> message{};
  const int length = onig_error_code_to_str(message.data(), done, &wrong);
  return Error{ErrorKind::Invalid, "\"" + std::string(text) + "\" is no regular expression: " +
                                       std::string(message.begin(), message.begin() + length)};
}

bool Pattern::matches_whole(std::string_view text) const {
  const OnigUChar* const begin = bytes_of(text);
  const OnigUChar* const end = begin + text.size();
  return onig_match(compiled_->regex, begin, end, begin, nullptr, ONIG_OPTION_NONE) >= 0;
}

}  // namespace freshet::sources::http_api
