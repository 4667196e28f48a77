#pragma once

#include <memory>
#include <mutex>
#include <utility>

#include "jobs/progress.h"

namespace freshet::jobs {

/// Lets several threads tell of their work, one line at a time. Thread-safe.
class SharedProgress final : public Progress {
 public:
  explicit SharedProgress(std::unique_ptr<Progress> progress) : progress_(std::move(progress)) {}

  void plan(std::string_view activity, const Counts& counts) override {
    const std::lock_guard lock(mutex_);
    progress_->plan(activity, counts);
  }
  void step(const ProgressStep& step) override {
    const std::lock_guard lock(mutex_);
    progress_->step(step);
  }
  void warning(std::string_view message) override {
    const std::lock_guard lock(mutex_);
    progress_->warning(message);
  }
  void item_error(std::string_view item, std::string_view message) override {
    const std::lock_guard lock(mutex_);
    progress_->item_error(item, message);
  }
  void summary(std::string_view activity, std::string_view status, const Counts& counts) override {
    const std::lock_guard lock(mutex_);
    progress_->summary(activity, status, counts);
  }
  void timings(std::string_view activity, const Timings& timings) override {
    const std::lock_guard lock(mutex_);
    progress_->timings(activity, timings);
  }

 private:
  std::mutex mutex_;  ///< Guards `*progress_`.
  std::unique_ptr<Progress> progress_;
};

}  // namespace freshet::jobs
