#include "jobs/catalog.h"

#include <array>

namespace freshet::jobs {

namespace {

constexpr std::array kJobs{
    Job{"init", "Write a commented configuration file", declare_init},
    Job{"config", "Check or describe the configuration", declare_config},
    Job{"connector", "Write, check and try manifests of REST services", declare_connector},
    Job{"sync", "Pull what changed from the sources and publish it", declare_sync},
    Job{"schedule", "Print what makes cron or systemd sync every minute", declare_schedule},
    Job{"search", "Ask the index", declare_search},
    Job{"get", "Show one document", declare_get},
    Job{"export", "Write every document as NDJSON", declare_export},
    Job{"status", "Show sources, index and last runs", declare_status},
    Job{"stale", "Report what has gone stale, with proof", declare_stale},
    Job{"verify", "Check the stores and compare ledger with index", declare_verify},
    Job{"merge", "Merge segments and drop dead passages", declare_merge},
    Job{"rebuild", "Build the index anew from the ledger and swap it in", declare_rebuild},
    Job{"rollback", "Make an earlier generation the live one", declare_rollback},
    Job{"forget", "Take a document down for good", declare_forget},
    Job{"eval", "Score retrieval on a judged data set", declare_eval},
    Job{"serve", "Answer queries over HTTP", declare_serve},
    Job{"completion", "Print a shell completion script", declare_completion},
    Job{"version", "Print version and build", declare_version},
};

}  // namespace

std::span<const Job> jobs() {
  return kJobs;
}

}  // namespace freshet::jobs
