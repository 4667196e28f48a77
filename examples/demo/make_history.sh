#!/usr/bin/env bash
# Turns articles/ and changes/ into a git repository with a history. The same commits, byte for byte, every time.
#
#   make_history.sh TARGET_DIR                 all of it
#   make_history.sh TARGET_DIR --commits 1     only the first commit
#   make_history.sh TARGET_DIR --from 1        what comes after the first commit, onto a repository that has it
#
# A folder in changes/ is one commit: `commit` holds author, date and message; `change.patch`, `delete` and `rename`
# (each optional) say what it does. The first one adds everything in articles/.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
usage() { echo "usage: make_history.sh TARGET_DIR [--commits N | --from N]" >&2; exit 2; }

[[ $# -eq 1 || $# -eq 3 ]] || usage
target=$1
first=1
last=$(find "$here/changes" -mindepth 1 -maxdepth 1 -type d | wc -l)
if [[ $# -eq 3 ]]; then
  [[ $3 =~ ^[0-9]+$ ]] || usage
  case $2 in
    --commits) last=$3 ;;
    --from) first=$(($3 + 1)) ;;
    *) usage ;;
  esac
fi

# Nothing of the person who runs this may enter the commits.
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
run_git() { git -C "$target" -c core.autocrlf=false -c gc.auto=0 "$@"; }

apply_change() {
  local change=$1 old new path
  if [[ -f $change/change.patch ]]; then run_git apply --index "$change/change.patch"; fi
  if [[ -f $change/delete ]]; then
    while read -r path; do run_git rm -q "$path"; done <"$change/delete"
  fi
  if [[ -f $change/rename ]]; then
    while read -r old new; do run_git mv "$old" "$new"; done <"$change/rename"
  fi
}

commit() {
  local file=$1/commit author date
  author=$(sed -n 's/^author //p' "$file")
  date=$(sed -n 's/^date //p' "$file")
  export GIT_AUTHOR_NAME=${author% <*} GIT_AUTHOR_DATE=$date GIT_COMMITTER_DATE=$date
  GIT_AUTHOR_EMAIL=$(sed 's/.*<\(.*\)>/\1/' <<<"$author")
  export GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
  sed '1,/^$/d' "$file" | run_git commit -q -F -
}

if [[ $first -eq 1 ]]; then
  if [[ -e $target ]] && [[ -n $(ls -A "$target") ]]; then
    echo "make_history.sh: $target is not empty; choose another directory or pass --from" >&2
    exit 1
  fi
  mkdir -p "$target"
  run_git init -q -b main
  cp -r "$here/articles/." "$target/"
  run_git add -A
fi

number=0
for change in "$here"/changes/*/; do
  number=$((number + 1))
  if ((number < first || number > last)); then continue; fi
  apply_change "${change%/}"
  commit "${change%/}"
done
run_git log --oneline
