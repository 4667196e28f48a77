#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/secret.h"
#include "config/settings.h"

namespace freshet::config {

/// How an option is written.
enum class OptionType {
  Text,
  Path,      ///< Relative to the configuration file.
  Location,  ///< A path as above, or an address with a scheme or in ssh's user@host:path form.
  Flag,      ///< true or false.
  Count,     ///< A whole number.
  Bytes,     ///< "20 MB", "16 KiB" or a number of bytes.
  Duration,  ///< "500ms", "30s", "5m", "1h".
  Fraction,  ///< "30%" or 0.3.
  Choice,    ///< One of a few words.
  TextList,  ///< A list, or one text.
  Secret,    ///< {file: path}.
  FreeMap,   ///< Any names, each with a value, a list or {file: path}.
  WordMap,   ///< Any names, each with one of a few words.
};

enum class Presence { Optional, Required };

/// What an option is, for the reader, the schema and the documentation alike.
struct OptionText {
  std::string_view name;
  OptionType type = OptionType::Text;
  std::string_view meaning;
  std::string_view trade_off{};  ///< Which way to turn it; empty where there is no such question.
  Presence presence = Presence::Optional;
  double minimum = 0;  ///< In bytes, milliseconds, fractions or counts.
  double maximum = std::numeric_limits<double>::max();
  std::span<const std::string_view> choices{};
  std::string_view
      default_note{};  ///< What the default means, where the value alone does not say it.
};

/// The member of the settings that an option fills.
template <typename Struct>
using Member =
    std::variant<std::string Struct::*, std::filesystem::path Struct::*, bool Struct::*,
                 std::size_t Struct::*, std::int64_t Struct::*, double Struct::*,
                 std::chrono::milliseconds Struct::*, std::vector<std::string> Struct::*,
                 Secret Struct::*, FreeValues Struct::*, Words Struct::*, EncoderKind Struct::*>;

template <typename Struct>
struct Option {
  OptionText text;
  Member<Struct> member;
};

template <typename Struct>
using OptionTable = std::span<const Option<Struct>>;

}  // namespace freshet::config
