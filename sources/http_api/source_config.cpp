#include "sources/http_api/source_config.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/nearest_name.h"
#include "config/units.h"

namespace freshet::sources::http_api {
namespace {

bool matches(const std::string& text, const ConfigOption& option) {
  return !option.fits || option.fits->matches_whole(text);
}

/// "2024-01-01", "2024-01-01T00:00:00Z" or "-730d".
std::optional<std::string> time_of(const std::string& text, Instant now) {
  if (text.starts_with('-') && text.ends_with('d')) {
    const auto days = config::parse_count(std::string_view(text).substr(1, text.size() - 2));
    if (!days || *days > 100'000) return std::nullopt;
    return to_rfc3339(now - std::chrono::hours(24) * static_cast<std::int64_t>(*days));
  }
  const auto instant = parse_rfc3339(text);
  return instant ? std::optional(to_rfc3339(*instant)) : std::nullopt;
}

std::optional<Value> typed(const ConfigOption& option, const std::string& text, Instant now) {
  using Type = ConfigOption::Type;
  if (option.type == Type::Flag) {
    if (text != "true" && text != "false") return std::nullopt;
    return Value::boolean(text == "true");
  }
  if (option.type == Type::Number) {
    const auto number = config::parse_count(text);
    return number ? std::optional(Value::number(*number)) : std::nullopt;
  }
  if (option.type == Type::Time) {
    const auto time = time_of(text, now);
    return time ? std::optional(Value::text(*time)) : std::nullopt;
  }
  if (option.type == Type::Url) {
    const bool address = text.starts_with("https://") || text.starts_with("http://");
    if (!address) return std::nullopt;
    return Value::text(text.substr(0, text.find_last_not_of('/') + 1));
  }
  if (!matches(text, option)) return std::nullopt;
  return Value::text(text);
}

class Resolver {
 public:
  Resolver(const config::HttpApiSettings& settings, Instant now) : settings_(&settings), now_(now) {
    config_.values = Value::object();
  }

  void read(const ConfigOption& option) {
    if (option.type == ConfigOption::Type::Secret) return read_secret(option);
    const auto written = settings_->config.find(option.name);
    std::vector<std::string> texts;
    if (written != settings_->config.end()) texts = written->second.texts;
    if (texts.empty() && option.fallback) texts.push_back(*option.fallback);
    if (texts.empty()) return missing(option);
    if (option.type == ConfigOption::Type::List) return read_list(option, texts);
    auto value = texts.size() == 1 ? typed(option, texts.front(), now_) : std::nullopt;
    if (!value)
      return complain(option, option.pattern.empty() ? "does not fit its type"
                                                     : "does not match " + option.pattern);
    config_.values.set(option.name, std::move(*value));
  }

  void report_unknown(const std::vector<ConfigOption>& options) {
    std::vector<std::string_view> known;
    for (const ConfigOption& option : options) known.push_back(option.name);
    const auto check = [&](const std::string& name) {
      if (std::find(known.begin(), known.end(), name) != known.end()) return;
      const auto nearest = nearest_name(name, known);
      add("config." + name + " is no option of this manifest" +
          (nearest ? "; did you mean " + std::string(*nearest) + "?" : ""));
    };
    for (const auto& [name, value] : settings_->config) check(name);
  }

  Result<SourceConfig> result() && {
    if (!problems_.empty()) return Error{ErrorKind::Invalid, problems_};
    return std::move(config_);
  }

 private:
  void read_secret(const ConfigOption& option) {
    const auto written = settings_->config.find(option.name);
    if (written == settings_->config.end()) return missing(option);
    if (written->second.secret.empty()) {
      return complain(option,
                      "is a secret; write {file: path} so that it stays out of the configuration");
    }
    config_.secrets[option.name] = written->second.secret.reveal();
  }

  void read_list(const ConfigOption& option, const std::vector<std::string>& texts) {
    std::vector<Value> items;
    for (const std::string& text : texts) {
      if (!matches(text, option))
        return complain(option, "has an item that does not match " + option.pattern);
      items.push_back(Value::text(text));
    }
    config_.values.set(option.name, Value::array(std::move(items)));
  }

  void missing(const ConfigOption& option) {
    if (!option.optional) complain(option, "is missing");
  }
  void complain(const ConfigOption& option, const std::string& what) {
    add("config." + option.name + " " + what +
        (option.meaning.empty() ? "" : ". " + option.meaning));
  }
  void add(const std::string& problem) { problems_ += (problems_.empty() ? "" : "; ") + problem; }

  const config::HttpApiSettings* settings_;
  Instant now_;
  SourceConfig config_;
  std::string problems_;
};

}  // namespace

Result<SourceConfig> resolve_config(const std::vector<ConfigOption>& options,
                                    const config::HttpApiSettings& settings, Instant now) {
  Resolver resolver(settings, now);
  for (const ConfigOption& option : options) resolver.read(option);
  resolver.report_unknown(options);
  return std::move(resolver).result();
}

}  // namespace freshet::sources::http_api
