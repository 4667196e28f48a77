#pragma once

#include <memory>
#include <string>

#include "sources/connector.h"

namespace freshet::sources::testing {

/// A source that the contract can edit. One per kind of connector.
class EditableSource {
 public:
  virtual ~EditableSource() = default;
  virtual void write(const std::string& path, const std::string& body) = 0;
  virtual void remove(const std::string& path) = 0;
  /// Makes the edits since the last call visible to connectors.
  virtual void publish() = 0;
  virtual std::unique_ptr<Connector> connect() = 0;
};

}  // namespace freshet::sources::testing
