#include "sources/http_api/authoring/check_samples.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "sources/http_api/authoring/not_among.h"
#include "sources/thread.h"

namespace freshet::sources::http_api {
namespace {

/// What there is to see of a document: itself, its messages and their files, by id.
struct Visibilities {
  std::map<std::string, int> of;
  int widest_message = 0;
};

int visibility_of(const Audience& audience) {
  switch (audience.level) {
    case Level::Public:
      return 4;
    case Level::SignedIn:
      return 3;
    case Level::Segment:
    case Level::Restricted:
      return audience.principals.empty() ? 1 : 2;
    case Level::Internal:
      return 1;
    case Level::Private:
      return 0;
  }
  return 4;
}

void add_message(const std::string& name, const Message& message, Visibilities& seen) {
  const int visibility = visibility_of(message.audience);
  const auto widen = [&](int& widest) { widest = std::max(widest, visibility); };
  widen(seen.of[name]);
  // A note that loses its id is still the same note.
  if (!message.body.empty()) widen(seen.of["the text \"" + message.body + "\""]);
  widen(seen.widest_message);
  for (const Attachment& file : message.attachments) widen(seen.of["attachment " + file.name]);
}

Visibilities visibilities(const Mapped& mapped) {
  Visibilities seen;
  if (!mapped.document) return seen;
  seen.of["the document"] = http_api::visibility_of(*mapped.document);
  const auto thread = mapped.document->media_type == kThreadMediaType
                          ? parse_thread(mapped.document->body)
                          : Error{};
  if (!thread) return seen;
  seen.of["the thread"] = visibility_of(thread->audience);
  if (thread->opening) add_message("its opening", *thread->opening, seen);
  for (const Message& message : thread->messages)
    add_message("message " + message.id, message, seen);
  return seen;
}

/// Every place in a JSON value, as pointers.
void collect(const Json& json, const Json::json_pointer& at,
             std::vector<Json::json_pointer>& places) {
  if (!at.empty()) places.push_back(at);
  if (json.is_object()) {
    for (const auto& [key, member] : json.items()) collect(member, at / key, places);
  } else if (json.is_array()) {
    for (std::size_t i = 0; i < json.size(); ++i) collect(json[i], at / i, places);
  }
}

Json without(const Json& json, const Json::json_pointer& place) {
  Json copy = json;
  copy[place.parent_pointer()].erase(place.back());
  return copy;
}

/// The value with one field missing or null, for each of its fields, and what was done.
std::vector<std::pair<std::string, Json>> disturbances(const Json& json) {
  std::vector<Json::json_pointer> places;
  collect(json, Json::json_pointer(), places);
  std::vector<std::pair<std::string, Json>> all;
  for (const auto& place : places) {
    // A member of a list is no field: a comment fewer is another record.
    if (json[place.parent_pointer()].is_object())
      all.emplace_back(place.to_string() + " missing", without(json, place));
    Json nulled = json;
    nulled[place] = nullptr;
    all.emplace_back(place.to_string() + " null", std::move(nulled));
  }
  return all;
}

class Check {
 public:
  Check(const Manifest& manifest, const SampleFile& file) : manifest_(&manifest), file_(&file) {}

  void all(const SampleMapper& mapper) {
    for (const Sample& sample : file_->samples) {
      const auto mapped = mapper.map(sample);
      if (!mapped) {
        complain(sample, mapped.error().message);
        continue;
      }
      compare(sample, *mapped);
      count(*mapped);
      const Visibilities& base = bases_[&sample] = visibilities(*mapped);
      disturb(mapper, sample, &Sample::record, "record", base);
      disturb(mapper, sample, &Sample::children, "children", base);
    }
    disturb_lookups();
  }

  std::vector<std::string> finish() {
    if (file_->samples.size() < 3) problems_.emplace_back("there are fewer than three samples");
    require(deleted_, "deleted");
    require(restricted_, "restricted");
    require(internal_, "internal");
    return std::move(problems_);
  }

 private:
  void complain(const Sample& sample, const std::string& what) {
    const std::string line = "sample \"" + sample.name + "\": " + what;
    // One wrong rule shows in many fields.
    if (problems_.size() < 50) problems_.push_back(line);
  }

