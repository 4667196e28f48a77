#include "base/http/client.h"

#include <algorithm>
#include <array>
#include <mutex>

#include <curl/curl.h>
#include <netdb.h>
#include <sys/socket.h>

#include "base/http/address_guard.h"

namespace freshet::http {
namespace {

constexpr std::size_t kMostIdleHandles = 16;

struct FreeHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

enum class Stopped { No, TooLarge, OutOfReach, Interrupted };

/// What the callbacks of one exchange see and fill.
struct Exchange {
  const ClientOptions& options;
  const Interruption& interruption;
  std::size_t max_body_bytes;
  Response response;
  std::size_t header_bytes = 0;
  Stopped stopped = Stopped::No;
  bool reached = false;  ///< Some address was one to connect to.
};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 32);
  }
  return result;
}

std::size_t on_header(char* data, std::size_t, std::size_t length, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  exchange.header_bytes += length;
  if (exchange.header_bytes > exchange.options.max_header_bytes) {
    exchange.stopped = Stopped::TooLarge;
    return 0;
  }
  const std::string_view line(data, length);
  // A status line starts a new set: what came before belonged to a redirect or an interim answer.
  if (line.starts_with("HTTP/")) exchange.response.headers.clear();
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || line.starts_with("HTTP/")) return length;
  std::string& value = exchange.response.headers[lower(trimmed(line.substr(0, colon)))];
  if (!value.empty()) value += ", ";
  value += trimmed(line.substr(colon + 1));
  return length;
}

std::size_t on_body(char* data, std::size_t, std::size_t length, void* user) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (exchange.response.body.size() + length > exchange.max_body_bytes) {
    exchange.stopped = Stopped::TooLarge;
    return 0;
  }
  exchange.response.body.append(data, length);
  return length;
}

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (!exchange.interruption.due()) return 0;
  exchange.stopped = Stopped::Interrupted;
  return 1;
}

std::string numeric(const curl_sockaddr& address) {
  std::array<char, NI_MAXHOST> text{};
  const int failed = ::getnameinfo(&address.addr, address.addrlen, text.data(), text.size(),
                                   nullptr, 0, NI_NUMERICHOST);
  return failed == 0 ? text.data() : "";
}

/// About to connect: the address is final, so a name that resolves differently each time gains
/// nothing, and nobody learns which ports are open.
curl_socket_t open_socket(void* user, curlsocktype, curl_sockaddr* address) {
  auto& exchange = *static_cast<Exchange*>(user);
  if (exchange.options.reach == Reach::Anywhere || is_public_address(numeric(*address))) {
    exchange.reached = true;
    exchange.stopped = Stopped::No;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  }
  // Of several addresses of one name, a public one decides what is said.
  if (!exchange.reached) exchange.stopped = Stopped::OutOfReach;
  return CURL_SOCKET_BAD;
}

bool breaks_line(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos;
}

Result<HeaderList> header_list(const Request& request) {
  HeaderList list;
  const auto append = [&](const std::string& line) {
    curl_slist* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) return false;
    static_cast<void>(list.release());
    list.reset(longer);
    return true;
  };
  // Without this a POST of more than 1 MiB waits a second for "100 Continue".
  bool complete = append("Expect:");
  for (const auto& [name, value] : request.headers) {
    if (breaks_line(name) || breaks_line(value) || name.find(':') != std::string::npos) {
      return Error{ErrorKind::Invalid, "a header for " + displayable_url(request.url) +
                                           " holds a line break or its name a colon"};
    }
    // libcurl removes a header that is written "name:"; "name;" sends it empty.
    complete = complete && append(value.empty() ? name + ";" : name + ": " + value);
  }
  if (!complete) return Error{ErrorKind::Exhausted, "not enough memory for a request"};
  return list;
}

void set_limits(CURL* handle, const ClientOptions& options) {
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(options.connect_timeout.count()));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, options.max_redirects > 0 ? 1L : 0L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, static_cast<long>(options.max_redirects));
  curl_easy_setopt(handle, CURLOPT_PROXY, options.proxy.c_str());
  curl_easy_setopt(handle, CURLOPT_USERAGENT, options.user_agent.c_str());
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "");
}

