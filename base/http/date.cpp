#include "base/http/date.h"

#include <curl/curl.h>

namespace freshet::http {

std::optional<Instant> parse_http_date(const std::string& text) {
  const std::time_t date = curl_getdate(text.c_str(), nullptr);
  if (date == -1) return std::nullopt;
  return Instant(std::chrono::seconds(date));
}

}  // namespace freshet::http
