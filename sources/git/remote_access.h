#pragma once

#include <git2.h>

#include "base/interruption.h"
#include "base/result.h"
#include "config/settings.h"

namespace freshet::sources::git {

/// How we prove who we are to a git server, when we stop, and what its refusals mean. Certificates
/// and host keys are checked by libgit2 against the system's authorities and ~/.ssh/known_hosts.
/// Must outlive every call that was given its callbacks.
class RemoteAccess {
 public:
  RemoteAccess(const config::GitSettings& settings, const Interruption& interruption)
      : settings_(settings), interruption_(interruption) {}
  RemoteAccess(const RemoteAccess&) = delete;
  RemoteAccess& operator=(const RemoteAccess&) = delete;

  [[nodiscard]] git_remote_callbacks callbacks();

  /// What libgit2's latest failure means to the caller.
  [[nodiscard]] Error failure(int code) const;

 private:
  static int acquire_credentials(git_credential** out, const char* url,
                                 const char* username_from_url, unsigned int allowed_types,
                                 void* self);
  static int report_transfer(const git_indexer_progress* progress, void* self);

  int offer(git_credential** out, const char* username, unsigned int allowed_types);

  const config::GitSettings& settings_;
  const Interruption& interruption_;
  int offers_ = 0;
};

}  // namespace freshet::sources::git
