#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "sources/http_api/expression.h"
#include "sources/http_api/manifest/map_spec.h"
#include "sources/http_api/template.h"

namespace freshet::sources::http_api {

/// What the fields of a map are computed with. `variables.lookup` holds the rows of lookup streams,
/// by stream and key. One thread owns it.
class FieldValues {
 public:
  FieldValues(Scope scope, Variables variables)
      : scope_(std::move(scope)), variables_(std::move(variables)) {}

  /// Null where the record has nothing to give; Invalid when an expression or template fails.
  [[nodiscard]] Result<Value> value(const FieldSpec& field, const Value& record) const;
  [[nodiscard]] Result<Value> value(const OptionalField& field, const Value& record) const;
  /// Text, number or flag as text; empty for anything else.
  [[nodiscard]] Result<std::string> text(const OptionalField& field, const Value& record) const;
  /// The scalars of a list, or one scalar.
  [[nodiscard]] Result<std::vector<std::string>> texts(const OptionalField& field,
                                                       const Value& record) const;
  [[nodiscard]] Result<std::optional<Instant>> time(const OptionalField& field,
                                                    const Value& record) const;

  [[nodiscard]] const Variables& variables() const { return variables_; }
  [[nodiscard]] Scope& scope() { return scope_; }
  [[nodiscard]] Variables& variables() { return variables_; }

 private:
  [[nodiscard]] Result<Value> looked_up(const LookupField& field, const Value& record) const;

  mutable Scope scope_;  ///< Its "rec" is set for each template.
  Variables variables_;
};

/// A point in time as APIs write it: RFC 3339, "YYYY-MM-DD HH:MM:SS" (UTC), or a number of seconds
/// or milliseconds since 1970.
std::optional<Instant> time_of(const Value& value);

}  // namespace freshet::sources::http_api
