#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/temporary_directory.h"
#include "index/evaluation/evaluate.h"
#include "index/evaluation/exact_ranking.h"
#include "index/searcher.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/eval_index.h"

namespace freshet::jobs {

namespace {

struct EvalOptions {
  std::filesystem::path dataset;
  bool whole = false;
  bool exact = false;
  std::string precision;
};

/// Figures by leg, in the order in which they are shown.
using Figures = std::vector<std::pair<std::string, index::LegMetrics>>;

void print(const Figures& figures, const index::JudgedDataset& dataset, const Context& context) {
  Json json = Json::object();
  std::string text = fmt::format("{}: {} documents, {} judged queries\n", dataset.name,
                                 dataset.documents.size(), dataset.queries.size());
  for (const auto& [leg, metrics] : figures) {
    json[leg] = {
        {"ndcg@10", metrics.ndcg10}, {"recall@100", metrics.recall100}, {"mrr", metrics.mrr10}};
    text += fmt::format("{:8} nDCG@10 {:.4f}  Recall@100 {:.4f}  MRR@10 {:.4f}\n", leg,
                        metrics.ndcg10, metrics.recall100, metrics.mrr10);
  }
  context.out << (context.output == Output::Json ? dump_json(json) + "\n" : text);
}

/// What the vector leg would find if it compared the encoder's own vectors, all of them.
Result<index::LegMetrics> evaluate_exactly(const index::JudgedDataset& dataset,
                                           const std::vector<index::ExactVector>& vectors,
                                           const index::Encoder& encoder,
                                           const Interruption& interruption) {
  constexpr std::size_t kDepth = 101;  // 100, and one that a query may exclude.
  const auto ranker = [&](const index::JudgedQuery& query) -> Result<std::vector<std::string>> {
    const std::vector<std::string_view> texts{query.text};
    FRESHET_TRY(const auto encoded, encoder.encode(texts, index::TextRole::Query, interruption));
    return index::rank_exactly(encoded.front(), vectors, kDepth);
  };
  return index::evaluate_ranker(dataset, ranker, interruption);
}

Result<ExitCode> run_eval(const EvalOptions& options, Context& context) {
  FRESHET_TRY(Workspace workspace, Workspace::open_or_default(context));
  if (!options.precision.empty()) workspace.set_precision(options.precision);
  FRESHET_TRY(auto as_published, index::read_dataset(options.dataset));
  const auto dataset = named_by_place(std::move(as_published));
  FRESHET_TRY(const auto encoder, workspace.encoder());
  FRESHET_TRY(const TemporaryDirectory scratch, TemporaryDirectory::create("freshet-eval"));
  const Interruption interruption(context.stop, context.clock, std::nullopt);
  const auto progress = make_progress(context, context.err);

  FRESHET_TRY(const auto vectors,
              build_eval_index({.dataset = dataset,
                                .encoder = *encoder,
                                .settings = workspace.settings(),
                                .form = options.whole ? EvalForm::Whole : EvalForm::Split},
                               scratch.path(), context.clock, *progress, interruption));
  index::SnapshotSource snapshots(scratch.path());
  const index::Searcher searcher(snapshots, encoder.get());
  FRESHET_TRY(const auto result, index::evaluate(dataset, searcher, interruption));
  Figures figures{
      {"keyword", result.keyword}, {"vector", result.vector}, {"hybrid", result.hybrid}};
  if (options.exact) {
    FRESHET_TRY(const auto exact, evaluate_exactly(dataset, vectors, *encoder, interruption));
    figures.emplace_back("exact", exact);
  }
  print(figures, dataset, context);
  return ExitCode::Ok;
}

}  // namespace

Action declare_eval(CLI::App& command) {
  const auto options = std::make_shared<EvalOptions>();  // shared with CLI11's callbacks
  command
      .add_option("--dataset", options->dataset,
                  "Directory in BEIR's layout: corpus.jsonl[.gz], queries.jsonl, qrels/*.tsv")
      ->required();
  command.add_flag("--whole", options->whole, "One passage per document instead of splitting");
  command.add_flag(
      "--exact", options->exact,
      "Also an exact f32 search over the same vectors, to hold the vector leg against");
  command.add_option("--precision", options->precision, "Of the encoder: auto, f32 or bf16")
      ->check(CLI::IsMember({"auto", "f32", "bf16"}))
      ->default_str("encoder.precision");
  return [options](Context& context) { return run_eval(*options, context); };
}

}  // namespace freshet::jobs
