#include <array>

#include "config/option_tables.h"

namespace freshet::config {
namespace {

using enum OptionType;

constexpr double kMebibyte = 1024.0 * 1024.0;
constexpr double kHour = 3'600'000.0;

constexpr std::array<std::string_view, 4> kRedactActions{"keep", "mask", "hash", "drop"};

constexpr std::array<Option<SourceSettings>, 11> kSource{{
    {{.name = "name",
      .type = Text,
      .meaning =
          "Unique; lower-case letters, digits, - and _. The first part of every document id.",
      .trade_off = "Renaming a source makes all its documents new ones.",
      .presence = Presence::Required,
      .maximum = 64},
     &SourceSettings::name},
    {{.name = "include",
      .type = TextList,
      .meaning = "Globs of the paths to read (\"**/*.md\"), relative to the source.",
      .default_note = "every format that can be read"},
     &SourceSettings::include},
    {{.name = "exclude",
      .type = TextList,
      .meaning = "Globs of paths to leave out; wins over include.",
      .default_note = "none"},
     &SourceSettings::exclude},
    {{.name = "url",
      .type = Text,
      .meaning = "Template of a document's public address with {path}, {path_without_extension}, "
                 "{file} or {directory}.",
      .maximum = 2000},
     &SourceSettings::url},
    {{.name = "owner",
      .type = Text,
      .meaning = "Who answers for documents that name nobody.",
      .maximum = 200},
     &SourceSettings::owner},
    {{.name = "language",
      .type = Text,
      .meaning = "ISO 639-1 code of the texts.",
      .trade_off = "Set it where texts are short or mixed and detection errs.",
      .maximum = 2,
      .default_note = "detected per document"},
     &SourceSettings::language},
    {{.name = "principals",
      .type = TextList,
      .meaning = "Who may see this source's documents.",
      .trade_off = "Name a group to keep a source from everybody else."},
     &SourceSettings::principals},
    {{.name = "max_document_bytes",
      .type = Bytes,
      .meaning = "Larger files are passed over and counted.",
      .trade_off = "Higher reads more; one huge file can take most of a run.",
      .minimum = 1,
      .maximum = 1024 * kMebibyte},
     &SourceSettings::max_document_bytes},
    {{.name = "schedule",
      .type = Text,
      .meaning = "When `freshet sync --due` pulls it, in UTC: cron's five fields, minute hour day "
                 "month weekday (\"*/10 * * * *\"), or @hourly, @daily, @weekly.",
      .trade_off = "Closer finds changes sooner; wider spares the source.",
      .maximum = 500,
      .default_note = "an hour after the last time"},
     &SourceSettings::schedule},
    {{.name = "jitter",
      .type = Duration,
      .meaning =
          "Shifts the schedule by up to this much; how far follows from the source's name and "
          "the installation.",
      .trade_off = "Higher keeps installations and sources from starting all at once.",
      .maximum = kHour},
     &SourceSettings::jitter},
    {{.name = "max_duration",
      .type = Duration,
      .meaning = "One sync stops pulling this source after so long; what it read is stored, the "
                 "next one goes on.",
      .trade_off = "Lower keeps a slow source from holding the lock while others fall due; too low "
                   "for one request of the source gets nowhere.",
      .maximum = 24 * 7 * kHour,
      .default_note = "no limit"},
     &SourceSettings::max_duration},
}};

constexpr std::array<Option<SourceSettings>, 2> kDeleteGuard{{
    {{.name = "max_fraction",
      .type = Fraction,
      .meaning = "When more than this share of a source vanishes at once, the sync stops and asks.",
      .trade_off =
          "Lower asks more often; 100% never asks, so a broken export can empty the index.",
      .maximum = 1},
     &SourceSettings::max_delete_fraction},
    {{.name = "max_count",
      .type = Count,
      .meaning = "... unless no more than this many documents vanish.",
      .trade_off = "Lower guards small sources too.",
      .maximum = 1e9},
     &SourceSettings::max_delete_count},
}};

constexpr std::string_view kRedactDefault = "mask in tickets and threads, keep elsewhere";
constexpr std::array<Option<RedactSettings>, 7> kRedact{{
    {{.name = "email",
      .type = Choice,
      .meaning = "E-mail addresses.",
      .trade_off = "mask writes [email 1], numbered in each document; hash writes the same word in "
                   "all renditions of "
                   "a thread; drop leaves nothing. A change asks for a rebuild.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::email},
    {{.name = "phone",
      .type = Choice,
      .meaning = "Phone numbers, international and national.",
      .trade_off = "keep it where documents are about phone numbers.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::phone},
    {{.name = "card",
      .type = Choice,
      .meaning = "Payment card numbers with a right check digit.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::card},
    {{.name = "iban",
      .type = Choice,
      .meaning = "Bank account numbers (IBAN) with right check digits.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::iban},
    {{.name = "token",
      .type = Choice,
      .meaning = "Keys, tokens and passwords.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::token},
    {{.name = "ip",
      .type = Choice,
      .meaning = "IPv4 and IPv6 addresses.",
      .trade_off = "keep it where addresses are what the documents explain.",
      .choices = kRedactActions,
      .default_note = kRedactDefault},
     &RedactSettings::ip},
    {{.name = "salt",
      .type = Secret,
      .meaning = "Needed for hash: makes hashes that nobody can guess by trying.",
      .trade_off = "Another salt makes other hashes and re-encodes what holds them."},
     &RedactSettings::salt},
}};

constexpr std::string_view kAsTheKindsSay = "as the kinds above say";
constexpr std::array<Option<RedactFieldSettings>, 6> kRedactFields{{
    {{.name = "title",
      .type = Choice,
      .meaning = "Personal data of any kind in titles.",
      .choices = kRedactActions,
      .default_note = kAsTheKindsSay},
     &RedactFieldSettings::title},
    {{.name = "body",
      .type = Choice,
      .meaning = "Personal data of any kind in texts and messages, their headings and links.",
      .choices = kRedactActions,
      .default_note = kAsTheKindsSay},
     &RedactFieldSettings::body},
    {{.name = "attachments",
      .type = Choice,
      .meaning = "Personal data of any kind in attached files: their names, addresses and texts.",
      .trade_off = "Logs are full of addresses: drop or mask them here and keep them in texts.",
      .choices = kRedactActions,
      .default_note = kAsTheKindsSay},
     &RedactFieldSettings::attachments},
    {{.name = "owner",
      .type = Choice,
      .meaning = "Whoever a document itself names as its owner, as a whole.",
      .trade_off = "keep it so that reports can say whom to ask; with drop the source's owner is "
                   "asked instead.",
      .choices = kRedactActions,
      .default_note = "keep"},
     &RedactFieldSettings::owner},
    {{.name = "authors",
      .type = Choice,
      .meaning = "Each author, as a whole. Only `freshet get` shows authors.",
      .choices = kRedactActions,
      .default_note = kAsTheKindsSay},
     &RedactFieldSettings::authors},
    {{.name = "metadata",
      .type = WordMap,
      .meaning = "By name, such as {requester: hash}: the value as a whole.",
      .trade_off = "Names of people are found by no rule: name the metadata that holds them. mask "
                   "writes [requester 1], hash the same word in all renditions of a thread, drop "
                   "leaves the metadata out.",
      .choices = kRedactActions,
      .default_note = kAsTheKindsSay},
     &RedactFieldSettings::metadata},
}};

constexpr std::array<Option<ResolutionSettings>, 2> kResolutions{{
    {{.name = "publish_to",
      .type = TextList,
      .meaning = "Principals that may see what solved a ticket, made of its public messages.",
      .trade_off = "[public] lets customers find each other's solutions; read some of them as "
                   "[internal] first.",
      .default_note = "nobody: no resolutions are made"},
     &ResolutionSettings::publish_to},
    {{.name = "settle",
      .type = Duration,
      .meaning = "A ticket must stay solved and quiet for this long before it is a resolution.",
      .trade_off = "Lower publishes sooner, and more that is reopened later.",
      .maximum = 24 * 365 * kHour},
     &ResolutionSettings::settle},
}};

constexpr std::array<Option<GitSettings>, 6> kGit{{
    {{.name = "repository",
      .type = Location,
      .meaning = "Local path, file://, https:// or ssh address (git@host:path).",
      .presence = Presence::Required,
      .maximum = 2000},
     &GitSettings::repository},
    {{.name = "branch",
      .type = Text,
      .meaning = "Branch, tag or commit to read.",
      .trade_off = "A tag pins the documentation; a branch follows it.",
      .maximum = 500,
      .default_note = "the remote's HEAD"},
     &GitSettings::revision},
    {{.name = "username", .type = Text, .meaning = "User for HTTPS and SSH.", .maximum = 200},
     &GitSettings::username},
    {{.name = "password", .type = Secret, .meaning = "HTTPS password or token."},
     &GitSettings::password},
    {{.name = "ssh_key",
      .type = Path,
      .meaning = "Private key file.",
      .default_note = "the SSH agent"},
     &GitSettings::ssh_key},
    {{.name = "ssh_passphrase", .type = Secret, .meaning = "Passphrase of the private key."},
     &GitSettings::ssh_passphrase},
}};

constexpr std::array<Option<FolderSettings>, 2> kFolder{{
    {{.name = "path",
      .type = Path,
      .meaning = "The directory whose files are read, with everything below it.",
      .presence = Presence::Required},
     &FolderSettings::path},
    {{.name = "follow_symlinks",
      .type = Flag,
      .meaning = "Follow symbolic links, also out of the directory.",
      .trade_off =
          "true reads what is linked in from elsewhere; false cannot leave the directory."},
     &FolderSettings::follow_symlinks},
}};

constexpr std::array<Option<HttpApiSettings>, 4> kHttpApi{{
    {{.name = "manifest",
      .type = Text,
      .meaning = "Which system this is: the id of a shipped manifest, such as zendesk, or the path "
                 "of a manifest of your own.",
      .presence = Presence::Required},
     &HttpApiSettings::manifest},
    {{.name = "config",
      .type = FreeMap,
      .meaning = "What the manifest asks for: addresses, accounts, keys; docs/connectors.md lists "
                 "it. Keys and passwords are written {file: path}."},
     &HttpApiSettings::config},
    {{.name = "base_url",
      .type = Text,
      .meaning = "Address of the API instead of the manifest's: proxies, own installations, test "
                 "servers.",
      .maximum = 2000},
     &HttpApiSettings::base_url},
    {{.name = "allow_private_addresses",
      .type = Flag,
      .meaning = "Whether the source may be at a loopback or private network address.",
      .trade_off = "true is needed for systems inside your network; false keeps a source that was "
                   "taken over from reaching them."},
     &HttpApiSettings::allow_private_addresses},
}};

constexpr std::array<Option<AttachmentSettings>, 3> kAttachments{{
    {{.name = "download",
      .type = Flag,
      .meaning = "Whether the texts of files under messages are read: plain text, logs, tables, "
                 "Markdown, HTML, reStructuredText, AsciiDoc. Everything else, and with false "
                 "everything, is listed by name only.",
      .trade_off = "true finds what stands in a log or a guide that somebody attached, costs a "
                   "request for each file, and reads everything again."},
     &AttachmentSettings::download},
    {{.name = "max_bytes",
      .type = Bytes,
      .meaning = "Larger files stay listed only.",
      .trade_off = "Higher reads longer logs; each mebibyte is more than a thousand passages to "
                   "encode.",
      .minimum = 1,
      .maximum = 64 * kMebibyte},
     &AttachmentSettings::max_bytes},
    {{.name = "max_total_bytes",
      .type = Bytes,
      .meaning = "What the files of one document may have together; the rest stays listed only.",
      .trade_off = "Higher reads more of long threads; lower keeps one of them from taking most of "
                   "a run.",
      .minimum = 1,
      .maximum = 64 * kMebibyte},
     &AttachmentSettings::max_total_bytes},
}};

}  // namespace

OptionTable<SourceSettings> source_options() {
  return kSource;
}
OptionTable<SourceSettings> delete_guard_options() {
  return kDeleteGuard;
}
OptionTable<RedactSettings> redact_options() {
  return kRedact;
}
OptionTable<RedactFieldSettings> redact_field_options() {
  return kRedactFields;
}
OptionTable<ResolutionSettings> resolution_options() {
  return kResolutions;
}
OptionTable<GitSettings> git_options() {
  return kGit;
}
OptionTable<FolderSettings> folder_options() {
  return kFolder;
}
OptionTable<HttpApiSettings> http_api_options() {
  return kHttpApi;
}
OptionTable<AttachmentSettings> attachment_options() {
  return kAttachments;
}

}  // namespace freshet::config
