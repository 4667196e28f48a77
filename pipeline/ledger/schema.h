#pragma once

#include <span>
#include <string_view>

#include "base/result.h"
#include "pipeline/ledger/sqlite.h"

namespace freshet::pipeline {

/// How one database's schema grows: an application id that says whose file it is, and the steps
/// that lead from nothing (version 0) to version N. Steps are only ever appended.
struct Schema {
  std::int64_t application_id = 0;
  std::span<const std::string_view> steps;
};

/// What the ledger's file holds.
const Schema& ledger_schema();

/// Brings a database to the newest version, all steps in one transaction; writes nothing when it is
/// there already. Corrupt when the file belongs to another program or cannot be read, Invalid when
/// a newer Freshet wrote it, NotFound when it is empty and may not be written.
Result<Done> bring_up_to_date(Database& database, const Schema& schema,
                              DatabaseOptions::Access access);

}  // namespace freshet::pipeline
