#include "base/text/decode.h"

#include <algorithm>
#include <memory>
#include <optional>

#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

#include "base/text/ascii.h"
#include "base/utf8.h"

namespace freshet {
namespace {

using std::string_view;
using namespace std::string_view_literals;

constexpr std::size_t kDeclarationBytes = 1024;  // As HTML prescribes for <meta charset>.
constexpr std::size_t kDetectionBytes = 256 << 10;
constexpr std::size_t kBinaryProbeBytes = 64 << 10;
constexpr std::size_t kMaxControlShare = 20;  // One in twenty.
constexpr std::size_t kMaxBytes = 1 << 30;    // What ICU's 32-bit lengths carry with room to grow.

struct ConverterDeleter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct DetectorDeleter {
  void operator()(uchardet* detector) const { uchardet_delete(detector); }
};

std::optional<std::string> convert(string_view bytes, const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterDeleter> converter(
      ucnv_open(charset.c_str(), &status));
  if (U_FAILURE(status) || bytes.size() > kMaxBytes) return std::nullopt;
  std::string out(bytes.size() * 3 / 2 + 16, '\0');
  const auto run = [&] {
    status = U_ZERO_ERROR;
    return ucnv_toAlgorithmic(UCNV_UTF8, converter.get(), out.data(),
                              static_cast<int32_t>(out.size()), bytes.data(),
                              static_cast<int32_t>(bytes.size()), &status);
  };
  int32_t size = run();
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    out.resize(static_cast<std::size_t>(size) + 1);
    size = run();
  }
  if (U_FAILURE(status)) return std::nullopt;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string detected_charset(string_view bytes) {
  const std::unique_ptr<uchardet, DetectorDeleter> detector(uchardet_new());
  const string_view probe = bytes.substr(0, kDetectionBytes);
  if (uchardet_handle_data(detector.get(), probe.data(), probe.size()) != 0) return {};
  uchardet_data_end(detector.get());
  return to_lower(uchardet_get_charset(detector.get()));
}

std::size_t count_replaced(string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("\uFFFD"); at != string_view::npos;
       at = text.find("\uFFFD", at + 3))
    ++count;
  return count;
}

/// U+0080 to U+009F: what becomes of bytes that an eight-bit charset does not use.
bool has_high_controls(string_view text) {
  for (std::size_t at = text.find('\xc2'); at != string_view::npos;
       at = text.find('\xc2', at + 1)) {
    if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xa0) return true;
  }
  return false;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && !is_blank(c) && byte != 0x1b && byte != 0x08;
}

bool has_many_controls(string_view bytes) {
  const string_view probe = bytes.substr(0, kBinaryProbeBytes);
  const auto controls =
      static_cast<std::size_t>(std::count_if(probe.begin(), probe.end(), is_control));
  return controls * kMaxControlShare > probe.size();
}

/// UTF-16 without a mark: plain English has a NUL in every second byte.
string_view utf16_without_mark(string_view bytes) {
  const string_view probe = bytes.substr(0, kDeclarationBytes);
  if (probe.size() < 4) return {};
  std::size_t zeros[2] = {0, 0};
  for (std::size_t at = 0; at < probe.size(); ++at) zeros[at % 2] += probe[at] == '\0' ? 1 : 0;
  const std::size_t half = probe.size() / 2;
  if (zeros[1] * 10 > half * 7 && zeros[0] * 10 < half) return "utf-16le";
  if (zeros[0] * 10 > half * 7 && zeros[1] * 10 < half) return "utf-16be";
  return {};
}

string_view charset_of_mark(string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf"sv)) return "utf-8";
  if (bytes.starts_with("\xff\xfe\0\0"sv)) return "utf-32le";
  if (bytes.starts_with("\0\0\xfe\xff"sv)) return "utf-32be";
  if (bytes.starts_with("\xff\xfe"sv)) return "utf-16le";
  if (bytes.starts_with("\xfe\xff"sv)) return "utf-16be";
  return utf16_without_mark(bytes);
}

