#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sources/connector.h"

namespace freshet::sources {

/// How a listing of a source differs from what the ledger holds. Numbers are positions in the
/// listing.
struct Comparison {
  std::vector<std::size_t> added;
  std::vector<std::size_t> changed;
  std::vector<KnownDocument> gone;
};

/// Whether listed document number `index` is the one the ledger holds as `known_version`.
using SameDocument = std::function<Result<bool>(std::size_t index, std::string_view known_version)>;

/// Walks both sides once. `ids` must be sorted by bytes without duplicates. `interruption` is asked
/// between documents; when due, the answer is ErrorKind::Interrupted.
Result<Comparison> compare(const std::vector<std::string>& ids, const FetchRequest& request,
                           const SameDocument& same);

/// The error for an interruption before anything worth returning.
Error interrupted();

}  // namespace freshet::sources
