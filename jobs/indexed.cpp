#include "jobs/indexed.h"

#include <nlohmann/json.hpp>

namespace freshet::jobs {

Result<std::shared_ptr<const index::Snapshot>> live_generation(const Workspace& workspace) {
  auto snapshot = index::Snapshot::open(workspace.index_directory());
  if (!snapshot && snapshot.error().kind == ErrorKind::NotFound) {
    return std::shared_ptr<const index::Snapshot>();
  }
  return snapshot;
}

Result<Indexed> indexed(const index::Snapshot* snapshot, const std::string& id) {
  Indexed found;
  if (snapshot == nullptr) return found;
  FRESHET_TRY(const auto stored, snapshot->document(id));
  if (!stored) return found;
  found.fields = stored->fields;
  for (std::size_t i = 0; i < stored->count; ++i) {
    FRESHET_TRY(auto passage,
                snapshot->passage(stored->first + static_cast<index::PassageNumber>(i)));
    found.passages.push_back(std::move(passage.passage));
  }
  return found;
}

Json passages_json(const std::vector<index::Passage>& passages) {
  Json list = Json::array();
  for (const auto& passage : passages) {
    list.push_back({{"ordinal", passage.ordinal},
                    {"heading_path", passage.heading_path},
                    {"text_hash", passage.text_hash},
                    {"line_first", passage.range.line_first},
                    {"line_last", passage.range.line_last},
                    {"text", passage.text}});
  }
  return list;
}

}  // namespace freshet::jobs
