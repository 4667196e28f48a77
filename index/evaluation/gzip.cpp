#include "index/evaluation/gzip.h"

#include <array>
#include <memory>
#include <type_traits>

#include <zlib.h>

#include "base/files.h"

namespace freshet::index {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 16;

struct InflateEnd {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

Error damaged(const std::filesystem::path& path, const char* reason) {
  return {ErrorKind::Invalid, "cannot unpack " + path.string() + ": " + reason};
}

}  // namespace

Result<std::string> read_gzip_file(const std::filesystem::path& path, std::size_t max_bytes) {
  FRESHET_TRY(std::string packed, read_file(path));
  z_stream stream{};
  constexpr int kGzipOnly = 15 + 16;
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) return damaged(path, "no memory");
  const std::unique_ptr<z_stream, InflateEnd> cleanup(&stream);
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());

  std::string text;
  std::array<Bytef, kBlockBytes> block{};
  int status = Z_OK;
  while (status != Z_STREAM_END || stream.avail_in > 0) {
    if (status == Z_STREAM_END && inflateReset(&stream) != Z_OK) return damaged(path, "no memory");
    stream.next_out = block.data();
    stream.avail_out = kBlockBytes;
    status = inflate(&stream, Z_NO_FLUSH);
    if (status == Z_BUF_ERROR) return damaged(path, "it is cut short");
    if (status != Z_OK && status != Z_STREAM_END) return damaged(path, "it is no valid gzip file");
    text.append(reinterpret_cast<const char*>(block.data()), kBlockBytes - stream.avail_out);
    if (text.size() > max_bytes) return damaged(path, "it unpacks to more than is allowed");
  }
  return text;
}

}  // namespace freshet::index