  void compare(const Sample& sample, const Mapped& mapped) {
    const bool deleted = sample.expect == "deleted";
    if (deleted != !mapped.document)
      return complain(sample, deleted ? "is not seen as deleted" : "is seen as deleted");
    if (deleted) return;
    const Json actual = describe(*mapped.document);
    for (const auto& [key, expected] : sample.expect.items()) {
      if (!actual.contains(key)) {
        complain(sample, "expects " + not_among(key, names_of(actual)));
        continue;
      }
      const Json& found = actual[key];
      if (!matches(found, expected))
        complain(sample, key + " is " + dump_json(found) + ", not " + dump_json(expected));
    }
  }

  static std::vector<std::string_view> names_of(const Json& object) {
    std::vector<std::string_view> names;
    for (auto item = object.begin(); item != object.end(); ++item) names.push_back(item.key());
    return names;
  }

  /// Objects need only the members that are expected.
  static bool matches(const Json& found, const Json& expected) {
    if (expected.is_object() && found.is_object()) {
      return std::all_of(expected.items().begin(), expected.items().end(), [&](const auto& item) {
        return found.contains(item.key()) && matches(found[item.key()], item.value());
      });
    }
    if (!expected.is_array() || !found.is_array() || expected.size() != found.size())
      return found == expected;
    return std::equal(found.begin(), found.end(), expected.begin(), matches);
  }

  void count(const Mapped& mapped) {
    const Visibilities seen = visibilities(mapped);
    deleted_ = deleted_ || seen.of.empty();
    restricted_ = restricted_ || (!seen.of.empty() && seen.of.at("the document") < 4);
    internal_ = internal_ || std::any_of(seen.of.begin(), seen.of.end(), [](const auto& one) {
                  return one.first.starts_with("message") && one.second == 1;
                });
  }

  void disturb(const SampleMapper& mapper, const Sample& sample, Json Sample::*part,
               const std::string& name, const Visibilities& base) {
    Sample disturbed = sample;
    for (auto& [change, json] : disturbances(sample.*part)) {
      disturbed.*part = std::move(json);
      expect_no_wider(mapper, disturbed, name + change, base);
    }
  }

  void disturb_lookups() {
    for (auto& [change, json] : disturbances(file_->lookups)) {
      SampleFile disturbed = *file_;
      disturbed.lookups = std::move(json);
      const auto mapper = SampleMapper::create(*manifest_, disturbed);
      if (!mapper) continue;
      for (const auto& [sample, base] : bases_)
        expect_no_wider(*mapper, *sample, "lookups" + change, base);
    }
  }

  void expect_no_wider(const SampleMapper& mapper, const Sample& sample, const std::string& change,
                       const Visibilities& base) {
    const auto mapped = mapper.map(sample);
    if (!mapped) return;  // Not mapped, not shown.
    for (const auto& [what, visibility] : visibilities(*mapped).of) {
      const auto before = base.of.find(what);
      // What only shows up now has another id, or lost one, or was left out.
      const int allowed = before == base.of.end() ? base.widest_message : before->second;
      if (visibility > allowed)
        complain(sample, "with " + change + ", " + std::string(truncate_utf8(what, 100)) +
                             " becomes more visible");
    }
  }

  void require(bool there, const std::string& kind) {
    const auto& excused = file_->without;
    if (there || std::find(excused.begin(), excused.end(), kind) != excused.end()) return;
    problems_.push_back("no sample shows the kind \"" + kind +
                        "\"; add one, or say why under \"without\"");
  }

  const Manifest* manifest_;
  const SampleFile* file_;
  std::map<const Sample*, Visibilities> bases_;
  bool deleted_ = false;
  bool restricted_ = false;
  bool internal_ = false;
  std::vector<std::string> problems_;
};

}  // namespace

int visibility_of(const Document& document) {
  const auto has = [&](std::string_view principal) {
    return std::find(document.allow.begin(), document.allow.end(), principal) !=
           document.allow.end();
  };
  if (document.allow.empty()) return 0;
  if (has("public")) return 4;
  if (has(kSignedInPrincipal)) return 3;
  return document.allow.size() == 1 && has(kInternalPrincipal) ? 1 : 2;
}

std::vector<std::string> check_samples(const Manifest& manifest, const SampleFile& file) {
  const auto mapper = SampleMapper::create(manifest, file);
  if (!mapper) return {mapper.error().message};
  Check check(manifest, file);
  check.all(*mapper);
  return check.finish();
}

}  // namespace freshet::sources::http_api
