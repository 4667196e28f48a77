#include "sources/http_api/manifest/stream_reader.h"

#include <algorithm>
#include <utility>

#include "sources/http_api/manifest/field_reader.h"
#include "sources/http_api/manifest/listing_reader.h"
#include "sources/http_api/manifest/map_reader.h"

namespace freshet::sources::http_api {
namespace {

using config::Node;

/// Runs `read` on the member's map, if there is one.
template <typename Read>
void with_map(MapReader& parent, std::string_view member, Read read) {
  const Node* node = parent.member(member);
  if (node == nullptr) return;
  MapReader reader(*node, parent.dotted(member), parent.problems());
  read(reader);
  reader.finish();
}

void read_duration(MapReader& reader, std::string_view member, std::chrono::milliseconds& out) {
  if (const auto duration = reader.duration(member)) out = *duration;
}

void read_seed(MapReader& reader, CursorSpec& cursor) {
  const Node* seed = reader.member("seed");
  if (seed == nullptr) return;
  if (seed->kind == Node::Kind::Map) {
    MapReader inner(*seed, reader.dotted("seed"), reader.problems());
    cursor.seed_query = inner.templates("query");
    inner.finish();
  } else {
    cursor.seed = reader.text_template("seed");
  }
}

void check_cursor(MapReader& reader, const CursorSpec& cursor) {
  const bool dated = cursor.type == CursorType::Time || cursor.type == CursorType::Feed ||
                     cursor.type == CursorType::Seq;
  if (dated && !cursor.field) {
    reader.error(reader.node(), "field",
                 "is missing: which field of a record says when it changed?");
  }
  if (cursor.type == CursorType::Token && (!cursor.token || !cursor.into)) {
    reader.error(reader.node(), "from", "and into are needed by a cursor of type token");
  }
  const bool lagging = cursor.type == CursorType::Time || cursor.type == CursorType::Feed;
  if (lagging && (reader.node().member("overlap") == nullptr ||
                  (cursor.type == CursorType::Time && reader.node().member("lag") == nullptr))) {
    reader.error(
        reader.node(), "lag",
        "and overlap must be written out: how late does a change show in the listing at worst?");
  }
  if (lagging && cursor.overlap < cursor.unit) {
    reader.error(reader.node(), "overlap",
                 "is shorter than the unit of the field; changes of one unit would be lost");
  }
}

void read_cursor(MapReader& stream, CursorSpec& cursor) {
  with_map(stream, "cursor", [&](MapReader& reader) {
    reader.required("type");
    const auto type = reader.choice("type", {"full", "time", "token", "feed", "seq"});
    if (type) cursor.type = static_cast<CursorType>(*type);
    cursor.field = reader.expression("field");
    cursor.resume = reader.expression("resume");
    cursor.token = reader.expression("from");
    cursor.done = reader.expression("done");
    cursor.into = read_parameter(reader, "into");
    cursor.out_of_order = reader.expression("out_of_order");
    read_seed(reader, cursor);
    const auto order = reader.choice("order", {"none", "asc", "desc"});
    if (order) cursor.order = static_cast<Order>(*order);
    read_duration(reader, "unit", cursor.unit);
    read_duration(reader, "lag", cursor.lag);
    read_duration(reader, "overlap", cursor.overlap);
    check_cursor(reader, cursor);
  });
}

void read_hydrate(MapReader& stream, StreamSpec& spec) {
  with_map(stream, "hydrate", [&](MapReader& reader) {
    HydrateSpec hydrate;
    hydrate.listing = read_listing(reader);
    hydrate.batch = reader.count("batch", 0, 1000);
    hydrate.missing_is_gone = reader.choice("missing", {"keep", "tombstone"}).value_or(0) == 1;
    if (!hydrate.listing.request.path) reader.error(reader.node(), "get", "or post is missing");
    if (hydrate.batch > 0 && !hydrate.listing.key) {
      reader.error(reader.node(), "key", "is missing: which record of the answer is which?");
    }
    spec.hydrate = std::move(hydrate);
  });
}

ChildrenSpec read_child(const Node& node, MapReader& parent) {
  MapReader reader(node, parent.dotted("children." + node.key), parent.problems());
  ChildrenSpec child;
  child.name = node.key;
  child.listing = read_listing(reader);
  child.when = reader.expression("when");
  child.ids = reader.expression("ids");
  child.have = reader.expression("have");
  child.batch = reader.count("batch", child.batch, 1000);
  child.limit = reader.count("limit", child.limit, 100'000);
  child.recurse = reader.expression("recurse");
  if (!child.listing.request.path) reader.error(node, "get", "or post is missing");
  reader.finish();
  return child;
}

void read_children(MapReader& stream, StreamSpec& spec) {
  for (const Node& child : stream.members("children"))
    spec.children.push_back(read_child(child, stream));
}

void read_partition(MapReader& stream, StreamSpec& spec) {
  with_map(stream, "partition", [&](MapReader& reader) {
    PartitionSpec partition;
    if (const Node* list = reader.member("list")) {
      const auto add = [&](const Node& item) {
        auto text =
            read_template(item, reader.dotted("list"), SecretUse::Refused, reader.problems());
        if (text) partition.list.push_back(std::move(*text));
      };
      if (list->kind == Node::Kind::List) {
        for (const Node& item : list->children) add(item);
      } else {
        add(*list);
      }
    }
    partition.stream = reader.text("from").value_or("");
    partition.take = reader.expression("take");
    if (partition.list.empty() == partition.stream.empty()) {
      reader.error(reader.node(), "list", "or from must say what the parts are, one of them");
    }
    spec.partition = std::move(partition);
  });
}

void put(Node& map, const Node& member) {
  const auto old = std::find_if(map.children.begin(), map.children.end(),
                                [&](const Node& child) { return child.key == member.key; });
  if (old == map.children.end()) {
    map.children.push_back(member);
  } else if (member.kind == Node::Kind::Map && old->kind == Node::Kind::Map) {
    for (const Node& inner : member.children) put(*old, inner);
  } else {
    *old = member;
  }
}

/// The sweep's own listing, or the stream's with what the sweep says otherwise.
Node sweep_listing(const Node& stream, const Node& sweep) {
  if (sweep.member("get") != nullptr || sweep.member("post") != nullptr) return sweep;
  Node merged = sweep;
  merged.children.clear();
  for (const char* name : {"get", "post", "query", "headers", "json", "form", "pages", "records",
                           "where", "key", "on"}) {
    if (const Node* member = stream.member(name)) merged.children.push_back(*member);
  }
  for (const Node& member : sweep.children) put(merged, member);
  return merged;
}

SweepSpec read_sweep(const Node& stream, const Node& node, std::string name,
                     config::Problems& problems) {
  const Node merged = sweep_listing(stream, node);
  MapReader reader(merged, std::move(name), problems);
  SweepSpec sweep;
  sweep.listing = read_listing(reader);
  read_duration(reader, "every", sweep.every);
  sweep.max_drop = reader.fraction("max_drop").value_or(sweep.max_drop);
  if (!sweep.listing.key) reader.error(node, "key", "is missing: what identifies a record?");
  reader.finish();
  return sweep;
}

ProbeSpec read_probe(MapReader& reader) {
  ProbeSpec probe;
  probe.listing = read_listing(reader);
  probe.gone = reader.expression("gone");
  if (!probe.listing.request.path) reader.error(reader.node(), "get", "or post is missing");
  return probe;
}

void read_deletes(MapReader& stream, StreamSpec& spec) {
  with_map(stream, "deletes", [&](MapReader& deletes) {
    if (const Node* sweep = deletes.member("sweep")) {
      spec.sweep = read_sweep(stream.node(), *sweep, deletes.dotted("sweep"), stream.problems());
    }
    with_map(deletes, "feed", [&](MapReader& reader) {
      DeletedFeedSpec feed;
      feed.listing = read_listing(reader);
      read_duration(reader, "every", feed.every);
      if (!feed.listing.request.path) reader.error(reader.node(), "get", "or post is missing");
      spec.deleted_feed = std::move(feed);
    });
    for (const auto& [name, probe] :
         {std::pair{"probe", &StreamSpec::probe}, {"archive", &StreamSpec::archive}}) {
      with_map(deletes, name,
               [&, member = probe](MapReader& reader) { spec.*member = read_probe(reader); });
    }
    if (spec.archive && !spec.probe)
      deletes.error(deletes.node(), "archive", "goes with a probe, which is asked first");
  });
}

void read_passes(MapReader& stream, StreamSpec& spec) {
  for (const auto& [name, pass] :
       {std::pair{"rescan", &StreamSpec::rescan}, {"access", &StreamSpec::access}}) {
    with_map(stream, name, [&, member = pass](MapReader& reader) {
      RescanSpec rescan;
      read_duration(reader, "every", rescan.every);
      read_duration(reader, "newer_than", rescan.newer_than);
      spec.*member = rescan;
    });
  }
}

}  // namespace

StreamSpec read_stream(const Node& node, config::Problems& problems) {
  MapReader reader(node, "streams." + node.key, problems);
  StreamSpec spec;
  spec.name = node.key;
  spec.lookup = reader.flag("lookup");
  spec.listing = read_listing(reader);
  spec.version = reader.expression("version");
  spec.tombstone = reader.expression("tombstone");
  read_partition(reader, spec);
  read_cursor(reader, spec.cursor);
  read_hydrate(reader, spec);
  read_children(reader, spec);
  read_deletes(reader, spec);
  read_passes(reader, spec);
  if (!spec.listing.request.path) reader.error(node, "get", "or post is missing");
  if (!spec.listing.key) reader.error(node, "key", "is missing: what identifies a record?");
  if (!spec.lookup) spec.map = read_map(reader);
  reader.finish();
  return spec;
}

}  // namespace freshet::sources::http_api
