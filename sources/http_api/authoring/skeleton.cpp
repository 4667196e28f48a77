#include "sources/http_api/authoring/skeleton.h"

namespace freshet::sources::http_api {

std::string manifest_skeleton(std::string_view id) {
  return "manifest: 1\nid: " + std::string(id) + R"(
title: A name for people
about:
  pulls: articles
  changes: by their time of change, asked for from the last one less an overlap
  deletions: by a daily listing of all of them
  authorisation: a token that may read articles
  freshness: {new: one sync, changed: one sync, deleted: a day and one sync, permission: with the next change}

# What a source's `config` has to give. Types: string, secret, url, number, flag, list, time.
config:
  url:   {type: url, meaning: Address of your installation.}
  token: {type: secret, meaning: A token that may read.}
  since: {type: time, default: -730d, meaning: Nothing older is read.}

base: ${config.url}/api
auth: {type: bearer, token: '${config.token}'}
limits:
  - {max: 60, per: 60s}

streams:
  articles:
    get: /articles
    # Requests are templates: ${root | filter}. cursor.from is where to go on.
    query: {updated_after: '${cursor.from | iso}'}
    pages: {type: page, into: {query: page}, size: {query: per_page, value: 100}}
    # Answers are read with jq.
    records: .articles[]
    key: .id
    # lag: how late does a change show in the listing at worst? overlap: read again before the last mark.
    cursor: {type: time, field: .updated_at, unit: 1s, order: asc, lag: 60s, overlap: 120s, seed: '${config.since}'}
    deletes:
      sweep: {every: 24h, max_drop: 20%}
      probe: {get: '/articles/${rec.id}'}
    map:
      kind: {const: article}
      title: .title
      url: .html_url
      body: {html: .body}
      updated: .updated_at
      # The first rule that holds decides; none: staff only. Public needs a test that gives true.
      visibility:
        - {when: .published == true and .audience == "everyone", level: public}
)";
}

std::string samples_skeleton() {
  return R"({
  "config": {"url": "https://help.example", "token": "anything"},
  "lookups": {},
  "without": {"internal": "articles have no comments", "deleted": "the system drops deleted articles from its listing"},
  "samples": [
    {
      "name": "a public article",
      "stream": "articles",
      "record": {"id": 1, "title": "Reset a password", "html_url": "https://help.example/1", "body": "<p>Open Settings.</p>", "updated_at": "2026-01-01T00:00:00Z", "published": true, "audience": "everyone"},
      "expect": {"id": "articles/1", "title": "Reset a password", "allow": ["public"]}
    },
    {
      "name": "an article for staff",
      "stream": "articles",
      "record": {"id": 2, "title": "Refund rules", "html_url": "https://help.example/2", "body": "<p>Ask first.</p>", "updated_at": "2026-01-01T00:00:00Z", "published": true, "audience": "staff"},
      "expect": {"id": "articles/2", "allow": ["internal"]}
    },
    {
      "name": "a draft",
      "stream": "articles",
      "record": {"id": 3, "title": "Not yet", "html_url": "https://help.example/3", "body": "<p>Soon.</p>", "updated_at": "2026-01-01T00:00:00Z", "published": false, "audience": "everyone"},
      "expect": {"id": "articles/3", "allow": ["internal"]}
    }
  ]
}
)";
}

}  // namespace freshet::sources::http_api
