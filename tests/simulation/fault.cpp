#include "tests/simulation/fault.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

namespace freshet::simulation {

namespace {

using std::chrono::seconds;

struct Named {
  FaultKind kind;
  std::string_view name;
};
constexpr std::array kNames{Named{FaultKind::Throttle, "throttle"},
                            Named{FaultKind::ServerError, "server error"},
                            Named{FaultKind::TruncatedBody, "truncated body"},
                            Named{FaultKind::SlowBody, "slow body"},
                            Named{FaultKind::Reset, "reset"},
                            Named{FaultKind::ExpiredToken, "expired token"},
                            Named{FaultKind::Unauthorized, "unauthorized"},
                            Named{FaultKind::DuplicateRows, "duplicate rows"},
                            Named{FaultKind::ReorderedRows, "reordered rows"},
                            Named{FaultKind::ClockJump, "clock jump"},
                            Named{FaultKind::PoisonRecord, "poison record"},
                            Named{FaultKind::LostPermission, "lost permission"},
                            Named{FaultKind::MissingRows, "missing rows"},
                            Named{FaultKind::Outage, "outage"},
                            Named{FaultKind::Forbidden, "forbidden"},
                            Named{FaultKind::EmptyListing, "empty listing"},
                            Named{FaultKind::HalfListing, "half a listing"},
                            Named{FaultKind::LoginPage, "login page"}};

/// Beyond what http::ClientOptions waits for by default.
constexpr seconds kClientTimeout{60};
constexpr std::string_view kLoginPage =
    "<!DOCTYPE html><html><head><title>Sign in</title></head><body><form action=\"/login\" "
    "method=\"post\"><input name=\"user\"><input type=\"password\" "
    "name=\"password\"></form></body></html>";

std::string id_of(const Json& row) {
  const Json* id = json_member(row, "id");
  return id == nullptr ? std::string() : dump_json(*id);
}

Json* rows_at(Json& body, const std::vector<std::string_view>& places) {
  for (const std::string_view place : places) {
    const Json::json_pointer pointer{std::string(place)};
    if (body.contains(pointer) && body[pointer].is_array()) return &body[pointer];
  }
  return nullptr;
}

/// Every second record, by its id, so that the same ones are missing on each page and each time.
bool is_missing(const Json& row) {
  return !id_of(row).empty() && std::hash<std::string>{}(id_of(row)) % 2 == 0;
}

}  // namespace

std::string_view name_of(FaultKind kind) {
  return std::ranges::find(kNames, kind, &Named::kind)->name;
}

const std::vector<FaultKind>& passing_faults() {
  static const std::vector<FaultKind> kKinds{FaultKind::Throttle,      FaultKind::ServerError,
                                             FaultKind::TruncatedBody, FaultKind::SlowBody,
                                             FaultKind::Reset,         FaultKind::ExpiredToken,
                                             FaultKind::DuplicateRows, FaultKind::ReorderedRows};
  return kKinds;
}

const std::vector<FaultKind>& misleading_faults() {
  static const std::vector<FaultKind> kKinds{FaultKind::Outage,         FaultKind::Forbidden,
                                             FaultKind::LostPermission, FaultKind::EmptyListing,
                                             FaultKind::HalfListing,    FaultKind::MissingRows,
                                             FaultKind::LoginPage};
  return kKinds;
}

FaultPlan random_faults(std::uint64_t seed, std::size_t horizon, std::size_t count,
                        const std::vector<FaultKind>& kinds) {
  Random random(seed);
  FaultPlan plan;
  for (std::size_t i = 0; i < count; ++i) {
    Fault fault{.kind = kinds[random.below(kinds.size())]};
    fault.first = random.below(horizon);
    fault.count = 1 + random.below(2);
    fault.duration = seconds{1 + static_cast<std::int64_t>(random.below(30))};
    plan.faults.push_back(fault);
  }
  return plan;
}

FaultyServer::FaultyServer(Server& server, FaultPlan plan)
    : server_(&server), plan_(std::move(plan)) {}

void FaultyServer::heal() {
  plan({.faults = {}, .row_cap = 0, .latency = plan_.latency, .throttling = plan_.throttling});
}

void FaultyServer::plan(FaultPlan plan) {
  plan_ = std::move(plan);
  plan_start_ = requests_;
  blocked_until_ = {};
  dead_tokens_.clear();
  poisoned_.clear();
}

Result<http::Response> FaultyServer::send(const http::Request& request) {
  if (before_each_) before_each_();
  server_->world().advance(plan_.latency);
  disturb_time();
  const Call call = read_call(request);
  auto refused = refusal(call);
  if (!refused) {
    const std::size_t before = server_->rows();
    http::Response response = server_->handle(request);
    if (plan_.row_cap > 0) listed_[call.path] += server_->rows() - before;
    disturb(call, response);
    refused = std::move(response);
  }
  ++requests_;
  if (refused->has_value()) {
    (*refused)->headers.emplace("date", to_http_date(server_->world().server_now()));
  }
  return *std::move(refused);
}

const Fault* FaultyServer::active(FaultKind kind) const {
  const std::size_t at = requests_ - plan_start_;
  for (const Fault& fault : plan_.faults) {
    if (fault.kind == kind && at >= fault.first && at - fault.first < fault.count) return &fault;
  }
  return nullptr;
}

bool FaultyServer::strikes(FaultKind kind) {
  if (active(kind) == nullptr) return false;
  ++struck_[kind];
  return true;
}

void FaultyServer::disturb_time() {
  if (const Fault* slow = active(FaultKind::SlowBody); slow != nullptr) {
    server_->world().advance(std::min<std::chrono::microseconds>(slow->duration, kClientTimeout));
  }
  const Fault* jump = active(FaultKind::ClockJump);
  if (jump != nullptr && requests_ - plan_start_ == jump->first) {
    server_->world().skew(jump->duration);
    ++struck_[FaultKind::ClockJump];
  }
}

std::optional<Result<http::Response>> FaultyServer::refusal(const Call& call) {
  const auto unavailable = [](std::string_view why) {
    return Error{ErrorKind::Unavailable, "cannot read the answer: " + std::string(why)};
  };
  if (strikes(FaultKind::Reset)) return unavailable("the connection was reset");
  if (strikes(FaultKind::SlowBody) && active(FaultKind::SlowBody)->duration > kClientTimeout) {
    return unavailable("no answer within 60 s");
  }
  if (strikes(FaultKind::Outage)) return http::Response{503, {}, "Service Unavailable"};
  if (auto wait = throttled()) return *std::move(wait);
  if (strikes(FaultKind::ServerError)) {
    constexpr std::array kStatuses{500, 502, 503};
    return http::Response{kStatuses.at(requests_ % 3), {}, "<h1>Something went wrong</h1>"};
  }
  if (strikes(FaultKind::Unauthorized)) return reply(401, object({{"error", "invalid_token"}}));
  if (strikes(FaultKind::Forbidden) || strikes(FaultKind::LostPermission)) {
    return reply(403, object({{"error", "You do not have access to this page"}}));
  }
  if (strikes(FaultKind::LoginPage)) {
    return http::Response{
        200, {{"content-type", "text/html; charset=utf-8"}}, std::string(kLoginPage)};
  }
  if (auto dead = token_refusal(call)) return *std::move(dead);
  if (beyond_cap(call)) {
    return reply(400, object({{"error", "Result window is too large: at most " +
                                            std::to_string(plan_.row_cap) + " rows"}}));
  }
  return std::nullopt;
}

std::optional<http::Response> FaultyServer::throttled() {
  const Instant now = server_->world().server_now();
  if (now < blocked_until_) {
    ++impatient_;
  } else if (blocked_until_ == Instant{} && strikes(FaultKind::Throttle)) {
    blocked_until_ = now + active(FaultKind::Throttle)->duration;
  } else {
    if (active(FaultKind::Throttle) == nullptr) blocked_until_ = {};
    return std::nullopt;
  }
  return too_many(std::chrono::ceil<seconds>(blocked_until_ - now));
}

http::Response FaultyServer::too_many(seconds wait) const {
  const Throttling style = plan_.throttling.value_or(server_->profile().throttling);
  const Instant until = std::chrono::ceil<seconds>(server_->world().server_now()) + wait;
  const std::string in = std::to_string(wait.count());
  const std::string at = std::to_string(epoch_seconds(until));
  http::Response response = reply(429, object({{"error", "Too many requests"}}));
  auto& headers = response.headers;
  switch (style) {
    case Throttling::RetryAfterSeconds:
      headers["retry-after"] = in;
      break;
    case Throttling::RetryAfterDate:
      headers["retry-after"] = to_http_date(until);
      break;
    case Throttling::ResetEpoch:
      headers["x-ratelimit-reset"] = at;
      break;
    case Throttling::ResetSeconds:
      headers["x-ratelimit-reset"] = in;
      break;
    case Throttling::OwnHeader:
      headers["x-ratelimit-retry-after"] = in;
      break;
    case Throttling::ForbiddenStatus:
      response.status = 403;
      headers["x-ratelimit-remaining"] = "0";
      headers["x-ratelimit-reset"] = at;
      break;
    case Throttling::BodyBackoff:
      response =
          reply(400, object({{"error_name", "throttle_violation"}, {"backoff", wait.count()}}));
      break;
    case Throttling::BadRequestStatus:
      response = reply(
          400, object({{"errors",
                        array({object({{"extensions", object({{"code", "RATELIMITED"}})}})})}}));
      response.headers["x-ratelimit-requests-reset"] = std::to_string(epoch_milliseconds(until));
      break;
  }
  return response;
}

std::string FaultyServer::token_of(const Call& call) const {
  const Json body = call.method == http::Method::Post ? call.body() : Json(nullptr);
  for (const std::string_view name : server_->profile().page_tokens) {
    if (const auto token = call.parameter(name)) return *token;
    if (const auto token = json_string(body, name)) return *token;
    if (const Json* pages = json_member(body, "pagination"); pages != nullptr) {
      if (const auto token = json_string(*pages, name)) return *token;
    }
  }
  return {};
}

std::optional<http::Response> FaultyServer::token_refusal(const Call& call) {
  if (active(FaultKind::ExpiredToken) == nullptr && dead_tokens_.empty()) return std::nullopt;
  const std::string token = token_of(call);
  const std::string listing = call.path + " ";
  if (token.empty()) {
    std::erase_if(dead_tokens_, [&](const std::string& dead) { return dead.starts_with(listing); });
    return std::nullopt;
  }
  if (strikes(FaultKind::ExpiredToken)) dead_tokens_.insert(listing + token);
  if (!dead_tokens_.contains(listing + token)) return std::nullopt;
  const Profile& profile = server_->profile();
  return reply(profile.expired_token_status, Value::raw(std::string(profile.expired_token_body)));
}

bool FaultyServer::beyond_cap(const Call& call) {
  if (plan_.row_cap == 0) return false;
  const bool follows = !token_of(call).empty() || call.number("page", 1).value_or(1) > 1 ||
                       call.number("startAt", 0).value_or(0) > 0;
  if (!follows) listed_[call.path] = 0;
  return follows && listed_[call.path] >= plan_.row_cap;
}

void FaultyServer::disturb(const Call& call, http::Response& response) {
  constexpr std::array kRowKinds{FaultKind::DuplicateRows, FaultKind::ReorderedRows,
                                 FaultKind::PoisonRecord,  FaultKind::MissingRows,
                                 FaultKind::EmptyListing,  FaultKind::HalfListing};
  if (response.status != 200) return;
  if (std::ranges::any_of(kRowKinds, [&](FaultKind kind) { return active(kind) != nullptr; })) {
    auto body = parse_json(response.body);
    if (body && disturb_rows(call, response, *body)) {
      response.body = dump_json(*body);
    }
  }
  if (strikes(FaultKind::TruncatedBody)) response.body.resize(response.body.size() / 2);
}

bool FaultyServer::disturb_rows(const Call& call, http::Response& response, Json& body) {
  const Profile& profile = server_->profile();
  Json* rows = rows_at(body, profile.rows);
  if (rows == nullptr) return false;
  const auto lists = [&](std::string_view ending) { return call.path.ends_with(ending); };
  const bool is_part = std::ranges::any_of(profile.parts, lists);
  if (!is_part && shorten(*rows)) {
    end_listing(response, body);
    rows = rows_at(body, profile.rows);
  }
  if (strikes(FaultKind::DuplicateRows)) {
    Json twice = Json::array();
    for (const Json& row : *rows) twice.insert(twice.end(), {row, row});
    *rows = std::move(twice);
  }
  if (strikes(FaultKind::ReorderedRows)) std::reverse(rows->begin(), rows->end());
  if (active(FaultKind::PoisonRecord) != nullptr && poison(*rows))
    ++struck_[FaultKind::PoisonRecord];
  return true;
}

/// Whether the listing is to look complete.
bool FaultyServer::shorten(Json& rows) {
  const bool emptied = strikes(FaultKind::EmptyListing);
  const bool halved = strikes(FaultKind::HalfListing);
  if (emptied) rows = Json::array();
  if (halved) {
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2), rows.end());
  }
  if (strikes(FaultKind::MissingRows)) {
    Json kept = Json::array();
    std::ranges::copy_if(rows, std::back_inserter(kept), std::not_fn(is_missing));
    rows = std::move(kept);
  }
  return emptied || halved;
}

/// The first record it sees, and that one only.
bool FaultyServer::poison(Json& rows) {
  bool met = false;
  for (Json& row : rows) {
    if (!row.is_object()) continue;
    if (poisoned_.empty()) poisoned_ = id_of(row);
    if (id_of(row) != poisoned_) continue;
    met = true;
    for (auto& [name, value] : row.items()) {
      if (name != "id") value = Json::array({Json::object({{"unexpected", true}})});
    }
  }
  return met;
}

void FaultyServer::end_listing(http::Response& response, Json& body) const {
  response.headers.erase("link");
  for (const auto& [place, text] : server_->profile().ends) {
    const Json::json_pointer pointer{std::string(place)};
    if (!body.contains(pointer)) continue;
    if (text.empty()) {
      body[pointer.parent_pointer()].erase(pointer.back());
    } else {
      body[pointer] = *parse_json(text);
    }
  }
}

}  // namespace freshet::simulation
