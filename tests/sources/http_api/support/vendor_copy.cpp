#include "tests/sources/http_api/support/vendor_copy.h"

#include <algorithm>
#include <map>
#include <optional>

#include "sources/thread.h"
#include "tests/sources/support/syncing.h"

namespace freshet::sources::http_api::testing {
namespace {

using simulation::Access;
using simulation::Id;
using simulation::Truth;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// What a person would write into `config`, made up from what the manifest asks for.
config::FreeValue made_up(const ConfigOption& option) {
  config::FreeValue value;
  switch (option.type) {
    case ConfigOption::Type::Secret:
      value.secret = config::Secret("key");
      break;
    case ConfigOption::Type::Url:
      value.texts = {"https://vendor.example"};
      break;
    case ConfigOption::Type::List:
      value.texts = {"acme/help"};
      break;
    case ConfigOption::Type::Number:
      value.texts = {"1"};
      break;
    default:
      value.texts = {"acme"};
  }
  return value;
}

config::SourceSettings settings_for(const Manifest& manifest) {
  config::SourceSettings settings;
  settings.name = manifest.id;
  config::HttpApiSettings api;
  api.manifest = manifest.id;
  for (const ConfigOption& option : manifest.config) {
    const bool key = option.type == ConfigOption::Type::Secret;
    if (!option.optional || (key && !option.fallback)) api.config[option.name] = made_up(option);
  }
  settings.kind = std::move(api);
  return settings;
}

/// The number behind the first "VER-": which document a text is of.
/// By its marker, or by its name where the server withheld its text.
std::optional<Id> document_in(const Document& document) {
  const auto number = [](const std::string& text, std::size_t at) {
    return std::strtoll(text.c_str() + at, nullptr, 10);
  };
  const auto marker = document.body.find("VER-");
  if (marker != std::string::npos) return number(document.body, marker + 4);
  const std::string& name = document.external_id;
  const auto digits = name.find_last_not_of("0123456789") + 1;
  return digits < name.size() ? std::optional<Id>(number(name, digits)) : std::nullopt;
}

bool open_to_all(const Document& document) {
  return std::find(document.allow.begin(), document.allow.end(), "public") != document.allow.end();
}

bool open_to_others(const Document& document) {
  return std::any_of(document.allow.begin(), document.allow.end(),
                     [](const std::string& principal) { return principal != kInternalPrincipal; });
}

/// The texts of a document that somebody but staff may see.
std::string outward_text(const Document& document) {
  if (document.media_type != kThreadMediaType) return open_to_others(document) ? document.body : "";
  const auto thread = parse_thread(document.body);
  if (!thread) return document.body;
  std::string text = thread->title;
  const auto add = [&](const Message& message) {
    if (message.audience.level != Level::Internal && message.audience.level != Level::Private) {
      text += "\n" + message.body;
    }
  };
  if (thread->opening) add(*thread->opening);
  for (const Message& message : thread->messages) add(message);
  return text;
}

class Comparison {
 public:
  Comparison(const simulation::World& world, const std::vector<Truth>& truths) : world_(&world) {
    for (const Truth& truth : truths) truths_.emplace(truth.id, &truth);
  }

  void add(const Document& document) {
    const auto id = document_in(document);
    const auto truth = id ? truths_.find(*id) : truths_.end();
    const std::string name = document.external_id;
    if (truth == truths_.end()) {
      (is_last_of_its_kind(id) ? differences_.held : differences_.resurrected).push_back(name);
      return;
    }
    seen_[*id] = true;
    check_text(document, *truth->second, name);
    check_audience(document, *truth->second, name);
  }

  Differences finish() {
    for (const auto& [id, truth] : truths_) {
      if (!seen_.contains(id)) differences_.lost.push_back("document " + std::to_string(id));
    }
    return std::move(differences_);
  }

 private:
  [[nodiscard]] bool is_last_of_its_kind(std::optional<Id> id) const {
    const auto* former = id ? world_->find(*id) : nullptr;
    return former != nullptr && std::none_of(truths_.begin(), truths_.end(), [&](const auto& one) {
             return one.second->kind == former->kind;
           });
  }

  void check_text(const Document& document, const Truth& truth, const std::string& name) {
    const auto missing = [&](const std::string& marker) {
      return document.body.find(marker) == std::string::npos;
    };
    if (missing(truth.version_marker))
      differences_.stale.push_back(name + " lacks " + truth.version_marker);
    // What readers remark below an article or page is no part of its text.
    const bool remarks =
        truth.kind == simulation::Kind::Article || truth.kind == simulation::Kind::Page;
    for (std::size_t i = 0; i < truth.public_markers.size() && (i == 0 || !remarks); ++i) {
      const std::string& marker = truth.public_markers[i];
      if (missing(marker)) differences_.stale.push_back(name + " lacks " + marker);
    }
  }

