"""Kills sync, merge and forget at random moments (fixed seed). An oracle outside the process knows every
version that ever existed: nothing may be lost, half-visible or resurrected, and every store must open.

usage: kill_test.py FRESHET [--kills 50] [--seed 1]
"""
import argparse
import json
import pathlib
import random
import time

from freshet import Workspace, git, temporary_directory

PAGES = 60


def text_of(page, version):
    body = " ".join(f"word{(page * 7 + version * 13 + i) % 97}" for i in range(40))
    return f"# Page {page}\n\nThis is version {version} of page {page}: {body}.\n\n## Details\n\nMore of {version}.\n"


class Oracle:
    """The repository and what each page may say."""

    def __init__(self, repository, random_source):
        self.repository = repository
        self.random = random_source
        self.repository.mkdir()
        git(repository, "init", "-q", "-b", "main")
        self.live = {}
        self.version = 0
        self.ever = {}
        for page in range(PAGES):
            self.write(page)
        self.commit()

    def write(self, page):
        self.version += 1
        self.live[page] = self.version
        self.ever.setdefault(page, set()).add(self.version)
        (self.repository / f"page-{page}.md").write_text(text_of(page, self.version))

    def remove(self, page):
        del self.live[page]
        (self.repository / f"page-{page}.md").unlink()

    def commit(self):
        git(self.repository, "add", "-A")
        git(self.repository, "commit", "-q", "--allow-empty", "-m", f"state {self.version}")

    def change(self):
        for page in self.random.sample(range(PAGES), 6):
            if page in self.live and self.random.random() < 0.25:
                self.remove(page)
            else:
                self.write(page)
        self.commit()


def version_shown(row):
    """The version a document shows, and that all of it is from that version."""
    first = int(row["text"].split("This is version ")[1].split(" ")[0])
    assert f"More of {first}." in row["text"], f"half-visible document: {row['id']}"
    return first


def check_consistent(workspace, oracle, forgotten):
    """Every store opens, and what is shown existed at some time."""
    workspace.run("status")
    for key, row in workspace.documents("--text").items():
        page = int(key.split("page-")[1].removesuffix(".md"))
        assert page not in forgotten, f"resurrected after takedown: {key}"
        if row["passage_count"]:
            assert version_shown(row) in oracle.ever[page], f"invented text: {key}"
    for hit, _ in workspace.top("version of page", 20):
        page = int(hit.split("page-")[1].split(".md")[0])
        assert page not in forgotten, f"a query found a page under takedown: {hit}"


def check_equal(workspace, oracle, forgotten):
    workspace.sync("--max-delete", "100%", expect=None)
    workspace.run("verify")
    shown = {int(key.split("page-")[1].removesuffix(".md")): version_shown(row)
             for key, row in workspace.documents("--text").items()}
    expected = {page: version for page, version in oracle.live.items() if page not in forgotten}
    lost, resurrected = set(expected.items()) - set(shown.items()), set(shown.items()) - set(expected.items())
    assert shown == expected, f"lost (page, version): {lost}; resurrected: {resurrected}"


def kill_once(workspace, oracle, typical, random_source, forgotten):
    job = random_source.choice(["sync", "sync", "sync", "sync", "merge", "rebuild", "forget"])
    arguments = {"sync": ["sync", "--max-delete", "100%"], "merge": ["merge"], "rebuild": ["rebuild"]}.get(job)
    page = None
    if job == "forget":
        page = random_source.choice(sorted(set(oracle.live) - forgotten))
        arguments = ["forget", f"docs:page-{page}.md"]
    process = workspace.start(*arguments)
    time.sleep(random_source.random() * typical[job])
    process.kill()
    finished = process.wait() == 0
    if finished:
        typical[job] *= 0.85  # it came too late: most moments are to lie inside the job
    if job == "forget":
        record = json.loads(workspace.run("--json", "get", f"docs:page-{page}.md", expect=None) or "{}")
        if finished or record.get("state") == "taken_down":
            forgotten.add(page)
    return job, finished


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    random_source = random.Random(options.seed)

    with temporary_directory() as folder:
        root = pathlib.Path(folder)
        oracle = Oracle(root / "docs", random_source)
        workspace = Workspace(options.program, root / "work", [f"{{name: docs, type: git, repository: {root}/docs, branch: main}}"])
        started = time.monotonic()
        workspace.sync()
        typical = dict.fromkeys(["sync", "merge", "rebuild", "forget"], time.monotonic() - started)
        forgotten = set()
        outcomes = {}
        killed = number = 0
        while killed < options.kills and number < 5 * options.kills:
            number += 1
            oracle.change()
            job, finished = kill_once(workspace, oracle, typical, random_source, forgotten)
            outcomes[(job, finished)] = outcomes.get((job, finished), 0) + 1
            killed += not finished
            check_consistent(workspace, oracle, forgotten)
            if number % 5 == 0:
                check_equal(workspace, oracle, forgotten)
        check_equal(workspace, oracle, forgotten)
        print(f"{number} rounds, {killed} killed before they finished: "
              + ", ".join(f"{job}{' finished' if done else ' killed'} {count}" for (job, done), count in sorted(outcomes.items())))
        assert killed == options.kills, "too few rounds were really killed"


if __name__ == "__main__":
    main()
