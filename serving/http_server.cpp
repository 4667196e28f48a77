#include "serving/http_server.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace freshet::serving {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

/// Errors come back as values: nothing in this file throws on a peer's misbehaviour.
constexpr auto kAsValue = asio::as_tuple(asio::use_awaitable);

constexpr std::size_t kReadBlock = 4096;
/// How much a refused client may still send, and how long, before we close on it. Closing at once
/// would reset the connection and destroy the response on its way.
constexpr std::size_t kMaxDrained = std::size_t{4} << 20;
constexpr std::chrono::seconds kMaxDraining{1};
constexpr std::size_t kMaxTurningAway = 64;
constexpr std::chrono::milliseconds kAcceptPause{50};

enum class Next { KeepOpen, Drain, Close };
enum class Body { Sent, LeftOut };

/// One client. Everything in it belongs to its strand.
struct Connection {
  Connection(tcp::socket socket, std::size_t max_buffer)
      : stream(std::move(socket)), buffer(max_buffer) {}
  beast::tcp_stream stream;
  beast::flat_buffer buffer;
  unsigned version = 11;  ///< Of the latest request: decides how keep-alive is said.
  bool idle = false;      ///< Waiting for the first byte of a request.
};

char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

Request to_request(http::request<http::string_body>&& message) {
  Request request;
  request.method = message.method_string();
  request.target = message.target();
  request.version = static_cast<int>(message.version());
  for (const auto& field : message) {
    std::string name = field.name_string();
    std::transform(name.begin(), name.end(), name.begin(), to_lower);
    request.headers.emplace_back(std::move(name), field.value());
  }
  request.body = std::move(message.body());
  return request;
}

std::optional<Problem> problem_for(error_code error) {
  if (error == http::error::body_limit) {
    return Problem{
        ProblemCode::PayloadTooLarge, "the body is larger than serve.max_body_bytes", {}};
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return Problem{
        ProblemCode::HeadersTooLarge, "the header is larger than serve.max_header_bytes", {}};
  }
  const bool parser_gave_up =
      error.category() == make_error_code(http::error::bad_method).category();
  if (!parser_gave_up || error == http::error::end_of_stream ||
      error == http::error::partial_message) {
    return std::nullopt;
  }
  return Problem{ProblemCode::InvalidRequest, "not HTTP: " + error.message(), {}};
}

class HttpServer {
 public:
  HttpServer(const config::ServeSettings& settings, const HttpApplication& application)
      : settings_(settings),
        application_(application),
        io_(static_cast<int>(std::max<std::size_t>(1, settings.threads))),
        acceptor_(asio::make_strand(io_)) {}

  Result<std::uint16_t> listen(const ListenAddress& address);
  void run(std::stop_token stop);

 private:
  /// Counts a connection for as long as its coroutine lives, however that ends.
  class Slot {
   public:
    Slot(HttpServer& server, std::shared_ptr<Connection> connection)
        : server_(server), connection_(std::move(connection)) {}
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot() { server_.forget(connection_); }

   private:
    HttpServer& server_;
    std::shared_ptr<Connection> connection_;
  };

  asio::awaitable<void> accept();
  void admit(tcp::socket socket);
  bool remember(const std::shared_ptr<Connection>& connection);
  void forget(const std::shared_ptr<Connection>& connection);
  void begin_stop();

  asio::awaitable<void> converse(std::shared_ptr<Connection> connection);
  asio::awaitable<void> turn_away(std::shared_ptr<Connection> connection);
  asio::awaitable<bool> request_arrives(Connection& connection);
  asio::awaitable<Next> exchange(Connection& connection);
  asio::awaitable<Next> refuse(Connection& connection, error_code error);
  asio::awaitable<Next> send(Connection& connection, const Response& response, Next next,
                             Body body);
  asio::awaitable<bool> allow_body(Connection& connection);
  asio::awaitable<void> drain(Connection& connection);

  const config::ServeSettings& settings_;
  const HttpApplication& application_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::set<std::shared_ptr<Connection>> connections_;  ///< Shared with their coroutines.
  std::atomic<std::size_t> turning_away_ = 0;
  asio::io_context io_;  ///< Destroyed before what its coroutines refer to.
  tcp::acceptor acceptor_;
};