  void check_audience(const Document& document, const Truth& truth, const std::string& name) {
    const bool open = truth.access == Access::Public;
    if (!open && open_to_all(document)) differences_.leaked.push_back(name + " is open to all");
    if (open && truth.internal_markers.empty() && !open_to_all(document)) {
      differences_.stale.push_back(name + " is closed though it is public");
    }
    if (truth.access == Access::Draft && open_to_others(document))
      differences_.leaked.push_back(name + " is a draft");
    if (outward_text(document).find("INT-") != std::string::npos)
      differences_.leaked.push_back(name + " shows a note to staff");
  }

  const simulation::World* world_;
  std::map<Id, const Truth*> truths_;
  std::map<Id, bool> seen_;
  Differences differences_;
};

}  // namespace

std::vector<std::string> Differences::all() const {
  std::vector<std::string> lines;
  const auto add = [&](const char* kind, const std::vector<std::string>& list) {
    for (const std::string& line : list) lines.push_back(std::string(kind) + line);
  };
  add("lost: ", lost);
  add("stale: ", stale);
  add("resurrected: ", resurrected);
  add("leaked: ", leaked);
  return lines;
}

void Differences::add(const Differences& more) {
  lost.insert(lost.end(), more.lost.begin(), more.lost.end());
  stale.insert(stale.end(), more.stale.begin(), more.stale.end());
  resurrected.insert(resurrected.end(), more.resurrected.begin(), more.resurrected.end());
  leaked.insert(leaked.end(), more.leaked.begin(), more.leaked.end());
  held.insert(held.end(), more.held.begin(), more.held.end());
}

VendorCopy::VendorCopy(const simulation::Dialect& dialect, std::shared_ptr<const Manifest> manifest,
                       std::uint64_t seed)
    : world_(seed),
      server_(dialect.create(world_, {.most_rows = 3 + seed % 5})),
      faulty_(*server_),
      schedule_(world_, server_->profile().capabilities, seed + 1),
      random_(seed + 2),
      manifest_(std::move(manifest)),
      settings_(settings_for(*manifest_)) {
  world_.advance(minutes(10));
}

Result<std::unique_ptr<Connector>> VendorCopy::connect() {
  return create_from_manifest(
      settings_, manifest_,
      Services{world_, waiter_, [this](const http::Request& request, const Interruption&) {
                 return faulty_.send(request);
               }});
}

Result<Done> VendorCopy::sync(Ending ending) {
  trouble_.clear();
  constexpr int kMostBatches = 2000;
  auto connector = connect();
  for (int i = 0; i < kMostBatches && connector; ++i) {
    auto batch = sources::testing::fetch(**connector, ledger_, {.max_documents = 1});
    if (!batch) {
      trouble_ = batch.error().message;
      return std::move(batch).error();
    }
    if (ending == Ending::Killed && random_.chance(0.3)) return Done{};
    ledger_.store(*batch);
    for (const Change& change : batch->changes) {
      upserts_ += change.kind == ChangeKind::Upsert ? 1 : 0;
      deletes_ += change.kind == ChangeKind::Delete ? 1 : 0;
    }
    for (const std::string& problem : batch->problems) trouble_ += problem + "\n";
    if (!batch->more) return Done{};
    if (random_.chance(0.1)) connector = connect();
  }
  if (!connector) return connector.error();
  return Error{ErrorKind::Internal, "the sync never ends"};
}

void VendorCopy::live(int rounds) {
  // Some sources are older than any rescan reaches back, and some grow so old that a vendor puts
  // what was solved into an archive.
  const auto age = random_.below(3);
  if (age == 1) {
    schedule_.steps(30);
    world_.advance(hours(24 * 100));
  }
  for (int round = 0; round < rounds; ++round) {
    schedule_.steps(8);
    world_.advance(seconds(10 + random_.below(600)));
    faulty_.plan(simulation::random_faults(random_.next(), 40, 2, simulation::passing_faults()));
    // A first sync is long: much changes meanwhile.
    const bool first = round == 0;
    std::size_t changes = random_.below(first ? 30 : 6);
    faulty_.before_each([&] {
      if (changes > 0 && random_.chance(first ? 0.7 : 0.2)) --changes, schedule_.step();
    });
    const auto outcome = sync(random_.chance(0.3) ? Ending::Killed : Ending::Whole);
    faulty_.before_each({});
    if (!outcome && outcome.error().kind == ErrorKind::Internal) return;
  }
  if (age == 2) {
    settle();
    world_.advance(hours(24 * 200));
  }
}

void VendorCopy::settle() {
  faulty_.heal();
  faulty_.before_each({});
  const std::initializer_list<minutes> pauses{minutes(5),    minutes(15), hours(26), minutes(1),
                                              hours(24 * 8), minutes(1),  hours(26), minutes(1),
                                              hours(26),     minutes(1)};
  for (const minutes pause : pauses) {
    world_.advance(pause);
    const auto outcome = sync(Ending::Whole);
    if (!outcome) return;
  }
}

Differences VendorCopy::compare() const {
  const auto truths = world_.truth();
  Comparison comparison(world_, truths);
  for (const auto& [id, document] : ledger_.documents) comparison.add(document);
  return comparison.finish();
}

}  // namespace freshet::sources::http_api::testing
