"""What the end-to-end tests share: a data directory with its configuration, and the program to run on it."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared"


def shared(path):
    """A path below ../shared; says clearly when it is absent."""
    full = SHARED / path
    if not full.exists():
        sys.exit(f"missing test data: {full} (the data sets stand beside the repository, see CONTRIBUTING.md)")
    return full


class Workspace:
    """One data directory, one configuration file, one program."""

    def __init__(self, program, directory, sources, encoder="{type: hashing}"):
        self.program = str(program)
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        self.config = self.directory / "freshet.yaml"
        lines = "\n".join(f"  - {source}" for source in sources)
        encoder_line = f"encoder: {encoder}\n" if encoder else ""
        self.config.write_text(f"version: 1\ndata_dir: ./data\n{encoder_line}sources:\n{lines}\n")

    def run(self, *arguments, expect=0, **options):
        """Runs a command and returns its standard output."""
        done = subprocess.run([self.program, "-c", str(self.config), *arguments], capture_output=True,
                              text=True, **options)
        if expect is not None and done.returncode != expect:
            sys.exit(f"freshet {' '.join(arguments)} returned {done.returncode}, expected {expect}\n"
                     f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
        return done.stdout

    def start(self, *arguments):
        return subprocess.Popen([self.program, "-c", str(self.config), *arguments],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def documents(self, *options):
        """Every exported document, by id."""
        return {row["id"]: row for row in map(json.loads, self.run("export", *options).splitlines())}

    def sync(self, *options, expect=0):
        """Syncs and returns the counts of the publish summary ({} when nothing was published)."""
        counts = {}
        for line in self.run("--json", "sync", *options, expect=expect).splitlines():
            message = json.loads(line)
            if message["type"] == "summary" and message["activity"] == "publish":
                counts = message["counts"]
        return counts

    def top(self, query, count=10, *options):
        answer = json.loads(self.run("--json", "search", query, "-k", str(count), *options))
        return [(hit["id"], hit["score"]) for hit in answer["hits"]]


def git(repository, *arguments, **options):
    environment = dict(os.environ, GIT_AUTHOR_NAME="Test", GIT_AUTHOR_EMAIL="test@example.org",
                       GIT_COMMITTER_NAME="Test", GIT_COMMITTER_EMAIL="test@example.org")
    return subprocess.run(["git", "-C", str(repository), *arguments], check=True, capture_output=True,
                          text=True, env=environment, **options).stdout


def replay(history, repository, *options):
    """Replays a recorded history with the shared tool."""
    tool, recorded = shared("tools/history_to_git.py"), shared(f"data/docs-history/{history}")
    subprocess.run([sys.executable, str(tool), str(recorded), str(repository), *options], check=True,
                   stdout=subprocess.DEVNULL)


def temporary_directory():
    return tempfile.TemporaryDirectory(prefix="freshet-end-to-end-")
