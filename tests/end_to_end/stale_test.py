"""Plants broken references in a recorded history (fixed seed): link targets removed, link targets moved. Each
must be found with the right page, line, rule and commit.

usage: stale_test.py FRESHET HISTORY [--defects 30] [--seed 7]
"""
import argparse
import json
import pathlib
import posixpath
import random
import re

from freshet import Workspace, git, replay, temporary_directory

LINK = re.compile(r"(?<!!)\[[^\]\[]+\]\(([^)#?\s]+)(?:#[^)\s]*)?\)")


def lines_outside_code(text):
    fenced = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced and not line.startswith("    "):
            yield number, re.sub(r"`[^`]*`", "", line)


def target_of(page, link, pages):
    """The page a link means, by the plain rules only: the file itself, or the file with .md added."""
    if "://" in link or link.startswith("mailto:"):
        return None
    base = link.lstrip("/") if link.startswith("/") else posixpath.join(posixpath.dirname(page), link)
    path = posixpath.normpath(base)
    return path if path in pages else path + ".md" if path + ".md" in pages else None


def links_by_target(repository, pages):
    found = {}
    for page in sorted(pages):
        for number, line in lines_outside_code((repository / page).read_text(encoding="utf-8", errors="replace")):
            for match in LINK.finditer(line):
                target = target_of(page, match.group(1), pages)
                if target and target != page:
                    found.setdefault(target, []).append((page, number))
    return found


def plant(repository, count, random_source):
    """Removes or moves linked pages, one commit each; returns what must be found."""
    pages = set(git(repository, "ls-files", "*.md").split())
    linked = links_by_target(repository, pages)
    candidates = [target for target in sorted(linked) if posixpath.basename(target) not in ("README.md", "index.md", "SUMMARY.md")]
    targets = random_source.sample(candidates, min(count, len(candidates)))
    planted = []
    for number, target in enumerate(targets):
        moved = f"relocated/{number}-{posixpath.basename(target)}" if number % 2 else None
        if moved:
            (repository / "relocated").mkdir(exist_ok=True)
            git(repository, "mv", target, moved)
        else:
            git(repository, "rm", "-q", target)
        git(repository, "commit", "-q", "-m", f"plant {number}")
        planted.append((target, moved, git(repository, "rev-parse", "HEAD").strip()))
    gone = {target for target, _, _ in planted}
    return [(page, line, target, moved, commit) for target, moved, commit in planted
            for page, line in linked[target] if page not in gone]


def matches(finding, defect):
    page, line, target, moved, commit = defect
    return (finding["path"] == page and finding["line"] == line and finding["target"] == target
            and finding["rule"] == ("moved-link" if moved else "broken-link")
            and commit.startswith(finding["commit"][:7]) and (not moved or posixpath.basename(moved) in finding["action"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("history")
    parser.add_argument("--defects", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()

    with temporary_directory() as folder:
        root = pathlib.Path(folder)
        repository = root / "docs"
        replay(options.history, repository)
        pages = len(git(repository, "ls-files", "*.md").split())
        source = f'{{name: docs, type: git, repository: {repository}, branch: main, include: ["**/*.md"]}}'
        untouched = Workspace(options.program, root / "untouched", [source])
        untouched.sync()
        before = json.loads(untouched.run("stale", "--format", "json"))["findings"]
        print(f"{len(before)} findings on {pages} pages as recorded")
        for finding in before:
            print("  ", finding["path"], finding["line"], finding["rule"], finding["fact"])

        defects = plant(repository, options.defects, random.Random(options.seed))
        workspace = Workspace(options.program, root / "planted", [source])
        workspace.sync()
        findings = json.loads(workspace.run("stale", "--format", "json"))["findings"]
        missed = [defect for defect in defects if not any(matches(finding, defect) for finding in findings)]
        for defect in missed:
            near = [f for f in findings if f["path"] == defect[0]]
            print("missed:", defect, "near:", [(f["line"], f["rule"], f["target"], f["commit"][:8]) for f in near][:5])
        print(f"{options.defects} planted, {len(defects)} references to them, {len(defects) - len(missed)} found")
        assert len(defects) >= options.defects / 2, "the history has too few links to plant in"
        assert not missed
        assert len(before) * 100 <= pages, "more than one finding per 100 pages on the recorded history"


if __name__ == "__main__":
    main()
