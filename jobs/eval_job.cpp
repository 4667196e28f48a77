#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/temporary_directory.h"
#include "index/evaluation/evaluate.h"
#include "index/searcher.h"
#include "jobs/assembly.h"
#include "jobs/catalog.h"
#include "jobs/eval_index.h"

namespace freshet::jobs {

namespace {

struct EvalOptions {
  std::filesystem::path dataset;
  bool whole = false;
  std::string precision;
};

Json to_json(const index::LegMetrics& metrics) {
  return {{"ndcg@10", metrics.ndcg10}, {"recall@100", metrics.recall100}, {"mrr", metrics.mrr10}};
}

void print_text(std::ostream& out, const index::JudgedDataset& dataset,
                const index::Evaluation& result) {
  out << fmt::format("{}: {} documents, {} judged queries\n", dataset.name,
                     dataset.documents.size(), dataset.queries.size());
  const auto row = [&](std::string_view leg, const index::LegMetrics& metrics) {
    out << fmt::format("{:8} nDCG@10 {:.4f}  Recall@100 {:.4f}  MRR@10 {:.4f}\n", leg,
                       metrics.ndcg10, metrics.recall100, metrics.mrr10);
  };
  row("keyword", result.keyword);
  row("vector", result.vector);
  row("hybrid", result.hybrid);
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

  FRESHET_CHECK(build_eval_index({.dataset = dataset,
                                  .encoder = *encoder,
                                  .settings = workspace.settings(),
                                  .form = options.whole ? EvalForm::Whole : EvalForm::Split},
                                 scratch.path(), context.clock, *progress, interruption));
  index::SnapshotSource snapshots(scratch.path());
  const index::Searcher searcher(snapshots, encoder.get());
  FRESHET_TRY(const auto result, index::evaluate(dataset, searcher, interruption));
  if (context.output == Output::Json) {
    context.out << dump_json(Json{{"keyword", to_json(result.keyword)},
                                  {"vector", to_json(result.vector)},
                                  {"hybrid", to_json(result.hybrid)}})
                << "\n";
  } else {
    print_text(context.out, dataset, result);
  }
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
  command.add_option("--precision", options->precision, "Of the encoder: auto, f32 or bf16")
      ->check(CLI::IsMember({"auto", "f32", "bf16"}))
      ->default_str("encoder.precision");
  return [options](Context& context) { return run_eval(*options, context); };
}

}  // namespace freshet::jobs
