#include "sources/git/remote_access.h"

#include <string>
#include <string_view>

#include "sources/git/address.h"
#include "sources/git/handles.h"

namespace freshet::sources::git {
namespace {

// libgit2 asks again after each refusal. One offer, plus one to name the SSH user.
constexpr int kMaxOffers = 2;

struct Meaning {
  ErrorKind kind;
  std::string_view advice;
};

bool mentions(std::string_view message, std::string_view words) {
  return message.find(words) != std::string_view::npos;
}

Meaning meaning_of(int code, int error_class, std::string_view message) {
  constexpr Meaning kCredentials{ErrorKind::Denied,
                                 "check username, password or token, or the SSH key"};
  if (code == GIT_EAUTH || mentions(message, "status code: 401") ||
      mentions(message, "status code: 403") || mentions(message, "authentication")) {
    return kCredentials;
  }
  if (code == GIT_EOWNER || mentions(message, "not owned by current user")) {
    return {ErrorKind::Denied, "add it to safe.directory with \"git config --global\""};
  }
  if (code == GIT_ECERTIFICATE || mentions(message, "hostkey") || mentions(message, "host key")) {
    return {ErrorKind::Denied,
            "the server's certificate or host key is not trusted; add it to the system's "
            "authorities or to known_hosts"};
  }
  if (mentions(message, "status code: 404") || mentions(message, "failed to resolve path") ||
      mentions(message, "could not find repository") ||
      (code == GIT_ENOTFOUND && error_class != GIT_ERROR_NET)) {
    return {ErrorKind::NotFound, "check the option \"repository\""};
  }
  if (code == GIT_EINVALIDSPEC || mentions(message, "malformed URL")) {
    return {ErrorKind::Invalid, "check the option \"repository\""};
  }
  return {ErrorKind::Unavailable, "the next sync tries again"};
}

int refuse(const char* why) {
  git_error_set_str(GIT_ERROR_CALLBACK, why);
  return GIT_EAUTH;
}

}  // namespace

git_remote_callbacks RemoteAccess::callbacks() {
  git_remote_callbacks callbacks = GIT_REMOTE_CALLBACKS_INIT;
  callbacks.credentials = acquire_credentials;
  callbacks.transfer_progress = report_transfer;
  callbacks.payload = this;
  return callbacks;
}

Error RemoteAccess::failure(int code) const {
  const auto address = printable_address(settings_.repository);
  if (interruption_.due()) {
    return Error{ErrorKind::Interrupted, "stopped on request while fetching " + address};
  }
  const git_error* last = git_error_last();
  const std::string message = last_message();
  const auto meaning = meaning_of(code, last == nullptr ? 0 : last->klass, message);
  return Error{meaning.kind,
               "cannot fetch " + address + ": " + message + "; " + std::string(meaning.advice)};
}

int RemoteAccess::acquire_credentials(git_credential** out, const char* /*url*/,
                                      const char* username_from_url, unsigned int allowed_types,
                                      void* self) {
  auto& access = *static_cast<RemoteAccess*>(self);
  if (++access.offers_ > kMaxOffers) return refuse("the server did not accept our credentials");
  return access.offer(out, username_from_url, allowed_types);
}

int RemoteAccess::offer(git_credential** out, const char* username, unsigned int allowed_types) {
  const std::string user = !settings_.username.empty() ? settings_.username
                           : username != nullptr       ? username
                                                       : "git";
  if ((allowed_types & GIT_CREDENTIAL_SSH_KEY) != 0) {
    if (settings_.ssh_key.empty()) return git_credential_ssh_key_from_agent(out, user.c_str());
    return git_credential_ssh_key_new(out, user.c_str(), nullptr, settings_.ssh_key.c_str(),
                                      settings_.ssh_passphrase.reveal().c_str());
  }
  if ((allowed_types & GIT_CREDENTIAL_USERPASS_PLAINTEXT) != 0 && !settings_.password.empty() &&
      !settings_.repository.starts_with("http://")) {  // Never in the clear.
    return git_credential_userpass_plaintext_new(out, user.c_str(),
                                                 settings_.password.reveal().c_str());
  }
  if ((allowed_types & GIT_CREDENTIAL_USERNAME) != 0) {
    return git_credential_username_new(out, user.c_str());
  }
  return refuse("the server asks for credentials that the settings do not have");
}

int RemoteAccess::report_transfer(const git_indexer_progress* /*progress*/, void* self) {
  return static_cast<RemoteAccess*>(self)->interruption_.due() ? GIT_EUSER : 0;
}

}  // namespace freshet::sources::git
