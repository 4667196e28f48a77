#pragma once

#include "config/option.h"
#include "config/settings.h"

namespace freshet::config {

/// Every option there is, once. To add one: a member in settings.h and a row in option_tables.cpp;
/// the reader, the schema, the example and docs/configuration.md follow.
OptionTable<Settings> top_options();
OptionTable<EncoderSettings> encoder_options();
OptionTable<PassageSettings> passage_options();
OptionTable<IndexSettings> index_options();
OptionTable<SyncSettings> sync_options();
OptionTable<ServeSettings> serve_options();

/// Options of every source, the maps of options inside it, and of one type of source.
OptionTable<SourceSettings> source_options();
OptionTable<SourceSettings> delete_guard_options();
OptionTable<RedactSettings> redact_options();
OptionTable<RedactFieldSettings> redact_field_options();
OptionTable<ResolutionSettings> resolution_options();
OptionTable<GitSettings> git_options();
OptionTable<FolderSettings> folder_options();
OptionTable<HttpApiSettings> http_api_options();
OptionTable<AttachmentSettings> attachment_options();

}  // namespace freshet::config