void set_callbacks(CURL* handle, Exchange& exchange) {
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &exchange);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &exchange);
}

void set_request(CURL* handle, const Request& request, curl_slist* headers) {
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  if (request.method == Method::Head) curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
  if (request.method != Method::Post) return;
  curl_easy_setopt(handle, CURLOPT_POST, 1L);
  curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(request.body.size()));
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
}

ErrorKind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_TOO_MANY_REDIRECTS:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_BAD_CONTENT_ENCODING:
      return ErrorKind::Invalid;
    case CURLE_OUT_OF_MEMORY:
      return ErrorKind::Exhausted;
    default:
      return ErrorKind::Unavailable;
  }
}

Error failure(const Exchange& exchange, CURLcode code, const std::string& url) {
  const std::string start = "cannot get an answer from " + displayable_url(url) + ": ";
  switch (exchange.stopped) {
    case Stopped::TooLarge:
      return {ErrorKind::Invalid, start + "it is larger than " +
                                      std::to_string(exchange.max_body_bytes) +
                                      " bytes or has too many headers"};
    case Stopped::OutOfReach:
      return {ErrorKind::Refused, start + "its address is not on the public internet"};
    case Stopped::Interrupted:
      return {ErrorKind::Interrupted, start + "interrupted"};
    case Stopped::No:
      break;
  }
  return {kind_of(code), start + curl_easy_strerror(code)};
}

bool start_library() {
  static const bool kStarted = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return kStarted;
}

}  // namespace

struct Client::Handles {
  std::mutex mutex;
  std::vector<Handle> idle;

  Handle take() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return Handle(curl_easy_init());
    Handle handle = std::move(idle.back());
    idle.pop_back();
    return handle;
  }

  void give_back(Handle handle) {
    // Forgets the options, keeps the connections.
    curl_easy_reset(handle.get());
    const std::lock_guard lock(mutex);
    if (idle.size() < kMostIdleHandles) idle.push_back(std::move(handle));
  }
};

Client::Client(ClientOptions options)
    : options_(std::move(options)), handles_(std::make_unique<Handles>()) {}

Client::~Client() = default;

Result<Response> Client::send(const Request& request, const Interruption& interruption) const {
  const std::string scheme = lower(request.url.substr(0, 8));
  if (!scheme.starts_with("http://") && !scheme.starts_with("https://")) {
    return Error{ErrorKind::Invalid, "the address " + displayable_url(request.url) +
                                         " starts with neither http:// nor https://"};
  }
  if (breaks_line(request.url)) {
    return Error{ErrorKind::Invalid,
                 "the address " + displayable_url(request.url) + " holds a line break"};
  }
  if (interruption.due()) return Error{ErrorKind::Interrupted, "a request was interrupted"};
  FRESHET_TRY(const HeaderList headers, header_list(request));
  Handle handle = start_library() ? handles_->take() : Handle();
  if (!handle) return Error{ErrorKind::Internal, "libcurl cannot be started"};
  const std::size_t most =
      std::min(options_.max_body_bytes, request.max_body_bytes.value_or(options_.max_body_bytes));
  Exchange exchange{options_, interruption, most, {}};
  set_limits(handle.get(), options_);
  set_callbacks(handle.get(), exchange);
  set_request(handle.get(), request, headers.get());
  const CURLcode code = curl_easy_perform(handle.get());
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  handles_->give_back(std::move(handle));
  if (code != CURLE_OK) return failure(exchange, code, request.url);
  exchange.response.status = static_cast<int>(status);
  return std::move(exchange.response);
}

std::string displayable_url(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#\r\n"));
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string(url);
  const std::size_t host = scheme + 3;
  const std::size_t path = std::min(url.find('/', host), url.size());
  const std::size_t user = url.substr(0, path).rfind('@');
  if (user == std::string_view::npos || user < host) return std::string(url);
  return std::string(url.substr(0, host)) + std::string(url.substr(user + 1));
}

}  // namespace freshet::http
