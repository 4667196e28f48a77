#include "base/log.h"

#include <array>

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace freshet {

namespace {

constexpr std::array<std::string_view, 4> kLevelNames{"debug", "info", "warning", "error"};

}  // namespace

void Log::debug(std::string_view event, std::string_view message, LogFields fields) {
  write(LogLevel::Debug, event, message, fields);
}
void Log::info(std::string_view event, std::string_view message, LogFields fields) {
  write(LogLevel::Info, event, message, fields);
}
void Log::warning(std::string_view event, std::string_view message, LogFields fields) {
  write(LogLevel::Warning, event, message, fields);
}
void Log::error(std::string_view event, std::string_view message, LogFields fields) {
  write(LogLevel::Error, event, message, fields);
}

void Log::write(LogLevel level, std::string_view event, std::string_view message,
                LogFields fields) {
  if (level < least_) return;
  Json line = {{"ts", to_rfc3339(clock_->now())},
               {"level", kLevelNames[static_cast<std::size_t>(level)]},
               {"event", event},
               {"msg", message}};
  for (const auto& [key, value] : fields) {
    std::visit([&, name = std::string(key)](const auto& plain) { line[name] = plain; }, value);
  }
  const std::lock_guard guard(mutex_);
  sink_(dump_json(line));
}

}  // namespace freshet
