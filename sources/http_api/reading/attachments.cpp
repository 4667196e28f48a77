#include "sources/http_api/reading/attachments.h"

#include <algorithm>
#include <utility>

#include "base/http/url.h"
#include "base/text/decode.h"
#include "sources/readable_file.h"

namespace freshet::sources::http_api {
namespace {

constexpr std::size_t kMostFiles = 200;  ///< Under one document.
constexpr int kMostSilences = 3;  ///< A host that gives no answer so often is left for this sync.

/// Why a file's answer is not the file; empty where it is.
std::string objection(const Answer& answer, const Attachment& attachment) {
  if (answer.decision.reaction != Reaction::Accept) return answer.decision.message;
  const auto type = answer.response.headers.find("content-type");
  const bool page = type != answer.response.headers.end() && is_web_page("", type->second);
  if (!page || is_web_page(attachment.name, attachment.media_type)) return "";
  return http::origin_of(answer.url) + " answered with a web page instead of it; it wants a login";
}

bool is_unavailable(const Result<Answer>& answer) {
  if (!answer) return answer.error().kind == ErrorKind::Unavailable;
  return answer->decision.reaction != Reaction::Accept &&
         answer->decision.kind == ErrorKind::Unavailable;
}

}  // namespace

Result<Done> AttachmentReader::read(Document& document, const std::string& stream,
                                    const Interruption& interruption) {
  if (!settings_->download || document.media_type != kThreadMediaType) return Done{};
  FRESHET_TRY(Thread thread, parse_thread(document.body));
  Share share{document.external_id, stream, settings_->max_total_bytes, kMostFiles};
  if (thread.opening) FRESHET_CHECK(read_all(*thread.opening, share, interruption));
  for (Message& message : thread.messages) FRESHET_CHECK(read_all(message, share, interruption));
  if (share.bytes < settings_->max_total_bytes) document.body = write_thread(thread);
  return Done{};
}

Result<Done> AttachmentReader::read_all(Message& message, Share& share,
                                        const Interruption& interruption) {
  if (message.audience.level == Level::Private) return Done{};  // Nobody would see it.
  for (Attachment& attachment : message.attachments) {
    const bool readable = is_readable_file(attachment.name, attachment.media_type);
    if (attachment.url.empty() || !readable || !admit(attachment, share)) continue;
    FRESHET_CHECK(read_one(attachment, share, interruption));
  }
  return Done{};
}

bool AttachmentReader::admit(const Attachment& attachment, Share& share) {
  if (share.files == 0) {
    ++skipped_["attachments_too_many"];
    return false;
  }
  --share.files;
  const std::size_t most = std::min(settings_->max_bytes, share.bytes);
  const bool fits = most > 0 && attachment.bytes <= most;
  if (!fits) ++skipped_["attachments_too_large"];
  return fits;
}

Result<Done> AttachmentReader::read_one(Attachment& attachment, Share& share,
                                        const Interruption& interruption) {
  const std::string host = http::origin_of(attachment.url);
  if (const auto silent = silent_.find(host);
      silent != silent_.end() && silent->second >= kMostSilences) {
    fail(share, host + " gives no answer");
    return Done{};
  }
  const std::size_t most = std::min(settings_->max_bytes, share.bytes);
  const auto answer = exchange_->download(attachment.url, most, interruption);
  if (!answer && answer.error().kind == ErrorKind::Interrupted) return answer.error();
  note_answer(host, !is_unavailable(answer));
  const std::string why = answer ? objection(*answer, attachment) : answer.error().message;
  if (why.empty()) {
    take(attachment, answer->response.body, share);
  } else {
    fail(share, why);
  }
  return Done{};
}

void AttachmentReader::take(Attachment& attachment, const std::string& bytes, Share& share) {
  auto decoded = decode_text(bytes);
  if (!decoded || !decoded->exact) {
    ++skipped_["attachments_not_text"];
  } else if (decoded->text.size() > share.bytes) {
    ++skipped_["attachments_too_large"];
  } else {
    share.bytes -= decoded->text.size();
    attachment.text = std::move(decoded->text);
  }
}

void AttachmentReader::note_answer(const std::string& host, bool reached) {
  if (reached) {
    silent_.erase(host);
  } else {
    ++silent_[host];
  }
}

void AttachmentReader::fail(const Share& share, const std::string& why) {
  Failures& failures = failures_[share.stream];
  if (failures.count++ == 0) failures.first = share.document + ": " + why;
}

void AttachmentReader::tell(Batch& batch, const Interruption& interruption) {
  for (const auto& [reason, count] : std::exchange(skipped_, {})) batch.skipped[reason] += count;
  if (batch.more && !interruption.due()) return;
  for (const auto& [stream, failures] : std::exchange(failures_, {})) {
    const bool one = failures.count == 1;
    batch.problems.push_back(stream + ": " + std::to_string(failures.count) +
                             (one ? " attachment is" : " attachments are") +
                             " listed but could not be read" + (one ? ", of " : ", the first of ") +
                             failures.first);
  }
}

}  // namespace freshet::sources::http_api
