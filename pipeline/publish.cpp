#include "pipeline/publish.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>

#include "pipeline/passage_vectors.h"
#include "pipeline/prepare_document.h"
#include "pipeline/redaction/policy.h"

namespace freshet::pipeline {

namespace {

/// Bodies in memory at a time; a generation is made of many such pages.
constexpr std::size_t kDocumentsPerPage = 32;
constexpr std::size_t kMaxFailures = 10000;

/// One publish under way.
class Replay {
 public:
  Replay(Ledger& ledger, const index::Encoder& encoder, const PublishOptions& options,
         const Interruption& interruption)
      : ledger_(ledger), encoder_(encoder), options_(options), interruption_(interruption) {
    for (const config::SourceSettings& source : options.sources)
      sources_.emplace(source.name, &source);
  }

  Result<PublishReport> run(index::IndexWriter& writer);

 private:
  /// Everything up to the next generation; ledger_sequence stays where it is when nothing is left.
  Result<index::PublishRequest> next_step(std::uint64_t sequence);
  Result<Done> add_page(std::span<const DocumentRecord> records, index::PublishRequest& request);
  Result<Done> complete_moves(std::uint64_t base, index::PublishRequest& request);
  Result<Done> add_early(const std::string& id, index::PublishRequest& request);
  /// A takedown may overtake a document on its way into the index.
  void remove(const std::string& id, index::PublishRequest& request);
  Result<Done> drop_overtaken_vectors(std::size_t takedowns_before);
  [[nodiscard]] PreparedDocument prepare(const DocumentRecord& record) const;
  void tell() const { options_.progress(report_, remaining_); }

