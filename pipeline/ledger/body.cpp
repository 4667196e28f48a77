#include "pipeline/ledger/body.h"

#include <cstdint>
#include <memory>

#include <zstd.h>

namespace freshet::pipeline {

namespace {

constexpr int kLevel = 3;
constexpr unsigned long long kMaxBytes = 2ULL << 30;

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

Error unreadable(std::string_view reason) {
  return {ErrorKind::Corrupt,
          "a stored document body cannot be decompressed: " + std::string(reason)};
}

}  // namespace

Result<std::string> compress_body(std::string_view body) {
  const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
  if (!context) return Error{ErrorKind::Unavailable, "cannot compress a document: out of memory"};
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string frame(ZSTD_compressBound(body.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context.get(), frame.data(), frame.size(), body.data(), body.size());
  if (ZSTD_isError(size) != 0) {
    return Error{ErrorKind::Internal,
                 std::string("cannot compress a document: ") + ZSTD_getErrorName(size)};
  }
  frame.resize(size);
  return frame;
}

Result<std::string> decompress_body(std::string_view frame) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN) {
    return unreadable("it is no zstd frame");
  }
  if (size > kMaxBytes) return unreadable("it claims to be larger than 2 GiB");
  std::string body(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(body.data(), body.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0) return unreadable(ZSTD_getErrorName(got));
  if (got != body.size()) return unreadable("it is shorter than it says");
  return body;
}

}  // namespace freshet::pipeline
