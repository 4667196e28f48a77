#!/usr/bin/env bash
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "${REAL_SYSTEMS:?is set by scripts/real-servers}/_common.sh"; rs_args "$@"; rs_stop server; rs_stop database
