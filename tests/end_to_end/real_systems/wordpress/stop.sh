#!/usr/bin/env bash
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "${REAL_SYSTEMS:-$HERE/../../../../../shared/tools/real-systems}/_common.sh"; rs_args "$@"; rs_stop server; rs_stop database
