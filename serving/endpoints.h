#pragma once

#include "serving/endpoint.h"

namespace freshet::serving {

/// POST or QUERY /v1/search: the request is a JSON body.
Reply search_by_body(const Call& call);
/// GET /v1/search: the request is in the parameters q, top_k, mode and group_by.
Reply search_by_parameters(const Call& call);

/// GET /v1/documents/{id}: 404 alike for what is absent, hidden or deleted; 304 when If-None-Match
/// names the version we have.
Reply show_document(const Call& call);

/// GET /v1/status: 200 also when something is wrong; the members say what.
Reply show_status(const Call& call);
/// GET /healthz: the process answers.
Reply show_health(const Call& call);
/// GET /readyz: 503 until a generation can be searched.
Reply show_readiness(const Call& call);

}  // namespace freshet::serving