Result<std::uint16_t> HttpServer::listen(const ListenAddress& address) {
  const std::string activity = "listen on " + address.host + ":" + std::to_string(address.port);
  error_code error;
  const tcp::endpoint endpoint(asio::ip::make_address(address.host, error), address.port);
  if (!error) acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return acceptor_.local_endpoint().port();
  if (error == asio::error::address_in_use) {
    return while_doing(activity, {ErrorKind::Unavailable,
                                  "another process listens there; stop it, or "
                                  "choose another port with serve.listen"});
  }
  const auto kind = error == asio::error::access_denied ? ErrorKind::Denied : ErrorKind::Invalid;
  return while_doing(activity, {kind, error.message()});
}

void HttpServer::run(std::stop_token stop) {
  asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
  const auto work = asio::make_work_guard(io_);
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < std::max<std::size_t>(1, settings_.threads); ++i) {
    threads.emplace_back([this] { io_.run(); });
  }
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [] { return false; });
  }
  begin_stop();
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, settings_.shutdown_grace, [this] { return connections_.empty(); });
  }
  io_.stop();
  threads.clear();
  // Those whose coroutine never began would otherwise outlive the context they belong to.
  connections_.clear();
}

void HttpServer::begin_stop() {
  stopping_ = true;
  asio::post(acceptor_.get_executor(), [this] {
    error_code ignored;
    acceptor_.close(ignored);
  });
  const std::lock_guard guard(mutex_);
  for (const auto& connection : connections_) {
    asio::post(connection->stream.get_executor(), [connection] {
      error_code ignored;
      // A request that has reached the kernel but not us is in flight too.
      const bool untouched = connection->stream.socket().available(ignored) == 0;
      if (connection->idle && untouched) connection->stream.cancel();
    });
  }
}

asio::awaitable<void> HttpServer::accept() {
  asio::steady_timer pause(acceptor_.get_executor());
  while (acceptor_.is_open()) {
    auto [error, socket] =
        co_await acceptor_.async_accept(asio::any_io_executor(asio::make_strand(io_)), kAsValue);
    if (!error) {
      admit(std::move(socket));
      continue;
    }
    // Out of file descriptors, most likely: trying again at once would only burn the processor.
    pause.expires_after(kAcceptPause);
    auto [interrupted] = co_await pause.async_wait(kAsValue);
    if (interrupted) co_return;
  }
}

void HttpServer::admit(tcp::socket socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  // The parser enforces the header limit; the buffer must only be able to hold that much and a
  // block.
  auto connection = std::make_shared<Connection>(
      std::move(socket), settings_.max_header_bytes + (std::size_t{64} << 10));
  const auto executor = connection->stream.get_executor();
  if (remember(connection)) {
    asio::co_spawn(executor, converse(std::move(connection)), asio::detached);
  } else if (turning_away_ < kMaxTurningAway) {
    asio::co_spawn(executor, turn_away(std::move(connection)), asio::detached);
  }
}

bool HttpServer::remember(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard guard(mutex_);
  if (connections_.size() >= settings_.max_connections) return false;
  connections_.insert(connection);
  return true;
}

void HttpServer::forget(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard guard(mutex_);
  connections_.erase(connection);
  changed_.notify_all();
}

asio::awaitable<void> HttpServer::converse(std::shared_ptr<Connection> connection) {
  const Slot slot(*this, connection);
  Next next = Next::KeepOpen;
  while (next == Next::KeepOpen) {
    const bool arrived = co_await request_arrives(*connection);
    if (!arrived) co_return;
    next = co_await exchange(*connection);
  }
  if (next == Next::Drain) co_await drain(*connection);
}

asio::awaitable<void> HttpServer::turn_away(std::shared_ptr<Connection> connection) {
  ++turning_away_;
  const Problem problem{ProblemCode::TooManyConnections,
                        "serve.max_connections are open; reuse connections or try again",
                        {}};
  const auto response = application_.refuse(problem);
  const Next next = co_await send(*connection, response, Next::Drain, Body::Sent);
  if (next == Next::Drain) co_await drain(*connection);
  --turning_away_;
}

