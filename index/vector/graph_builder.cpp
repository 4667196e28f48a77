#include <algorithm>
#include <cstring>
#include <limits>

#include <hnswlib/hnswlib.h>

#include "index/vector/graph.h"

namespace freshet::index {

namespace {

constexpr std::size_t kSeed = 20261121;

using Library = hnswlib::HierarchicalNSW<float>;

/// hnswlib stores row numbers instead of vectors; the distance looks the rows up.
class RowSpace final : public hnswlib::SpaceInterface<float> {
 public:
  explicit RowSpace(const QuantisedRows& rows) : rows_(&rows) {}
  std::size_t get_data_size() override { return sizeof(std::uint32_t); }
  hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
  void* get_dist_func_param() override { return this; }

 private:
  static float distance(const void* a, const void* b, const void* self) {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    std::memcpy(&left, a, sizeof left);
    std::memcpy(&right, b, sizeof right);
    return 1.0F - static_cast<const RowSpace*>(self)->rows_->similarity(left, right);
  }

  const QuantisedRows* rows_;
};

/// The links with rows instead of hnswlib's own numbers.
class Links {
 public:
  Links(const Library& library, std::size_t count)
      : words_(4 + count * (1 + kBottomLinks)), upper_begin_(count + 1) {
    words_[0] = row_of(library, library.enterpoint_node_);
    words_[1] = static_cast<std::uint32_t>(library.maxlevel_);
    std::vector<hnswlib::tableint> node_of(count, std::numeric_limits<hnswlib::tableint>::max());
    const auto nodes = static_cast<hnswlib::tableint>(library.cur_element_count.load());
    for (hnswlib::tableint node = 0; node < nodes; ++node) node_of[row_of(library, node)] = node;
    for (std::size_t row = 0; row < count; ++row) {
      upper_begin_[row] = static_cast<std::uint32_t>(upper_.size() / (1 + kUpperLinks));
      if (node_of[row] < nodes) take(library, row, node_of[row]);
    }
    upper_begin_[count] = static_cast<std::uint32_t>(upper_.size() / (1 + kUpperLinks));
    words_[3] = upper_begin_[count];
    find_orphans(node_of, nodes);
  }

  [[nodiscard]] std::string file() const {
    std::string bytes(kVectorHeaderBytes, '\0');
    for (const auto* part : {&words_, &upper_begin_, &upper_, &orphans_}) {
      bytes.append(reinterpret_cast<const char*>(part->data()),
                   part->size() * sizeof(std::uint32_t));
    }
    return bytes;
  }

 private:
  static std::uint32_t row_of(const Library& library, hnswlib::tableint node) {
    return static_cast<std::uint32_t>(library.getExternalLabel(node));
  }

  static void copy_list(const Library& library, hnswlib::linklistsizeint* list, std::uint32_t* to) {
    const std::uint32_t length = library.getListCount(list);
    to[0] = length;
    for (std::uint32_t i = 1; i <= length; ++i) to[i] = row_of(library, list[i]);
  }

  void take(const Library& library, std::size_t row, hnswlib::tableint node) {
    copy_list(library, library.get_linklist0(node), words_.data() + 4 + row * (1 + kBottomLinks));
    for (int level = 1; level <= library.element_levels_[node]; ++level) {
      upper_.resize(upper_.size() + 1 + kUpperLinks);
      copy_list(library, library.get_linklist(node, level),
                upper_.data() + upper_.size() - 1 - kUpperLinks);
    }
  }

  /// hnswlib can leave nodes that nothing links to (equal vectors do it): found by following the
  /// bottom level from the entry.
  void find_orphans(const std::vector<hnswlib::tableint>& node_of, hnswlib::tableint nodes) {
    std::vector<bool> reached(node_of.size());
    std::vector<std::uint32_t> waiting{words_[0]};
    reached[words_[0]] = true;
    while (!waiting.empty()) {
      const std::uint32_t* list = words_.data() + 4 + waiting.back() * (1 + kBottomLinks);
      waiting.pop_back();
      for (std::uint32_t i = 1; i <= list[0]; ++i) {
        if (!reached[list[i]]) waiting.push_back(list[i]);
        reached[list[i]] = true;
      }
    }
    for (std::size_t row = 0; row < node_of.size(); ++row) {
      if (node_of[row] < nodes && !reached[row])
        orphans_.push_back(static_cast<std::uint32_t>(row));
    }
    words_[2] = static_cast<std::uint32_t>(orphans_.size());
  }

  std::vector<std::uint32_t> words_;
  std::vector<std::uint32_t> upper_begin_;
  std::vector<std::uint32_t> upper_;
  std::vector<std::uint32_t> orphans_;
};

}  // namespace

Result<std::string> build_graph(const QuantisedRows& rows) {
  try {
    RowSpace space(rows);
    Library library(&space, rows.count(), kUpperLinks, kGraphBuildWidth, kSeed);
    for (std::uint32_t row = 0; row < rows.count(); ++row) {
      if (rows.scale(row) != 0.0F) library.addPoint(&row, row);
    }
    if (library.cur_element_count == 0) return Error{ErrorKind::Invalid, "no vector to link"};
    return Links(library, rows.count()).file();
  } catch (const std::exception& error) {
    return Error{ErrorKind::Internal,
                 std::string("cannot build the vector graph: ") + error.what()};
  }
}

}  // namespace freshet::index
