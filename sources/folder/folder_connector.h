#pragma once

#include <memory>

#include "base/clock.h"
#include "base/result.h"
#include "config/settings.h"
#include "sources/connector.h"

namespace freshet::sources::folder {

/// A connector for the files below one directory.
///
/// Every fetch lists the whole directory (one stat per file). A file is taken as unchanged without
/// reading it only when its size and modification time are those in its version *and* both its
/// times lie more than two seconds before the pass that read it last; otherwise its content is
/// hashed. Equal content is no change, even when the file was touched: its recorded time stays that
/// of the content, at the price of hashing it again each time. Invalid when settings are malformed;
/// does no I/O.
Result<std::unique_ptr<Connector>> create_folder(const config::SourceSettings& settings);

/// The same with a clock of the caller's; it must outlive the connector.
Result<std::unique_ptr<Connector>> create_folder(const config::SourceSettings& settings,
                                                 const Clock& clock);

}  // namespace freshet::sources::folder
