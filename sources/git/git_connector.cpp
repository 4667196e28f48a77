#include "sources/git/git_connector.h"

#include <optional>
#include <string>
#include <utility>

#include "base/hash.h"
#include "sources/comparison.h"
#include "sources/document_form.h"
#include "sources/git/address.h"
#include "sources/git/git_cursor.h"
#include "sources/git/git_pass.h"
#include "sources/git/handles.h"
#include "sources/git/origin.h"

namespace freshet::sources::git {
namespace {

class GitConnector final : public Connector {
 public:
  GitConnector(config::GitSettings settings, DocumentForm form)
      : settings_(std::move(settings)), form_(std::move(form)) {
    fingerprint_ = freshet::to_hex(
        hash128(form_.fingerprint() + settings_.repository + '\n' + settings_.revision));
  }

  Result<Batch> fetch(const FetchRequest& request) override {
    if (request.interruption.due()) return interrupted();
    if (!continuation_ || continuation_->cursor != request.cursor || starts_over(request)) {
      continuation_.reset();
      FRESHET_TRY(auto started, start(request));
      if (!started) return unchanged(request);
      continuation_ = Continuation{std::string(request.cursor), *std::move(started)};
    }
    auto batch = continuation_->pass.next(request);
    if (batch && batch->more) {
      continuation_->cursor = batch->next_cursor;
    } else {
      continuation_.reset();
    }
    return batch;
  }

 private:
  /// A pass held in memory only saves planning it again: it is dropped unless the caller goes on
  /// exactly where it stopped.
  struct Continuation {
    std::string cursor;
    PassOverTree pass;
  };

  static Batch unchanged(const FetchRequest& request) {
    Batch batch;
    batch.next_cursor = request.cursor;
    batch.complete = true;
    return batch;
  }

  static bool starts_over(const FetchRequest& request) {
    const auto cursor = parse_git_cursor(request.cursor);
    return request.mode == FetchMode::Full && !(cursor.pass && cursor.pass->full);
  }

  /// Opens the source and plans a pass, or nothing when the cursor says that there is nothing to
  /// do.
  Result<std::optional<PassOverTree>> start(const FetchRequest& request) {
    FRESHET_TRY(Origin origin, open_origin(settings_, request.interruption));
    GitCursor cursor = parse_git_cursor(request.cursor);
    const std::string target = to_hex(origin.commit);
    const bool same_settings = cursor.fingerprint == fingerprint_;
    const bool full = request.mode == FetchMode::Full || (cursor.pass && cursor.pass->full);
    if (!full && !cursor.pass && same_settings && !cursor.unsettled && cursor.synced == target) {
      return std::optional<PassOverTree>();
    }
    const bool resumes =
        cursor.pass && same_settings && cursor.pass->target == target && !starts_over(request);
    if (!resumes) cursor.pass = GitPass{target, full, {}};
    cursor.fingerprint = fingerprint_;
    auto pass = PassOverTree::plan(std::move(origin), form_, std::move(cursor), request);
    if (!pass) {
      return while_doing(
          "read commit " + target.substr(0, 12) + " of " + printable_address(settings_.repository),
          std::move(pass).error());
    }
    return std::optional(*std::move(pass));
  }

  Library library_;  // Before whatever holds handles.
  config::GitSettings settings_;
  DocumentForm form_;
  std::string fingerprint_;
  std::optional<Continuation> continuation_;
};

}  // namespace

Result<std::unique_ptr<Connector>> create_git(const config::SourceSettings& settings) {
  const auto* git = std::get_if<config::GitSettings>(&settings.kind);
  if (git == nullptr) {
    return Error{ErrorKind::Invalid, "source " + settings.name + " has no git settings"};
  }
  auto form = DocumentForm::create(settings);
  if (!form) return while_doing("set up source " + settings.name, std::move(form).error());
  return std::unique_ptr<Connector>(std::make_unique<GitConnector>(*git, *std::move(form)));
}

}  // namespace freshet::sources::git