asio::awaitable<bool> HttpServer::request_arrives(Connection& connection) {
  if (connection.buffer.size() > 0) co_return true;
  error_code ignored;
  if (stopping_ && connection.stream.socket().available(ignored) == 0) co_return false;
  connection.idle = true;
  connection.stream.expires_after(settings_.idle_timeout);
  const auto room = connection.buffer.prepare(kReadBlock);
  auto [error, count] = co_await connection.stream.async_read_some(room, kAsValue);
  connection.idle = false;
  connection.buffer.commit(count);
  co_return !error;
}

asio::awaitable<Next> HttpServer::exchange(Connection& connection) {
  http::request_parser<http::string_body> parser;
  parser.header_limit(static_cast<std::uint32_t>(settings_.max_header_bytes));
  parser.body_limit(settings_.max_body_bytes);
  connection.stream.expires_after(settings_.request_timeout);
  auto [header_error, header_bytes] =
      co_await http::async_read_header(connection.stream, connection.buffer, parser, kAsValue);
  if (header_error) co_return co_await refuse(connection, header_error);
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    const bool allowed = co_await allow_body(connection);
    if (!allowed) co_return Next::Close;
  }
  auto [body_error, body_bytes] =
      co_await http::async_read(connection.stream, connection.buffer, parser, kAsValue);
  if (body_error) co_return co_await refuse(connection, body_error);
  connection.version = parser.get().version();
  const bool keep = parser.get().keep_alive();
  const Request request = to_request(parser.release());
  const Response response = application_.respond(request);
  const Next next = keep && !stopping_ ? Next::KeepOpen : Next::Drain;
  co_return co_await send(connection, response, next,
                          request.method == "HEAD" ? Body::LeftOut : Body::Sent);
}

asio::awaitable<bool> HttpServer::allow_body(Connection& connection) {
  const http::response<http::empty_body> go_on(http::status::continue_, 11);
  auto [error, count] = co_await http::async_write(connection.stream, go_on, kAsValue);
  co_return !error;
}

asio::awaitable<Next> HttpServer::refuse(Connection& connection, error_code error) {
  const auto problem = problem_for(error);
  if (!problem) co_return Next::Close;
  const auto response = application_.refuse(*problem);
  co_return co_await send(connection, response, Next::Drain, Body::Sent);
}

asio::awaitable<Next> HttpServer::send(Connection& connection, const Response& response, Next next,
                                       Body body) {
  http::response<http::string_body> message(
      http::int_to_status(static_cast<unsigned>(response.status)), connection.version);
  for (const auto& [name, value] : response.headers) message.set(name, value);
  if (response.status != 304) message.set(http::field::content_type, response.content_type);
  message.body() = response.body;
  message.keep_alive(next == Next::KeepOpen);
  message.prepare_payload();
  connection.stream.expires_after(settings_.request_timeout);
  error_code failed;
  if (body == Body::Sent) {
    auto [error, count] = co_await http::async_write(connection.stream, message, kAsValue);
    failed = error;
  } else {
    http::response_serializer<http::string_body> serializer(message);
    auto [error, count] =
        co_await http::async_write_header(connection.stream, serializer, kAsValue);
    failed = error;
  }
  co_return failed ? Next::Close : next;
}

asio::awaitable<void> HttpServer::drain(Connection& connection) {
  error_code ignored;
  connection.stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  connection.stream.expires_after(kMaxDraining);
  connection.buffer.clear();
  for (std::size_t drained = 0; drained < kMaxDrained;) {
    const auto room = connection.buffer.prepare(kReadBlock);
    auto [error, count] = co_await connection.stream.async_read_some(room, kAsValue);
    if (error) co_return;
    drained += count;
  }
}

}  // namespace

Result<Done> run_http_server(const config::ServeSettings& settings, const ListenAddress& address,
                             const HttpApplication& application, std::stop_token stop,
                             const std::function<void(std::uint16_t port)>& on_listening) {
  HttpServer server(settings, application);
  FRESHET_TRY(const auto port, server.listen(address));
  on_listening(port);
  server.run(std::move(stop));
  return Done{};
}

}  // namespace freshet::serving
