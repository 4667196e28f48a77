#include "sources/http_api/manifest/listing_reader.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace freshet::sources::http_api {
namespace {

using config::Node;

constexpr std::size_t kLargestPage = 10'000;
constexpr std::size_t kMostPages = 10'000'000;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

RequestSpec read_request(MapReader& reader) {
  RequestSpec request;
  const bool post = reader.member("post") != nullptr;
  request.method = post ? http::Method::Post : http::Method::Get;
  if (post && reader.member("get") != nullptr) {
    reader.error(*reader.member("post"), "post", "stands beside get; keep one of them");
  }
  request.path = reader.text_template(post ? "post" : "get");
  reader.member("get");
  request.query = reader.templates("query");
  request.headers = reader.templates("headers", SecretUse::Allowed);
  request.json = reader.value_template("json");
  request.form = reader.templates("form");
  for (const char* name : {"json", "form"}) {
    const Node* body = reader.node().member(name);
    if (!post && body != nullptr) reader.error(*body, name, "goes with post; a get has no body");
  }
  return request;
}

void require(MapReader& reader, bool present, std::string_view member, std::string_view type) {
  if (present) return;
  reader.error(reader.node(), member,
               "is missing; pages of type " + std::string(type) + " need it");
}

void read_size(MapReader& pages, PageSpec& spec) {
  const Node* node = pages.member("size");
  if (node == nullptr) return;
  MapReader size(*node, pages.dotted("size"), pages.problems());
  spec.size = size.count("value", spec.size, kLargestPage);
  spec.size_into = read_parameter(size);
  size.finish();
}

void read_total(MapReader& pages, PageSpec& spec) {
  const Node* node = pages.member("total");
  if (node == nullptr || node->kind != Node::Kind::Map) {
    spec.total = pages.expression("total");
    return;
  }
  MapReader total(*node, pages.dotted("total"), pages.problems());
  spec.total_header = lower(total.required_text("header"));
  total.finish();
}

void check_pages(MapReader& reader, const PageSpec& spec) {
  switch (spec.paging) {
    case Paging::Token:
    case Paging::Keyset:
      require(reader, spec.from.has_value(), "from", "token and keyset");
      require(reader, spec.into.has_value(), "into", "token and keyset");
      break;
    case Paging::TokenObject:
    case Paging::NextUrl:
      require(reader, spec.from.has_value(), "from", "token_object and next_url");
      break;
    case Paging::Page:
    case Paging::Offset:
      require(reader, spec.into.has_value(), "into", "page and offset");
      break;
    case Paging::None:
    case Paging::LinkHeader:
      break;
  }
}

PageSpec read_pages(MapReader& parent) {
  PageSpec spec;
  const Node* node = parent.member("pages");
  if (node == nullptr) return spec;
  MapReader reader(*node, parent.dotted("pages"), parent.problems());
  reader.required("type");
  const auto type = reader.choice("type", {"none", "token", "token_object", "next_url",
                                           "link_header", "page", "offset", "keyset"});
  spec.paging = type ? static_cast<Paging>(*type) : Paging::None;
  spec.from = reader.expression("from");
  spec.into = read_parameter(reader, "into");
  spec.more = reader.expression("more");
  read_total(reader, spec);
  read_size(reader, spec);
  const std::int64_t first = spec.paging == Paging::Page ? 1 : 0;
  spec.start =
      static_cast<std::int64_t>(reader.count("start", static_cast<std::size_t>(first), 1000));
  spec.cap = reader.count("cap", 0, kMostPages);
  spec.most = reader.count("most", spec.most, kMostPages);
  if (type) check_pages(reader, spec);
  reader.finish();
  return spec;
}

std::vector<int> read_statuses(MapReader& rule) {
  std::vector<int> statuses;
  for (const std::string& text : rule.texts("status")) {
    int status = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), status);
    if (failure != std::errc() || *end != '\0' || status < 100 || status > 599) {
      rule.error(rule.node(), "status", "must be HTTP statuses, such as 404 or [404, 410]");
      continue;
    }
    statuses.push_back(status);
  }
  return statuses;
}

void read_header_condition(MapReader& reader, ResponseRule& rule) {
  const Node* node = reader.member("header");
  if (node == nullptr) return;
  const bool one = node->kind == Node::Kind::Map && node->children.size() == 1;
  if (!one || node->children.front().kind != Node::Kind::Scalar) {
    reader.error(*node, "header", "must be one name with the text to look for: {Name: text}");
    return;
  }
  rule.header = lower(node->children.front().key);
  rule.header_holds = lower(node->children.front().text);
}

ResponseRule read_rule(const Node& node, MapReader& parent) {
  MapReader reader(node, parent.dotted("on"), parent.problems());
  ResponseRule rule;
  rule.statuses = read_statuses(reader);
  read_header_condition(reader, rule);
  rule.body_holds = lower(reader.text("body").value_or(""));
  rule.when = reader.expression("when");
  rule.undecodable = reader.flag("undecodable");
  rule.message = reader.text("message").value_or("");
  reader.required("do");
  const auto reaction =
      reader.choice("do", {"accept", "retry", "wait", "reauth", "skip_record", "skip_part",
                           "skip_stream", "tombstone", "tombstone_parent", "split_batch",
                           "shrink_page", "restart_stream", "reseed", "pause_source", "fail"});
  if (reaction) rule.reaction = static_cast<Reaction>(*reaction);
  reader.finish();
  return rule;
}

}  // namespace

Parameter read_parameter(MapReader& reader) {
  constexpr std::array<std::pair<std::string_view, Place>, 3> kPlaces{
      {{"query", Place::Query}, {"json", Place::Json}, {"header", Place::Header}}};
  Parameter parameter;
  int written = 0;
  for (const auto& [name, place] : kPlaces) {
    auto text = reader.text(name);
    if (!text) continue;
    parameter = {place, std::move(*text)};
    ++written;
  }
  if (written != 1)
    reader.error(reader.node(), "query", "or json or header must say where it goes");
  return parameter;
}

std::optional<Parameter> read_parameter(MapReader& reader, std::string_view member) {
  const Node* node = reader.member(member);
  if (node == nullptr) return std::nullopt;
  MapReader inner(*node, reader.dotted(member), reader.problems());
  auto parameter = read_parameter(inner);
  inner.finish();
  return parameter;
}

std::vector<ResponseRule> read_rules(MapReader& reader) {
  std::vector<ResponseRule> rules;
  const Node* list = reader.member("on");
  if (list == nullptr) return rules;
  if (list->kind != Node::Kind::List) {
    reader.error(*list, "on", "must be a list of rules (- {status: 404, do: tombstone})");
    return rules;
  }
  for (const Node& node : list->children) rules.push_back(read_rule(node, reader));
  return rules;
}

ListingSpec read_listing(MapReader& reader) {
  ListingSpec listing;
  listing.request = read_request(reader);
  listing.pages = read_pages(reader);
  listing.records = reader.expression("records");
  listing.where = reader.expression("where");
  listing.key = reader.expression("key");
  listing.on = read_rules(reader);
  return listing;
}

}  // namespace freshet::sources::http_api
