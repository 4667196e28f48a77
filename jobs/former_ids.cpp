#include "jobs/former_ids.h"

namespace freshet::jobs {

Result<std::vector<std::string>> ids_in_index(const pipeline::Ledger& ledger,
                                              const pipeline::DocumentRecord& record,
                                              std::uint64_t sequence) {
  std::vector<std::string> ids{record.id};
  for (const std::string& former : record.former_ids) {
    FRESHET_TRY(const auto now, ledger.document(former));
    const bool another = now && now->id == former && !now->deleted && now->sequence <= sequence;
    if (!another) ids.push_back(former);
  }
  return ids;
}

}  // namespace freshet::jobs
