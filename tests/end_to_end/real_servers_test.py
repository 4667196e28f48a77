"""The shipped manifests against the real servers: MediaWiki, Redmine, Request Tracker and WordPress on loopback.

Per system: start it, sync, make 50 random changes through its own API (fixed seed) with a sync after every ten,
sync until nothing moves, and compare with a first sync into another data directory: the same ids, content hashes
and principals. Then: how many requests does a sync without news send, and does what "public" may see stay free of
internal text and readable to a customer of the server itself.

usage: real_servers_test.py FRESHET REAL_SYSTEMS_DIR [mediawiki|redmine|request-tracker|wordpress|wordpress-staff ...]

The directory holds SYSTEM/start.sh and stop.sh, which install packages with apt; see its README.md. Those of systems
that it lacks are in real_systems/ here, and use what it has for all of them.
Not part of ctest: it needs that directory, root, and minutes per system.
"""
import http.client
import http.server
import json
import pathlib
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

from freshet import REPOSITORY, Workspace, temporary_directory
from real_systems import STAFF_NOTE, SYSTEMS as SHARED_SYSTEMS
from real_wordpress import WordPress, WordPressForStaff

SYSTEMS = SHARED_SYSTEMS | {"wordpress": WordPress, "wordpress-staff": WordPressForStaff}

CHANGES = 50
SEED = 20261121
MOST_SYNCS = 8  # Until nothing moves.
OWN_SCRIPTS = REPOSITORY / "tests/end_to_end/real_systems"
LAG = 12  # Seconds after which the manifests believe a whole second to be over.


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class CountingProxy:
    """Passes requests on to one server and remembers them."""

    def __init__(self, port):
        self.requests = []
        proxy = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                proxy.requests.append(f"{self.command} {self.path}")
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                server = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                server.request(self.command, self.path, body,
                               {name: value for name, value in self.headers.items() if name.lower() != "connection"})
                answer = server.getresponse()
                content = answer.read()
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
                server.close()

            do_GET = do_POST = pass_on

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self):
        taken, self.requests = self.requests, []
        return taken

    def close(self):
        self.server.shutdown()
        self.server.server_close()


def impatient(manifest):
    """Sweeps with every sync, and pages so small that these servers have several."""
    manifest = re.sub(r"(sweep:\s*\{?\s*every: )\d+h", r"\g<1>0s", manifest)
    return re.sub(r"(gaplimit: )max|(value: )100\b|(batch: )50\b", lambda found: f"{found[1] or found[2] or found[3]}7", manifest)


