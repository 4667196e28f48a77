#include "sources/git/moves.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace freshet::sources::git {
namespace {

std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

class Pairing {
 public:
  explicit Pairing(const std::vector<KnownDocument>& gone) {
    for (const auto& document : gone) {
      by_blob_[blob_of_version(document.version)].push_back(document.external_id);
    }
  }

  void pair_equal(const NewDocument& added) {
    const auto found = by_blob_.find(added.blob);
    if (found == by_blob_.end()) return;
    auto& candidates = found->second;
    auto best = std::find_if(candidates.begin(), candidates.end(), [&](const auto& id) {
      return file_name(id) == file_name(added.external_id);
    });
    if (best == candidates.end()) best = candidates.begin();
    if (best == candidates.end()) return;
    pair(added.external_id, *best);
    candidates.erase(best);
  }

  void pair(const std::string& id, const std::string& former) {
    if (moves_.count(id) == 0 && used_.insert(former).second) moves_.emplace(id, former);
  }

  std::unordered_map<std::string, std::string> take() { return std::move(moves_); }

 private:
  std::unordered_set<std::string> used_;
  std::unordered_map<std::string, std::vector<std::string>> by_blob_;
  std::unordered_map<std::string, std::string> moves_;
};

}  // namespace

std::string blob_of_version(std::string_view version) {
  return std::string(version.substr(0, version.find('.')));
}

std::vector<Rename> renames_of(const std::vector<NewDocument>& added,
                               const std::vector<Departure>& departures, Reach reach) {
  std::unordered_map<std::string, std::string> former;
  for (const auto& departure : departures) {
    if (departure.moved_to) former.emplace(*departure.moved_to, departure.path);
  }
  std::vector<Rename> renames;
  for (const auto& document : added) {
    // No path departs twice, so that this ends.
    auto name = former.find(document.external_id);
    if (name == former.end()) continue;
    for (auto earlier = name; reach == Reach::WholeChain && earlier != former.end();) {
      name = earlier;
      earlier = former.find(name->second);
    }
    renames.push_back({name->second, document.external_id});
  }
  return renames;
}

std::unordered_map<std::string, std::string> pair_moves(const std::vector<KnownDocument>& gone,
                                                        const std::vector<NewDocument>& added,
                                                        const std::vector<Rename>& renames) {
  Pairing pairing(gone);
  std::unordered_set<std::string> is_new;
  for (const auto& document : added) {
    is_new.insert(document.external_id);
    pairing.pair_equal(document);
  }
  for (const auto& rename : renames) {
    if (is_new.count(rename.to) > 0) pairing.pair(rename.to, rename.from);
  }
  return pairing.take();
}

}  // namespace freshet::sources::git
