"""A recorded documentation history, synced in steps: after every step the incremental data directory equals
a fresh full sync at that commit, and only changed text was encoded.

usage: history_test.py FRESHET HISTORY [--steps 20] [--queries 200] [--encoder YAML]
"""
import argparse
import http.client
import json
import pathlib
import random
import subprocess

from freshet import Workspace, git, replay, shared, temporary_directory


class Server:
    """A running `freshet serve`, asked over one connection."""

    def __init__(self, workspace):
        self.process = subprocess.Popen([workspace.program, "-c", str(workspace.config), "--json", "serve",
                                         "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        port = json.loads(self.process.stdout.readline())["port"]
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def top(self, query, mode):
        body = json.dumps({"query": query, "top_k": 10, "mode": mode})
        self.connection.request("POST", "/v1/search", body, {"Content-Type": "application/json"})
        response = self.connection.getresponse()
        answer = json.loads(response.read())
        assert response.status == 200, answer
        return [(hit["id"], round(hit["score"], 5)) for hit in answer["hits"]]

    def stop(self):
        self.connection.close()
        self.process.terminate()
        self.process.wait(timeout=30)


def total_changes(history):
    import gzip
    with gzip.open(shared(f"data/docs-history/{history}") / "changes.jsonl.gz") as lines:
        return sum(1 for _ in lines)


def source(repository):
    return f'{{name: docs, type: git, repository: {repository}, branch: main, include: ["**/*.md", "**/*.mdx"]}}'


def passages(documents):
    return {(passage["text_hash"]) for row in documents.values() for passage in row["passages"]}


def comparable(documents):
    return {key: (row["title"], row["url"], row["content_hash"], row["passages"]) for key, row in documents.items()}


def without_ties(ranking):
    """The ranking as groups of exactly tied hits; the last group may have been cut by the page's end."""
    groups = []
    for hit, score in ranking:
        if groups and groups[-1][0] == score:
            groups[-1][1].add(hit)
        else:
            groups.append((score, {hit}))
    return [hits for _, hits in groups]


def same_ranking(one, other):
    """The same hits in the same order. Exact ties may stand in any order, and be cut anywhere at the end."""
    if [hit for hit, _ in one] == [hit for hit, _ in other]:
        return True
    left, right = without_ties(one), without_ties(other)
    return len(left) == len(right) and left[:-1] == right[:-1] and max(len(left[-1]), len(right[-1])) > 1


def headings(documents):
    found = {row["title"] for row in documents.values() if row["title"]}
    for row in documents.values():
        for passage in row["passages"]:
            found.update(passage["heading_path"])
    return sorted(found)


def compare(step, incremental, fresh, queries):
    """Same documents, passages and answers; returns the share of equal top-10 lists."""
    left = incremental.documents("--text", "--passages")
    right = fresh.documents("--text", "--passages")
    assert comparable(left) == comparable(right), f"step {step}: documents or passages differ"
    incremental.run("verify")
    sample = random.Random(step).sample(headings(right), min(queries, len(headings(right))))
    one, other = Server(incremental), Server(fresh)
    modes = ["hybrid", "keyword", "vector"]
    try:
        same = [same_ranking(one.top(query, modes[i % 3]), other.top(query, modes[i % 3]))
                for i, query in enumerate(sample)]
    finally:
        one.stop()
        other.stop()
    return sum(same) / len(same)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("history")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--encoder", default="{type: hashing}")
    options = parser.parse_args()

    with temporary_directory() as folder:
        root = pathlib.Path(folder)
        repository = root / "docs"
        total = total_changes(options.history)
        at = total // 5
        replay(options.history, repository, "--commits", str(at))
        incremental = Workspace(options.program, root / "incremental", [source(repository)], options.encoder)
        incremental.sync()
        before = incremental.documents("--passages")
        encoded = changed = 0
        for step in range(1, options.steps + 1):
            target = total // 5 + (total - total // 5) * step // options.steps
            replay(options.history, repository, "--from", str(at), "--commits", str(target))
            at = target
            counts = incremental.sync("--max-delete", "100%")
            after = incremental.documents("--passages")
            encoded += counts.get("passages_encoded", 0)
            changed += len(passages(after) - passages(before))
            before = after
            fresh = Workspace(options.program, root / f"fresh-{step}", [source(repository)], options.encoder)
            fresh.sync()
            share = compare(step, incremental, fresh, options.queries)
            print(f"step {step}: {len(after)} documents, {counts.get('passages_encoded', 0)} passages encoded, "
                  f"{share:.1%} of the top-10 lists equal", flush=True)
            assert share >= 0.99, f"step {step}: only {share:.1%} of the top-10 lists are equal"
        ratio = encoded / max(changed, 1)
        print(f"encoded {encoded} passages, {changed} changed: ratio {ratio:.2f}")
        assert ratio <= 1.3

        incremental.run("merge")
        share = compare(0, incremental, fresh, options.queries)
        print(f"after merge: {share:.1%} of the top-10 lists equal")
        assert share == 1.0
        check_rename(incremental, repository, after)


def check_rename(workspace, repository, documents):
    """A pure rename encodes nothing and keeps the document under its former id too."""
    moved = sorted(documents)[len(documents) // 2].removeprefix("docs:")
    git(repository, "mv", moved, "renamed-" + moved.replace("/", "-"))
    git(repository, "commit", "-q", "-m", "rename one page")
    counts = workspace.sync()
    assert counts["passages_encoded"] == 0, counts
    record = json.loads(workspace.run("--json", "get", f"docs:{moved}"))
    assert record["id"] == "docs:renamed-" + moved.replace("/", "-"), record["id"]
    print("a pure rename encoded nothing")


if __name__ == "__main__":
    main()
