#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/freshness/source_view.h"
#include "pipeline/ledger/records.h"

namespace freshet::pipeline {

enum class LinkState {
  External,  ///< Not about this source: other hosts, mail, fragments, template expressions.
  Fine,      ///< Something it may mean exists.
  Gone,      ///< Nothing it may mean exists, and one of these paths did once.
  Unseen,    ///< A file of a kind that is no document: we know such files only once they leave.
  Unknown,   ///< Looks like a page, but nothing it may mean exists or ever did as far as we know.
};

struct Resolution {
  LinkState state = LinkState::External;
  std::string path;  ///< Gone: the path that left.
};

/// Says what a link as written means in a source: as a path between files (GitHub, GitBook, MkDocs,
/// Docusaurus) and as an address on the generated site (Hugo, Jekyll, Sphinx), where "setup",
/// "setup/", "setup.html" and "/setup" all mean setup.md or an index page of setup/.
///
/// Precision before recall: as long as anything that a link may mean exists, the link is fine. Only
/// where pages are served as directories ("../b" from a/page.md may be b or a/b) the source's own
/// links decide which of the two readings is meant, once they show it clearly. Thread-safe after
/// construction.
class LinkResolver {
 public:
  LinkResolver(const SourceView& view, const std::vector<LinkRecord>& links);

  [[nodiscard]] Resolution resolve(const LinkRecord& link) const;

 private:
  enum class Reading { Both, FromFile, FromAddress };
  struct Target;

  [[nodiscard]] Target read(std::string_view written) const;
  [[nodiscard]] std::vector<std::string> meanings(const LinkRecord& link,
                                                  const Target& target) const;
  [[nodiscard]] Resolution look_up(const std::vector<std::string>& meanings) const;
  [[nodiscard]] bool is_known(const std::string& path) const;
  void learn(const std::vector<LinkRecord>& links);

  const SourceView* view_;
  Reading reading_ = Reading::Both;
};

}  // namespace freshet::pipeline
