#pragma once

#include "base/http/waiter.h"
#include "tests/simulation/model.h"

namespace freshet::simulation {

/// Lets the world's time pass instead of waiting. (The world itself is the clock.)
class WorldWaiter final : public http::Waiter {
 public:
  explicit WorldWaiter(World& world) : world_(&world) {}
  void wait(std::chrono::milliseconds duration, const Interruption&) override {
    world_->advance(duration);
  }

 private:
  World* world_;
};

}  // namespace freshet::simulation
