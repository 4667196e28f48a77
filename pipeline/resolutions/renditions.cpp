#include "pipeline/resolutions/renditions.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/hash.h"

namespace freshet::pipeline {
namespace {

using sources::Audience;
using sources::Level;
using sources::Message;
using sources::Thread;
using std::string;
using std::string_view;

constexpr string_view kSiblingVersion = "rendition 1 ";

/// Facets that say nothing about people; the rest may be meant for the thread's audience only.
constexpr std::array<const char*, 3> kOpenFacets{"product", "locale", "language"};

/// For 0..1.
string two_decimals(double share) {
  const auto percent = std::lround(share * 100);
  return std::to_string(percent / 100) + (percent % 100 < 10 ? ".0" : ".") +
         std::to_string(percent % 100);
}

template <typename Test>
Thread filtered(const Thread& thread, Test shown) {
  Thread view = thread;
  const auto hidden = [&](const Message& message) { return !shown(message.audience); };
  std::erase_if(view.messages, hidden);
  std::erase_if(view.fields, hidden);
  if (view.opening && hidden(*view.opening)) view.opening.reset();
  return view;
}

sources::Document sibling_of(const sources::Document& document, string_view suffix,
                             const Thread& view) {
  sources::Document sibling = document;
  sibling.external_id += suffix;
  sibling.path += suffix;
  sibling.body = write_thread(view);
  sibling.version = string(kSiblingVersion) + to_hex(hash128(sibling.body));
  return sibling;
}

}  // namespace

Thread participants_view(const Thread& thread) {
  return filtered(thread,
                  [&](const Audience& audience) { return covers(thread.audience, audience); });
}

std::optional<Thread> internal_view(const Thread& thread) {
  if (thread.audience.level == Level::Private) return std::nullopt;
  const Audience staff;
  Thread view = filtered(thread, [&](const Audience& audience) {
    return covers(thread.audience, audience) || covers(staff, audience);
  });
  if (view == participants_view(thread)) return std::nullopt;
  view.audience = staff;
  return view;
}

Thread resolution_view(const Thread& thread, const Resolution& resolution) {
  Thread view;
  view.kind = "resolution";
  view.title = thread.title;
  view.state = thread.state;
  view.outcome = thread.outcome;
  view.solved_at = thread.solved_at;
  view.audience = {Level::Public, {}};
  view.messages = resolution.problem;
  for (Message& message : view.messages) message.marked = false;
  view.messages.push_back(resolution.solution);
  view.messages.back().marked = true;
  // A file, and the address that opens it, is for whom it was sent to.
  for (Message& message : view.messages) message.attachments.clear();
  return view;
}

sources::Document internal_document(const sources::Document& thread_document, const Thread& view) {
  auto document = sibling_of(thread_document, kInternalSuffix, view);
  document.allow = {string(sources::kInternalPrincipal)};
  return document;
}

sources::Document resolution_document(const sources::Document& thread_document,
                                      const Thread& thread, const Resolution& resolution,
                                      std::vector<string> publish_to) {
  auto document =
      sibling_of(thread_document, kResolutionSuffix, resolution_view(thread, resolution));
  document.allow = std::move(publish_to);
  document.provenance.authors.clear();
  document.metadata.clear();
  const auto kind = thread_document.metadata.find("kind");
  document.relations = {{"resolution_of",
                         kind == thread_document.metadata.end() ? thread.kind : kind->second,
                         thread_document.external_id}};
  for (const char* facet : kOpenFacets) {
    const auto found = thread_document.metadata.find(facet);
    if (found != thread_document.metadata.end()) document.metadata.insert(*found);
  }
  document.metadata["kind"] = "resolution";
  document.metadata["resolution_rule"] = resolution.rule;
  document.metadata["confidence"] = two_decimals(resolution.confidence);
  return document;
}

bool is_sibling(const sources::KnownDocument& document) {
  return document.version.starts_with(kSiblingVersion) &&
         thread_id_of(document.external_id) != document.external_id;
}

string_view thread_id_of(string_view external_id) {
  for (const string_view suffix : {kInternalSuffix, kResolutionSuffix}) {
    if (external_id.ends_with(suffix)) external_id.remove_suffix(suffix.size());
  }
  return external_id;
}

}  // namespace freshet::pipeline
