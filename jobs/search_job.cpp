#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/utf8.h"
#include "index/searcher.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "serving/wire/search_response.h"

namespace freshet::jobs {

namespace {

struct SearchOptions {
  std::string text;
  std::size_t top_k = 10;
  std::string filter;
  std::string mode = "hybrid";
  std::optional<double> alpha;
  bool explain = false;
};

Result<index::SearchMode> mode_of(const std::string& name) {
  if (name == "hybrid") return index::SearchMode::Hybrid;
  if (name == "keyword" || name == "lexical") return index::SearchMode::Keyword;
  if (name == "vector") return index::SearchMode::Vector;
  return Error{ErrorKind::Invalid, "--mode is hybrid, keyword or vector, not '" + name + "'"};
}

Result<index::Query> query_of(const SearchOptions& options) {
  index::Query query;
  if (options.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return Error{ErrorKind::Invalid, "the query is empty"};
  }
  query.text = options.text;
  query.top_k = options.top_k;
  query.alpha = options.alpha;
  query.explain = options.explain ? index::Explain::Yes : index::Explain::No;
  FRESHET_TRY(query.mode, mode_of(options.mode));
  if (!options.filter.empty()) {
    FRESHET_TRY(query.filter, index::parse_filter_expression(options.filter));
  }
  return query;
}

/// One line of at most `most` bytes.
std::string excerpt(std::string text, std::size_t most) {
  for (char& c : text) {
    if (c == '\n' || c == '\t' || c == '\r') c = ' ';
  }
  if (text.size() <= most) return text;
  return std::string(truncate_utf8(text, most)) + "...";
}

void print_explanation(std::ostream& out, const index::HitExplanation& why) {
  const auto rank = [](const std::optional<std::size_t>& value) {
    return value ? "rank " + std::to_string(*value) : std::string("not in its top");
  };
  out << fmt::format("     keyword: {}, BM25 {:.2f}, adds {:.3f}", rank(why.keyword_rank), why.bm25,
                     why.keyword_part);
  if (!why.matched_terms.empty()) out << fmt::format(" ({})", fmt::join(why.matched_terms, ", "));
  out << fmt::format("\n     vector:  {}, cosine {:.3f}, adds {:.3f}\n", rank(why.vector_rank),
                     why.cosine, why.vector_part);
}

void print_text(std::ostream& out, const index::Answer& answer) {
  for (const std::string& note : answer.notes) out << "note: " << note << "\n";
  std::size_t place = 0;
  for (const index::Hit& hit : answer.hits) {
    const auto& range = hit.passage.range;
    out << fmt::format("{:2}. {}  [score {:.3f}, relevance {:.2f}]\n", ++place, hit.document.title,
                       hit.score, hit.relevance);
    if (!hit.passage.heading_path.empty()) {
      out << "     " << fmt::format("{}", fmt::join(hit.passage.heading_path, " > ")) << "\n";
    }
    out << "     " << hit.document.source << ":" << hit.document.path << ":" << range.line_first
        << "-" << range.line_last;
    if (!hit.document.url.empty()) out << "  " << hit.document.url;
    out << "\n     " << excerpt(hit.passage.text, 220) << "\n";
    if (hit.explanation) print_explanation(out, *hit.explanation);
  }
  out << fmt::format("generation {}\n", answer.generation);
}

/// Where everything is hidden from whoever asks, an empty answer looks like an empty index.
Result<Done> print_nothing_found(std::ostream& out, const index::Snapshot& snapshot,
                                 const index::Query& query) {
  FRESHET_TRY(const auto shown, snapshot.allowed(query.principals, std::nullopt));
  const std::uint64_t hidden = snapshot.live().size() - shown.size();
  out << "nothing found";
  if (hidden > 0) {
    out << fmt::format(
        " in the {} passages for {}; {} more are for other readers (freshet get ID says for whom)",
        shown.size(), fmt::join(query.principals, ", "), hidden);
  }
  out << "\n";
  return Done{};
}

void print_weights(std::ostream& out, const index::FusionExplanation& weights) {
  out << fmt::format(
      "weights: keyword {:.3f} beside vector 1 (keyword gap {:.2f}, vector gap {:.2f}, keyword z "
      "{:.1f})\n",
      weights.lambda, weights.keyword_gap, weights.vector_gap, weights.keyword_z);
}

Result<ExitCode> run_search(const SearchOptions& options, Context& context) {
  FRESHET_TRY(const index::Query query, usage(context, query_of(options)));
  FRESHET_TRY(const Workspace workspace, Workspace::open(context));
  FRESHET_CHECK(workspace.published());
  index::SnapshotSource snapshots(workspace.index_directory());
  FRESHET_TRY(const auto snapshot, snapshots.newest());
  const Instant started = context.clock.now();
  FRESHET_TRY(const auto encoder,
              workspace.encoder_for(snapshot->summary().identity, query.mode, context));
  const index::Searcher searcher(snapshots, encoder.get());
  FRESHET_TRY(const auto answer, searcher.search(query, snapshot));
  for (const std::string& failure : answer.failures) context.err << "warning: " << failure << "\n";
  const Instant now = context.clock.now();
  if (context.output == Output::Text) {
    if (options.explain) print_weights(context.out, answer.fusion);
    if (answer.hits.empty()) FRESHET_CHECK(print_nothing_found(context.out, *snapshot, query));
    print_text(context.out, answer);
    return ExitCode::Ok;
  }
  const double took = std::chrono::duration<double, std::milli>(now - started).count();
  context.out << dump_json_pretty(serving::search_response(
                     answer, {.request_id = "cli", .query = query, .now = now, .took_ms = took}))
              << "\n";
  return ExitCode::Ok;
}

}  // namespace

Action declare_search(CLI::App& command) {
  const auto options = std::make_shared<SearchOptions>();  // shared with CLI11's callbacks
  command.add_option("query", options->text, "What to look for")->required();
  command.add_option("-k,--top-k", options->top_k, "How many hits, 1 to 200")
      ->check(CLI::Range(1, 200))
      ->capture_default_str();
  command.add_option(
      "--filter", options->filter,
      "Only passages whose fields match, 'a=b,c!=d,e>=f,g=x|y': comma is AND, | lists "
      "alternatives");
  command.add_option("--mode", options->mode, "hybrid, keyword or vector")->capture_default_str();
  command.add_option("--alpha", options->alpha, "Fixed weight: 0 keyword .. 1 vector")
      ->check(CLI::Range(0.0, 1.0))
      ->default_str("one per query");
  command.add_flag("--explain", options->explain,
                   "Rank, score and share of each leg for every hit");
  return [options](Context& context) { return run_search(*options, context); };
}

}  // namespace freshet::jobs
