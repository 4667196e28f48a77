#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "base/interruption.h"
#include "base/result.h"
#include "config/settings.h"
#include "sources/connector.h"
#include "sources/http_api/transport/exchange.h"
#include "sources/thread.h"

namespace freshet::sources::http_api {

/// Reads the files that hang under messages, where the settings want it. A text becomes part of its
/// attachment, so it is for whom the message is for, and goes with it. A file that cannot be read
/// stays listed; it never fails its document. One thread owns it.
class AttachmentReader {
 public:
  /// Both must outlive the reader.
  AttachmentReader(Exchange& exchange, const config::AttachmentSettings& settings)
      : exchange_(&exchange), settings_(&settings) {}

  /// Fills in the texts of a document that holds a thread; others stay as they are. Interrupted is
  /// the only error.
  Result<Done> read(Document& document, const std::string& stream,
                    const Interruption& interruption);

  /// Adds to a batch what was left out on purpose and, to the last of a sync, a line for every
  /// stream of which files could not be read.
  void tell(Batch& batch, const Interruption& interruption);

 private:
  /// What one document may still take, and where it belongs.
  struct Share {
    const std::string& document;
    const std::string& stream;
    std::size_t bytes;
    std::size_t files;
  };
  struct Failures {
    std::size_t count = 0;
    std::string first;
  };

  Result<Done> read_all(Message& message, Share& share, const Interruption& interruption);
  Result<Done> read_one(Attachment& attachment, Share& share, const Interruption& interruption);
  /// Whether there is room for it; counts it as left out where there is none.
  bool admit(const Attachment& attachment, Share& share);
  void take(Attachment& attachment, const std::string& bytes, Share& share);
  void note_answer(const std::string& host, bool reached);
  void fail(const Share& share, const std::string& why);

  Exchange* exchange_;
  const config::AttachmentSettings* settings_;
  SkippedCounts skipped_;
  std::map<std::string, Failures> failures_;        ///< By stream.
  std::map<std::string, int, std::less<>> silent_;  ///< Hosts, and how often in a row.
};

}  // namespace freshet::sources::http_api
