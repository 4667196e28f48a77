#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sources/connector.h"

namespace freshet::testing {

/// Answers each fetch with the next line of a script, and remembers the cursors it was asked with.
class ScriptedConnector final : public sources::Connector {
 public:
  using Answer = std::function<Result<sources::Batch>(const sources::FetchRequest&)>;

  void then(sources::Batch batch) {
    script_.push_back(
        [batch = std::move(batch)](const auto&) -> Result<sources::Batch> { return batch; });
  }
  void then_fail(Error error) {
    script_.push_back(
        [error = std::move(error)](const auto&) -> Result<sources::Batch> { return error; });
  }
  void then_do(Answer answer) { script_.push_back(std::move(answer)); }

  Result<sources::Batch> fetch(const sources::FetchRequest& request) override {
    cursors_.emplace_back(request.cursor);
    if (script_.empty()) {
      sources::Batch nothing;
      nothing.next_cursor = request.cursor;
      return nothing;
    }
    const Answer answer = std::move(script_.front());
    script_.pop_front();
    return answer(request);
  }

  [[nodiscard]] const std::vector<std::string>& cursors() const { return cursors_; }

 private:
  std::deque<Answer> script_;
  std::vector<std::string> cursors_;
};

}  // namespace freshet::testing
