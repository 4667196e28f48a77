#include "serving/request_ids.h"

#include <string_view>

#include "base/hash.h"

namespace freshet::serving {

namespace {

constexpr std::size_t kMaxLength = 128;

bool is_safe(std::string_view id) {
  constexpr std::string_view kSafe =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";
  return !id.empty() && id.size() <= kMaxLength &&
         id.find_first_not_of(kSafe) == std::string_view::npos;
}

}  // namespace

std::string RequestIds::of(const Request& request) {
  const auto sent = header(request, "x-request-id");
  return sent && is_safe(*sent) ? std::string(*sent) : next();
}

std::string RequestIds::next() {
  return to_hex(hash128(std::to_string(seed_) + "/" + std::to_string(count_++)));
}

}  // namespace freshet::serving
