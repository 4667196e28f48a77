#include "base/http/url.h"

#include <algorithm>
#include <memory>

#include <curl/curl.h>

namespace freshet::http {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
struct FreeText {
  void operator()(char* text) const { curl_free(text); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return "";
  const std::unique_ptr<char, FreeText> owned(text);
  return owned ? owned.get() : "";
}

bool set(const Url& url, std::string_view text) {
  return curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) == CURLUE_OK;
}

}  // namespace

Result<std::string> resolve_url(std::string_view base, std::string_view reference) {
  const Url url(curl_url());
  if (!set(url, base) || !set(url, reference)) {
    return Error{ErrorKind::Invalid, "\"" + std::string(reference.substr(0, 200)) +
                                         "\" is no address that can be followed"};
  }
  return part(url, CURLUPART_URL);
}

std::string origin_of(std::string_view url) {
  const Url parsed(curl_url());
  if (!set(parsed, url)) return "";
  const auto scheme = part(parsed, CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") return "";
  return scheme + "://" + part(parsed, CURLUPART_HOST) + ":" +
         part(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::string_view target_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return "";
  return url.substr(std::min(url.find_first_of("/?#", scheme + 3), url.size()));
}

}  // namespace freshet::http
