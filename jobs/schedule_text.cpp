#include "jobs/schedule_text.h"

#include <algorithm>
#include <string_view>

namespace freshet::jobs {

namespace {

bool is_plain(char c) {
  constexpr std::string_view kOthers = "/._-+,:@=";
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos;
}

bool is_plain(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return is_plain(c); });
}

/// For the shell, behind cron, which takes % for the end of the command unless a \ is before it.
std::string for_crontab(std::string_view word) {
  if (is_plain(word)) return std::string(word);
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'') {
      quoted += R"('\'')";
    } else {
      quoted += c == '%' ? R"(\%)" : std::string(1, c);
    }
  }
  return quoted + "'";
}

/// systemd expands %x and $NAME and reads C escapes inside quotes.
std::string for_systemd(std::string_view word) {
  if (is_plain(word)) return std::string(word);
  std::string quoted = "\"";
  for (const char c : word) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '%' || c == '$') quoted += c;
    quoted += c;
  }
  return quoted + "\"";
}

template <typename Quote>
Result<std::string> command(const Installation& installation, Quote quote) {
  for (const auto& path : {installation.program, installation.config_file}) {
    const std::string& text = path.native();
    const bool breaks = std::any_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
    if (breaks) {
      return Error{ErrorKind::Invalid,
                   "the path " + text + " has a control character in it; rename it first"};
    }
  }
  return quote(installation.program.native()) + " -c " + quote(installation.config_file.native()) +
         " sync --due";
}

}  // namespace

Result<std::string> crontab_line(const Installation& installation) {
  FRESHET_TRY(const std::string text, command(installation, for_crontab));
  return "* * * * * " + text + "\n";
}

Result<SystemdUnits> systemd_units(const Installation& installation) {
  FRESHET_TRY(const std::string text, command(installation, for_systemd));
  return SystemdUnits{.service =
                          "[Unit]\n"
                          "Description=Freshet: sync the sources that are due\n"
                          "Wants=network-online.target\n"
                          "After=network-online.target\n"
                          "\n"
                          "[Service]\n"
                          "Type=oneshot\n"
                          "ExecStart=" +
                          text + "\n",
                      .timer =
                          "[Unit]\n"
                          "Description=Freshet: every minute\n"
                          "\n"
                          "[Timer]\n"
                          "OnCalendar=*:0/1\n"
                          "AccuracySec=1s\n"
                          "\n"
                          "[Install]\n"
                          "WantedBy=timers.target\n"};
}

}  // namespace freshet::jobs
