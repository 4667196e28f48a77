#include <array>
#include <utility>

#include "base/text/decode.h"

namespace freshet {
namespace {

using std::string_view;
using namespace std::string_view_literals;

constexpr std::array<std::pair<string_view, string_view>, 24> kSignatures = {{
    {"%PDF-"sv, "a PDF"},
    {"\x89PNG\r\n"sv, "a PNG image"},
    {"\xff\xd8\xff"sv, "a JPEG image"},
    {"GIF87a"sv, "a GIF image"},
    {"GIF89a"sv, "a GIF image"},
    {"PK\x03\x04"sv, "a ZIP archive (perhaps DOCX, ODT or EPUB)"},
    {"PK\x05\x06"sv, "an empty ZIP archive"},
    {"\x7f"
     "ELF"sv,
     "an ELF program"},
    {"MZ\x90\x00"sv, "a Windows program"},
    {"\x1f\x8b\x08"sv, "gzip data"},
    {"BZh91AY"sv, "bzip2 data"},
    {"\xfd"
     "7zXZ\x00"sv,
     "xz data"},
    {"7z\xbc\xaf\x27\x1c"sv, "a 7-Zip archive"},
    {"Rar!\x1a\x07"sv, "a RAR archive"},
    {"\x28\xb5\x2f\xfd"sv, "zstd data"},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "an old Microsoft Office document"},
    {"SQLite format 3\x00"sv, "an SQLite database"},
    {"OggS\x00"sv, "Ogg media"},
    {"ID3"sv, "an MP3 recording"},
    {"wOFF"sv, "a web font"},
    {"wOF2"sv, "a web font"},
    {"\xca\xfe\xba\xbe"sv, "a compiled Java class"},
    {"\x00\x61\x73\x6d"sv, "WebAssembly"},
    {"{\\rtf"sv, "an RTF document"},
}};

}  // namespace

string_view known_binary(string_view body) {
  for (const auto& [signature, name] : kSignatures) {
    if (body.starts_with(signature)) return name;
  }
  return {};
}

}  // namespace freshet