Error not_text(string_view looks_like) {
  return Error{ErrorKind::Invalid,
               "is not text: looks like " + std::string(looks_like) +
                   "; exclude it from the source or give it the ending of its format"};
}

DecodedText decode_eight_bit(string_view body) {
  const std::string declared = declared_charset(body);
  if (!declared.empty() && declared != "utf-8" && declared != "utf8") {
    auto text = convert(body, declared);
    if (text && count_replaced(*text) == 0) return {*std::move(text), {}};
  }
  const std::string detected = detected_charset(body);
  const bool usable = !detected.empty() && detected != "ascii" && detected != "utf-8";
  std::string charset = usable ? detected : "windows-1252";
  auto text = convert(body, charset);
  if (!text || count_replaced(*text) > 0) {
    charset = "windows-1252";
    text = convert(body, charset);
  }
  DecodedText decoded{text ? *std::move(text) : to_valid_utf8(body), {}};
  const std::string claim =
      declared.empty() ? "is not UTF-8" : "declared " + declared + ", but the bytes do not fit it";
  decoded.warnings.push_back(claim + "; read as " + charset);
  decoded.exact = text && count_replaced(decoded.text) == 0 && !has_high_controls(decoded.text);
  return decoded;
}

DecodedText decode_as(string_view body, string_view mark) {
  auto text = convert(body, std::string(mark));
  DecodedText decoded{text ? *std::move(text) : to_valid_utf8(body), {}};
  if (count_replaced(decoded.text) > 0) {
    decoded.warnings.push_back("begins as " + std::string(mark) + ", but some bytes do not fit it");
    decoded.exact = false;
  }
  return decoded;
}

void tidy(DecodedText& decoded) {
  if (decoded.text.starts_with("\uFEFF")) decoded.text.erase(0, 3);
  const auto nuls = std::count(decoded.text.begin(), decoded.text.end(), '\0');
  if (nuls == 0) return;
  decoded.exact = false;
  std::replace(decoded.text.begin(), decoded.text.end(), '\0', ' ');
  decoded.warnings.push_back("holds " + std::to_string(nuls) + " NUL bytes; read as spaces");
}

}  // namespace

std::string declared_charset(string_view body) {
  const std::string head = to_lower(body.substr(0, kDeclarationBytes));
  const bool markup = head.find("<meta") != std::string::npos || head.starts_with("<?xml");
  const bool emacs = head.find("-*-") != std::string::npos;
  for (const string_view key : {"charset"sv, "encoding"sv, "coding"sv}) {
    const std::size_t at = head.find(key);
    if (at == std::string::npos || (key == "coding" ? !emacs : !markup)) continue;
    const std::size_t from = head.find_first_not_of(" =:\"'", at + key.size());
    if (from == std::string::npos) continue;
    const auto is_end = [](char c) { return !is_name_character(c) && c != '.' && c != ':'; };
    const auto begin = head.begin() + static_cast<std::ptrdiff_t>(from);
    return std::string(begin, std::find_if(begin, head.end(), is_end));
  }
  return {};
}

Result<DecodedText> decode_text(string_view body) {
  if (const string_view binary = known_binary(body); !binary.empty()) return not_text(binary);
  const string_view mark = charset_of_mark(body);
  const bool wide = mark.starts_with("utf-16") || mark.starts_with("utf-32");
  if (!wide && has_many_controls(body)) return not_text("binary data");
  const bool utf8 = !wide && is_valid_utf8(body);
  DecodedText decoded = utf8           ? DecodedText{std::string(body), {}}
                        : mark.empty() ? decode_eight_bit(body)
                                       : decode_as(body, mark);
  tidy(decoded);
  if (!utf8 && has_many_controls(decoded.text)) return not_text("binary data");
  return decoded;
}

}  // namespace freshet
