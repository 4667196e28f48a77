#include "tests/simulation/jira_rendering.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace freshet::simulation {

namespace {

constexpr std::size_t kInlineComments = 20;

/// Atlassian document format: a paragraph per sentence.
Value adf(std::string_view text) {
  const Value content = object({{"type", "text"}, {"text", text}});
  const Value paragraph = object({{"type", "paragraph"}, {"content", array({content})}});
  return object({{"type", "doc"}, {"version", 1}, {"content", array({paragraph})}});
}

Value person(Id id) {
  return object({{"accountId", std::to_string(id)},
                 {"displayName", account(id).name},
                 {"accountType", account(id).staff ? "atlassian" : "customer"}});
}

/// Two ways to keep a comment from customers; both are in use.
bool is_agent_comment(const Message& message) {
  return message.audience == Audience::Staff && message.id % 2 == 0;
}

}  // namespace

std::string jira_project(const Document& issue) {
  return issue.container == 801 ? "HELP" : "CORE";
}

std::string jira_key(const Document& issue) {
  return jira_project(issue) + "-" + std::to_string(issue.id);
}

bool asks_for_ids_only(const std::vector<std::string>& fields) {
  return std::ranges::all_of(
      fields, [](const std::string& field) { return field == "id" || field == "key"; });
}

Value JiraRendering::issue(const Document& issue, const std::vector<std::string>& fields) const {
  const std::string id = std::to_string(issue.id);
  const Value bare = object({{"id", id}, {"key", jira_key(issue)}});
  if (asks_for_ids_only(fields)) return bare;
  const auto asked = [&](std::string_view name) {
    return std::ranges::find(fields, name) != fields.end();
  };
  // What a listing usually asks for costs a tenth of everything.
  std::vector<Member> shown = fields == std::vector<std::string>{"updated"}
                                  ? std::vector<Member>{{"updated", time_text(issue.updated)}}
                                  : fields_of(issue);
  if (!asked("*all") && !asked("*navigable")) {
    std::erase_if(shown, [&](const Member& member) { return !asked(member.name); });
  }
  return extended(bare, {{"self", "https://acme.atlassian.net/rest/api/3/issue/" + id},
                         {"fields", object(shown)}});
}

Value JiraRendering::comments_of(const Document& issue) const {
  std::vector<Value> first;
  for (const Message& message : issue.messages) {
    if (first.size() < kInlineComments) first.push_back(comment(message));
  }
  return object({{"comments", array(first)},
                 {"maxResults", kInlineComments},
                 {"startAt", 0},
                 {"total", issue.messages.size()}});
}

std::vector<Member> JiraRendering::fields_of(const Document& issue) const {
  const Value level = object({{"id", std::to_string(issue.group)}, {"name", "Level"}});
  const Value category = object({{"key", issue.solved ? "done" : "new"}});
  const Value project =
      object({{"id", std::to_string(issue.container)}, {"key", jira_project(issue)}});
  return {
      {"summary", issue.title()},
      {"description", adf(issue.text())},
      {"status", object({{"name", issue.solved ? "Done" : "Open"}, {"statusCategory", category}})},
      {"resolution", issue.solved ? object({{"name", "Done"}}) : Value(nullptr)},
      {"issuetype", object({{"name", "Task"}})},
      {"labels", array({})},
      {"project", project},
      {"security", issue.access == Access::Group ? level : Value(nullptr)},
      {"reporter", person(issue.author)},
      {"issuelinks", array({})},
      {"parent", nullptr},
      {"attachment", array({})},
      {"comment", comments_of(issue)},
      {"created", time_text(issue.created)},
      {"updated", time_text(issue.updated)}};
}

Value JiraRendering::request_comment(const Message& message) const {
  return object({{"id", std::to_string(message.id)},
                 {"body", message.text},
                 {"public", message.audience == Audience::Everyone},
                 {"author", person(message.author)},
                 {"created", object({{"epochMillis", epoch_milliseconds(message.created)}})}});
}

Value JiraRendering::comment(const Message& message) const {
  const Value row = object({{"id", std::to_string(message.id)},
                            {"author", person(message.author)},
                            {"body", adf(message.text)},
                            {"created", time_text(message.created)},
                            {"updated", time_text(message.edited)},
                            {"jsdPublic", !is_agent_comment(message)}});
  if (message.audience == Audience::Everyone || is_agent_comment(message)) return row;
  return extended(row, {{"visibility", object({{"type", "role"},
                                               {"value", "Administrators"},
                                               {"identifier", "Administrators"}})}});
}

/// "2026-11-21T10:30:00.123+0100"
std::string JiraRendering::time_text(Instant instant) const {
  std::string text = with_milliseconds(instant + zone_);
  const auto minutes = std::abs(zone_.count());
  std::array<char, 16> offset{};
  std::snprintf(offset.data(), offset.size(), "%c%02d%02d", zone_.count() < 0 ? '-' : '+',
                static_cast<int>(minutes / 60 % 100), static_cast<int>(minutes % 60));
  return text.replace(text.size() - 1, 1, offset.data());
}

}  // namespace freshet::simulation