  Ledger& ledger_;
  const index::Encoder& encoder_;
  const PublishOptions& options_;
  const Interruption& interruption_;
  std::map<std::string, const config::SourceSettings*, std::less<>> sources_;
  config::SourceSettings
      unknown_source_;  ///< For documents of a source that left the configuration.
  PublishReport report_;
  std::uint64_t remaining_ = 0;
  std::uint64_t begin_ = 0;  ///< What the index covered before.
};

Result<PublishReport> Replay::run(index::IndexWriter& writer) {
  FRESHET_TRY(report_.generation, writer.current());
  FRESHET_TRY(const auto identity, identity_of(ledger_, encoder_, options_));
  FRESHET_TRY(const auto takedowns, ledger_.takedowns());
  begin_ = report_.generation.ledger_sequence;
  for (;;) {
    const std::uint64_t sequence = report_.generation.ledger_sequence;
    FRESHET_TRY(remaining_, ledger_.count_changes_after(sequence));
    FRESHET_TRY(auto request, next_step(sequence));
    if (request.ledger_sequence == sequence) break;
    request.identity = identity;
    request.before_switch = [this] { options_.entering("switch"); };
    options_.entering("segment");
    FRESHET_TRY(report_.generation, writer.publish(request));
    FRESHET_CHECK(ledger_.record_generation(report_.generation.number, request.ledger_sequence));
    tell();
  }
  FRESHET_CHECK(drop_overtaken_vectors(takedowns.size()));
  return std::move(report_);
}

/// A takedown erases a text's vectors, but not those that were being made at that moment.
Result<Done> Replay::drop_overtaken_vectors(std::size_t takedowns_before) {
  FRESHET_TRY(const auto takedowns, ledger_.takedowns());
  if (takedowns.size() == takedowns_before) return Done{};
  FRESHET_CHECK(ledger_.prune_vectors(encoder_.id()));
  return Done{};
}

Result<index::PublishRequest> Replay::next_step(std::uint64_t sequence) {
  index::PublishRequest request;
  request.ledger_sequence = sequence;
  for (std::size_t documents = 0; documents < options_.documents_per_generation;) {
    options_.entering("prepare");
    const std::size_t page =
        std::min(kDocumentsPerPage, options_.documents_per_generation - documents);
    FRESHET_TRY(const auto records, ledger_.changes_after(request.ledger_sequence, page));
    if (records.empty()) break;
    if (interruption_.due()) {
      return Error{ErrorKind::Interrupted,
                   "publishing was interrupted; the next sync goes on from the last generation"};
    }
    FRESHET_CHECK(add_page(records, request));
    request.ledger_sequence = records.back().sequence;
    documents += records.size();
    remaining_ -= std::min<std::uint64_t>(remaining_, records.size());
    tell();
  }
  FRESHET_CHECK(complete_moves(sequence, request));
  return request;
}

/// Takes in, before its turn, what belongs to this step's half of a move. An index that is made
/// from nothing shows no former id, so nothing is done for it.
Result<Done> Replay::complete_moves(std::uint64_t base, index::PublishRequest& request) {
  if (begin_ == 0 || request.ledger_sequence == base) return Done{};
  FRESHET_TRY(const auto moves, ledger_.moves_after(begin_));
  std::set<std::string> early;
  const auto taken = [&](const std::string& id, std::uint64_t sequence) {
    return early.contains(id) || (sequence > base && sequence <= request.ledger_sequence);
  };
  for (bool more = true; std::exchange(more, false);) {
    for (const MoveRecord& move : moves) {
      const bool from = taken(move.from, move.from_sequence);
      if (from == taken(move.to, move.to_sequence)) continue;
      const bool later = (from ? move.to_sequence : move.from_sequence) > request.ledger_sequence;
      if (later) more = early.insert(from ? move.to : move.from).second;
    }
  }
  for (const std::string& id : early) FRESHET_CHECK(add_early(id, request));
  return Done{};
}

Result<Done> Replay::add_early(const std::string& id, index::PublishRequest& request) {
  FRESHET_TRY(const auto record, ledger_.document(id));
  if (record && record->id == id) return add_page(std::span(&*record, 1), request);
  remove(id, request);
  return Done{};
}

Result<Done> Replay::add_page(std::span<const DocumentRecord> records,
                              index::PublishRequest& request) {
  std::vector<index::IndexedDocument> upserts;
  std::vector<DerivedDocument> derived;
  for (const DocumentRecord& record : records) {
    PreparedDocument prepared = record.deleted ? PreparedDocument() : prepare(record);
    if (!prepared.failure.empty() && report_.failed.size() < kMaxFailures) {
      report_.failed.push_back(std::move(prepared.failure));
    }
    if (!record.deleted) derived.push_back(std::move(prepared.derived));
    if (prepared.indexed.passages.empty()) {
      remove(record.id, request);
    } else {
      report_.passages += prepared.indexed.passages.size();
      upserts.push_back(std::move(prepared.indexed));
    }
  }
  const std::uint64_t before = report_.passages_encoded;
  options_.entering("encode");
  FRESHET_CHECK(fill_vectors(upserts, ledger_, encoder_, interruption_, [&](std::uint64_t encoded) {
    report_.passages_encoded = before + encoded;
    tell();
  }));
  report_.documents += upserts.size();
  std::move(upserts.begin(), upserts.end(), std::back_inserter(request.upserts));
  options_.entering("store");
  return ledger_.store_derived(derived);
}

void Replay::remove(const std::string& id, index::PublishRequest& request) {
  report_.documents -= std::erase_if(
      request.upserts, [&](const auto& document) { return document.fields.id == id; });
  request.removals.push_back(id);
  ++report_.removed;
}

PreparedDocument Replay::prepare(const DocumentRecord& record) const {
  const auto source = sources_.find(record.source);
  const auto& settings = source == sources_.end() ? unknown_source_ : *source->second;
  return prepare_document(record, settings, encoder_.tokens(), options_.passages);
}

Error needs_rebuild(std::string_view why) {
  return {ErrorKind::Invalid, "cannot publish: " + std::string(why) + "; run `freshet rebuild`"};
}

Result<Done> check_continues(const index::GenerationSummary& live,
                             const index::IndexIdentity& wanted, const Ledger& ledger) {
  if (live.number == 0) return Done{};
  if (live.identity.encoder_id != wanted.encoder_id) {
    return needs_rebuild("the index was made with the encoder " + live.identity.encoder_id +
                         ", the configuration names " + wanted.encoder_id);
  }
  if (live.identity.settings_fingerprint != wanted.settings_fingerprint) {
    return needs_rebuild("the index was made with other passage or redact settings (" +
                         live.identity.settings_fingerprint + ", now " +
                         wanted.settings_fingerprint + ")");
  }
  FRESHET_TRY(const std::string identity, ledger.identity());
  if (live.identity.ledger != identity)
    return needs_rebuild("the index was made from another ledger");
  FRESHET_TRY(const std::uint64_t last, ledger.last_sequence());
  if (live.ledger_sequence <= last) return Done{};
  return needs_rebuild("the index covers change " + std::to_string(live.ledger_sequence) +
                       ", but the ledger ends at " + std::to_string(last));
}

/// Where the index was deleted, numbers go on behind those that a running server may have seen.
Result<Done> continue_numbers(const index::GenerationSummary& live,
                              const index::IndexIdentity& wanted, const Ledger& ledger,
                              index::IndexWriter& writer) {
  FRESHET_TRY(const std::uint64_t last, ledger.last_generation());
  if (live.number != 0 || last == 0) return Done{};
  FRESHET_CHECK(writer.reset(wanted, last + 1));
  return Done{};
}

}  // namespace

Result<PublishReport> publish(Ledger& ledger, index::IndexWriter& writer,
                              const index::Encoder& encoder, const PublishOptions& options,
                              const Interruption& interruption) {
  FRESHET_TRY(const auto live, begin_publish(ledger, writer, encoder.id(), options));
  FRESHET_TRY(const auto wanted, identity_of(ledger, encoder, options));
  FRESHET_CHECK(continue_numbers(live, wanted, ledger, writer));
  return Replay(ledger, encoder, options, interruption).run(writer);
}

Result<index::GenerationSummary> begin_publish(Ledger& ledger, const index::IndexWriter& writer,
                                               const std::string& encoder_id,
                                               const PublishOptions& options) {
  FRESHET_TRY(auto live, writer.current());
  // The dimension follows from the encoder; the writer compares it before it writes.
  FRESHET_CHECK(check_continues(
      live, index_identity(encoder_id, 0, options.passages, options.sources), ledger));
  for (const config::SourceSettings& source : options.sources) {
    FRESHET_CHECK(ledger.take_defaults(source.name, {source.owner, source.language}));
  }
  return live;
}

Result<index::IndexIdentity> identity_of(const Ledger& ledger, const index::Encoder& encoder,
                                         const PublishOptions& options) {
  auto identity =
      index_identity(encoder.id(), encoder.dimension(), options.passages, options.sources);
  FRESHET_TRY(identity.ledger, ledger.identity());
  return identity;
}

index::IndexIdentity index_identity(std::string encoder_id, std::size_t dimension,
                                    const config::PassageSettings& passages,
                                    std::span<const config::SourceSettings> sources) {
  const std::string redaction = redaction_fingerprint(sources);
  // Raise the number when extraction, redaction, splitting or the segment format change what an
  // index holds.
  constexpr int kFormat = 1;
  return {std::move(encoder_id), dimension,
          "format " + std::to_string(kFormat) + ", passages of " +
              std::to_string(passages.min_tokens) + " to " + std::to_string(passages.max_tokens) +
              " tokens" + (redaction.empty() ? "" : ", redaction " + redaction)};
}

}  // namespace freshet::pipeline
