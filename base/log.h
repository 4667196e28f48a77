#pragma once

#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/clock.h"

namespace freshet {

/// One value of a log line's fields.
using LogValue = std::variant<std::string, std::int64_t, double, bool>;
using LogField = std::pair<std::string_view, LogValue>;
using LogFields = std::initializer_list<LogField>;

enum class LogLevel { Debug, Info, Warning, Error };

/// Writes one JSON object per line: ts, level, event, msg and the caller's fields. `event` is a
/// stable name to search for ("sync.finished"), `message` is for people. Never pass document bodies
/// or secrets. Thread-safe.
class Log {
 public:
  using Sink = std::function<void(std::string_view line)>;
  Log(Sink sink, const Clock& clock, LogLevel least)
      : sink_(std::move(sink)), clock_(&clock), least_(least) {}

  void debug(std::string_view event, std::string_view message, LogFields fields = {});
  void info(std::string_view event, std::string_view message, LogFields fields = {});
  void warning(std::string_view event, std::string_view message, LogFields fields = {});
  void error(std::string_view event, std::string_view message, LogFields fields = {});

 private:
  void write(LogLevel level, std::string_view event, std::string_view message, LogFields fields);

  Sink sink_;
  const Clock* clock_;
  LogLevel least_;
  std::mutex mutex_;
};

}  // namespace freshet