class Trial:
    """One system from its start to the verdict."""

    def __init__(self, program, system, proxy, root):
        self.program, self.system, self.proxy, self.root = program, system, proxy, root

    def workspace(self, name, manifest):
        directory = self.root / name
        directory.mkdir()
        copy = directory / "manifest.yaml"
        copy.write_text(manifest)
        address = f"http://127.0.0.1:{self.proxy.port}{urllib.parse.urlsplit(self.system.base).path}"
        address = address.removesuffix("/api.php") + self.system.api
        return Workspace(self.program, directory, [
            f"{{name: real, type: http_api, manifest: {copy}, base_url: '{address}', allow_private_addresses: true, "
            f"config: {{{self.system.config(directory)}}}}}"])

    def sync(self, workspace):
        """How many documents moved, and how many requests that took."""
        self.proxy.take()
        moved = 0
        for line in workspace.run("--json", "sync").splitlines():
            message = json.loads(line)
            if message["type"] == "summary" and message["activity"].startswith("pull"):
                assert message["status"] == "succeeded", line
                assert message["counts"]["unknown"] == 0, line
                moved += sum(message["counts"].values())
        return moved, len(self.proxy.requests)

    def until_quiet(self, workspace):
        """Syncs until two in a row move nothing; how many were needed before."""
        quiet = 0
        for syncs in range(MOST_SYNCS):
            quiet = quiet + 1 if self.sync(workspace)[0] == 0 else 0
            if quiet == 2:
                return syncs - 1
        raise SystemExit(f"{self.system.manifest}: still moving after {MOST_SYNCS} syncs")

    @staticmethod
    def picture(workspace):
        """Of every document: content hash and principals, and the text."""
        documents = workspace.documents("--text")
        for key, row in documents.items():
            row["allow"] = json.loads(workspace.run("--json", "get", key))["principals"]["allow"]
        return documents

    def compare(self, kept, fresh, what):
        content = "content_hash" if self.system.same_bytes else "text"
        strip = lambda documents: {key: (row[content], row["title"], row["url"], sorted(row["allow"]))
                                   for key, row in documents.items()}
        left, right = strip(kept), strip(fresh)
        differences = [f"{key}: kept {left.get(key)}, fresh {right.get(key)}"
                       for key in sorted(left.keys() | right.keys()) if left.get(key) != right.get(key)]
        if differences:
            raise SystemExit(f"{self.system.manifest}: {what} differs from a first sync\n" + "\n".join(differences))

    def check_audiences(self, documents):
        """Returns how many documents are public."""
        public = 0
        for key, row in documents.items():
            staff_only = row["allow"] in ([], ["internal"])
            secrets = [text for text in (STAFF_NOTE, *self.system.staff_texts) if text in row["text"] + row["title"]]
            if "public" in row["allow"]:
                public += 1
                assert not secrets, f"{key} is public and holds {secrets}: {row['text']}"
                assert self.system.anybody_reads(key.removeprefix("real:")), f"{key} is public; the server does not show it"
            # Participants of a ticket read no comment; a queue or a class for staff is another matter.
            assert staff_only or STAFF_NOTE not in row["text"] or "Staff" in str(row["allow"]) or "staff" in str(row["allow"]), \
                f"{key} shows {row['allow']} a note for staff: {row['text']}"
        return public

    def run(self):
        shipped = (REPOSITORY / "config/connectors" / f"{self.system.manifest}.yaml").read_text()
        kept = self.workspace("kept", impatient(shipped))
        started = time.monotonic()
        first, requests = self.sync(kept)
        lines = [f"first sync: {first} documents, {requests} requests, {time.monotonic() - started:.1f} s"]

        silent = getattr(self.system, "silent_changes", None)
        watchful = self.workspace("watchful", re.sub(r"every: \d+h", "every: 0s", shipped)) if silent else None
        if watchful:
            self.sync(watchful)

        made, asked = {}, []
        for number in range(1, CHANGES + 1):
            name = self.system.change()
            made[name] = made.get(name, 0) + 1
            if number % 10 == 0 and number < CHANGES:
                asked.append(self.sync(kept)[1])
        needed = self.until_quiet(kept)
        lines.append(f"{CHANGES} changes: " + ", ".join(f"{name} {count}" for name, count in sorted(made.items())))
        lines.append(f"requests of the syncs between them: {asked}; after the last change {needed} sync(s) until nothing "
                     f"moved, deletions included (sweeps run with every sync here, every 1 to 24 h as shipped)")

        fresh = self.workspace("fresh", shipped)
        self.sync(fresh)
        documents = self.picture(kept)
        self.compare(documents, self.picture(fresh), "the synced state")
        public = self.check_audiences(documents)
        lines.append(f"equal to a first sync: {len(documents)} documents, {public} of them public, each readable without rights")

        time.sleep(LAG)
        self.sync(fresh)
        moved, requests = self.sync(fresh)
        assert moved == 0
        assert requests <= 2 * self.system.streams, self.proxy.requests
        lines.append(f"a sync without news: {requests} requests for {self.system.streams} stream(s)")

        if watchful:
            silent()
            needed = self.until_quiet(watchful)
            second = self.workspace("second", shipped)
            self.sync(second)
            documents = self.picture(watchful)
            self.compare(documents, self.picture(second), "the state after silent changes")
            public = self.check_audiences(documents)
            lines.append(f"silent changes ({self.system.silent}): found by {needed} sync(s) with "
                         f"rescan and access pass, {public} documents public")
        return lines


def settings_of(output):
    return dict(line.split("=", 1) for line in output.splitlines() if re.match(r"RS_\w+=", line))


def try_system(program, scripts, name):
    system_type = SYSTEMS[name]
    scripts = scripts / name if (scripts / name).exists() else OWN_SCRIPTS / system_type.scripts
    with temporary_directory() as directory:
        root = pathlib.Path(directory)
        work = root / "server"
        port = free_port()
        started = time.monotonic()
        try:
            start = subprocess.run([scripts / "start.sh", work, str(port)], capture_output=True, text=True)
            if start.returncode != 0:
                raise SystemExit(f"{name} did not start:\n{start.stdout[-1000:]}{start.stderr[-2000:]}")
            print(f"{name}: started in {time.monotonic() - started:.1f} s", flush=True)
            proxy = CountingProxy(port)
            system = system_type(settings_of(start.stdout), random.Random(SEED))
            for line in Trial(program, system, proxy, root).run():
                print(f"{name}: {line}", flush=True)
            proxy.close()
        finally:
            subprocess.run([scripts / "stop.sh", work], stdout=subprocess.DEVNULL)
            shutil.rmtree(work, ignore_errors=True)
    print(f"{name}: passed in {time.monotonic() - started:.1f} s", flush=True)


def main():
    if len(sys.argv) < 3 or not set(sys.argv[3:]) <= SYSTEMS.keys():
        sys.exit(__doc__)
    program, scripts = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    for name in sys.argv[3:] or SYSTEMS:
        try_system(program, scripts, name)


if __name__ == "__main__":
    main()
