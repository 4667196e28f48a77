#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sources/audience.h"
#include "sources/http_api/expression.h"
#include "sources/http_api/template.h"

namespace freshet::sources::http_api {

struct FieldSpec;

/// `{lookup: STREAM, by: EXPR, take: EXPR}`: a row of a lookup stream; `take` runs on the row.
struct LookupField {
  std::string stream;
  Expression by;
  Expression take;
};

/// `{from: EXPR, table: {...}, else: X}`: a word translated; null without `else` where it is not
/// listed.
struct TableField {
  Expression from;
  std::map<std::string, std::string> table;
  std::optional<std::string> otherwise;
};

/// `{when: EXPR, then: X, else: X}`.
struct ChoiceField {
  Expression when;
  std::string then;
  std::string otherwise;
};

/// `{html: EXPR}`: the text of a fragment of HTML, or of each in a list.
struct HtmlField {
  Expression from;
};

/// How one field of a document comes from a record: an expression, a constant, a template or one of
/// the above.
struct FieldSpec {
  std::variant<Expression, Value, Template, LookupField, TableField, ChoiceField, HtmlField> form;
};

using OptionalField = std::optional<FieldSpec>;

/// `{html: EXPR}`: the text and the format it is in.
struct BodySpec {
  std::string media_type;
  FieldSpec text;
};

/// Who may see a record. The first rule whose `when` holds decides; none holding means internal,
/// and so does an error.
struct VisibilityRule {
  OptionalField when;          ///< None: always.
  std::optional<Level> level;  ///< None: as the parent ("inherit").
  OptionalField principals;
};

struct RelationSpec {
  std::optional<Expression> each;  ///< Values to make a relation from; none: the record itself.
  FieldSpec type;
  FieldSpec kind;
  FieldSpec id;
};

struct MessageSpec {
  Expression each;
  OptionalField id;
  OptionalField body;
  std::string media_type;
  OptionalField at, edited, author, side, marked;
  std::vector<VisibilityRule> visibility;
  std::optional<Expression> files;
};

struct ResolutionSpec {
  Expression when;
  std::vector<std::string> pick;
};

/// From a record to a document (reference: the common document model).
struct MapSpec {
  std::string kind;  ///< article, page, thread, ticket, note ...
  OptionalField url, title, language, created, updated, author, state, outcome, draft, labels,
      breadcrumb, alias;
  std::optional<BodySpec> body;
  std::vector<VisibilityRule> visibility;
  std::vector<RelationSpec> relations;
  std::vector<std::pair<std::string, OptionalField>> metadata;
  std::optional<Expression> files;  ///< Of the record itself: they hang under its opening.
  std::optional<MessageSpec> messages;
  std::optional<ResolutionSpec> resolution;
};

}  // namespace freshet::sources::http_api
