#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

#include "base/result.h"
#include "config/settings.h"
#include "serving/backend.h"

namespace freshet::serving {

/// `serve` over any backend: what it promises is said there.
Result<Done> serve_backend(const config::ServeSettings& settings, const Backend& backend,
                           std::stop_token stop,
                           const std::function<void(std::uint16_t port)>& on_listening);

}  // namespace freshet::serving
