#pragma once

#include <string>
#include <string_view>

namespace freshet::sources::git {

enum class AddressKind {
  Directory,    ///< A path: read in place, nothing is copied.
  Mirrored,     ///< file://, http://, https://, ssh:// or user@host:path: read through the mirror.
  Unsupported,  ///< Another scheme.
};

AddressKind address_kind(std::string_view address);

/// The address without a password, for messages.
std::string printable_address(std::string_view address);

}  // namespace freshet::sources::git
