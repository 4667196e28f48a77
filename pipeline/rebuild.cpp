#include "pipeline/rebuild.h"

#include <algorithm>
#include <system_error>

#include "base/files.h"

namespace freshet::pipeline {

namespace {

Result<Done> remove_directory(const std::filesystem::path& directory) {
  std::error_code code;
  std::filesystem::remove_all(directory, code);
  if (code) return file_error("remove", directory, code.value());
  return Done{};
}

/// After the last generation that anyone can have seen, even where the index itself is unreadable.
Result<std::uint64_t> next_generation(const Ledger& ledger, const index::IndexWriter& live) {
  FRESHET_TRY(const std::uint64_t recorded, ledger.last_generation());
  const auto current = live.current();
  return std::max(recorded, current ? current->number : 0) + 1;
}

Result<Done> put_in_place(const std::filesystem::path& built, const std::filesystem::path& live) {
  std::error_code ignored;
  if (std::filesystem::exists(live, ignored)) {
    FRESHET_CHECK(exchange_paths(built, live));
    return remove_directory(built);
  }
  std::error_code code;
  std::filesystem::rename(built, live, code);
  if (code) return file_error("rename", built, code.value());
  return sync_directory(live.parent_path());
}

}  // namespace

Result<PublishReport> rebuild(Ledger& ledger, const index::Encoder& encoder,
                              const RebuildTarget& target, const PublishOptions& options,
                              const Interruption& interruption) {
  const std::filesystem::path beside = target.index_directory.string() + ".rebuild";
  const index::IndexWriter live(target.index_directory, target.settings, target.clock);
  FRESHET_TRY(const std::uint64_t number, next_generation(ledger, live));
  FRESHET_CHECK(remove_directory(beside));
  FRESHET_CHECK(freshet::create_directories(beside));
  index::IndexWriter writer(beside, target.settings, target.clock);
  FRESHET_TRY(const auto identity, identity_of(ledger, encoder, options));
  FRESHET_CHECK(writer.reset(identity, number));
  FRESHET_TRY(auto report, publish(ledger, writer, encoder, options, interruption));
  FRESHET_CHECK(put_in_place(beside, target.index_directory));
  return report;
}

}  // namespace freshet::pipeline
