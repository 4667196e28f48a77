"""The example of docs/connectors.md from the first look to daily use: docs/examples/bookstack.yaml against a stand-in
for BookStack whose pages are edited, moved, closed and deleted, and whose clock is set.

usage: tutorial_test.py FRESHET
"""
import argparse
import datetime
import json
import pathlib
import re
import subprocess
import urllib.parse

import bookstack
from bookstack import EDITOR, EVERYONE_ELSE, VIEWER
from freshet import REPOSITORY, Workspace, temporary_directory

EXAMPLE = REPOSITORY / "docs/examples/bookstack.yaml"
WIFI, OFFLINE, JAM, DRAFT, REFUND, OUTAGE = (f"wiki:pages/{number}" for number in range(1, 7))
STAFF, EDITORS, ACCOUNTS = ["internal"], [f"bookstack-role:{EDITOR}"], ["signed_in"]


class Tutorial:
    def __init__(self, program, directory, wiki, options=""):
        self.wiki = wiki
        directory.mkdir()
        (directory / "id").write_text(wiki.token[0] + "\n")
        (directory / "secret").write_text(wiki.token[1] + "\n")
        self.workspace = Workspace(program, directory, [
            f"{{name: wiki, type: http_api, manifest: {EXAMPLE}, allow_private_addresses: true, config: {{url: "
            f"'{wiki.url}', token_id: {{file: ./id}}, token_secret: {{file: ./secret}}{options}}}}}"])

    def pass_time(self, **duration):
        self.wiki.now += datetime.timedelta(**duration)

    def sync(self):
        """The addresses that were asked for."""
        del self.wiki.requests[:]
        self.workspace.sync()
        return list(self.wiki.requests)

    def texts(self):
        return {row["id"]: row["text"] for row in map(json.loads, self.workspace.run("export", "--text").splitlines())}

    def readers(self):
        """Who may see each document; checked against what the wiki says of everybody else."""
        found = {key: json.loads(self.workspace.run("--json", "get", key))["principals"]["allow"]
                 for key in self.workspace.documents()}
        for key, allowed in found.items():
            if {"public", "signed_in"} & set(allowed):
                assert self.open_to_all(int(key.rpartition("/")[2])), (key, allowed)
        return found

    def open_to_all(self, number):
        """What the wiki would show to somebody with an account and no role that anything is said of."""
        page = self.wiki.rows["pages"].get(number)
        keys = [] if page is None else [("page", number), ("chapter", page["chapter_id"]), ("book", page["book_id"])]
        closed = any(not may for key in keys for may in self.wiki.permissions.get(key, {}).values())
        return page is not None and not closed and not page["draft"] and "deleted_at" not in page

    def found(self, words):
        return {key.split("#")[0] for key, _ in self.workspace.top(words, 50)}


def filled():
    wiki = bookstack.BookStack()
    wiki.strict_dates, wiki.per_minute = True, 10**9
    bookstack.fill(wiki)
    return wiki


def check_first_look(tutorial):
    program, said = tutorial.workspace.program, ""
    for command in ["lint", "test"]:
        done = subprocess.run([program, "connector", command, str(EXAMPLE)], capture_output=True, text=True)
        said += done.stdout
        assert done.returncode == 0 and not re.search("warning|error", done.stdout), done
    assert "samples map as they say" in said, said
    tried = tutorial.workspace.run("connector", "try", "wiki", "-n", "3")
    assert tried.count('"id": "pages/') == 3 and "Connect to Wi-Fi" in tried, tried
    assert not (tutorial.workspace.directory / "data").exists()  # Nothing is stored.


def check_first_sync(tutorial):
    tutorial.sync()
    texts = tutorial.texts()
    assert "Hold Wi-Fi until the light blinks." in texts[WIFI], texts
    assert tutorial.readers() == {WIFI: ACCOUNTS, OFFLINE: ACCOUNTS, JAM: ACCOUNTS, DRAFT: STAFF, REFUND: EDITORS,
                                  OUTAGE: EDITORS}
    page = json.loads(tutorial.workspace.run("--json", "get", WIFI))
    assert page["url"] == f"{tutorial.wiki.url}/books/printer-support/page/connect-to-wi-fi", page
    assert page["metadata"]["breadcrumb"] == "Printer support > Network", page
    assert page["metadata"]["labels"] == "Product: P40", page


def check_quiet_sync(tutorial):
    """Nothing changed: the listings alone are asked for, each until it is empty, and every document is as it was."""
    before = tutorial.workspace.documents("--passages")
    asked = tutorial.sync()
    assert {urllib.parse.urlsplit(address).path for address in asked} == {"/api/books", "/api/chapters", "/api/pages"}, asked
    assert tutorial.workspace.documents("--passages") == before


def check_changes(tutorial):
    """An edit shows with the next sync, a deletion and a permission with the first one of the next day."""
    wiki = tutorial.wiki
    wiki.edit_page(1, html="<p>Hold the new button.</p>")
    wiki.delete_page(2)
    wiki.restrict("page", 3, {EVERYONE_ELSE: False, EDITOR: True})
    tutorial.pass_time(hours=1)
    tutorial.sync()
    assert "Hold the new button." in tutorial.texts()[WIFI]
    tutorial.pass_time(days=1)
    tutorial.sync()
    assert tutorial.readers() == {WIFI: ACCOUNTS, JAM: EDITORS, DRAFT: STAFF, REFUND: EDITORS, OUTAGE: EDITORS}


def check_moves(tutorial):
    """A page that is published, one that becomes a template, a chapter that is closed and a book that is opened."""
    wiki = tutorial.wiki
    wiki.edit_page(4, draft=False, html="<p>Open Settings, Scan.</p>")
    wiki.edit_page(6, template=True)
    wiki.restrict("chapter", 1, {EVERYONE_ELSE: False, VIEWER: False})
    wiki.restrict("book", 2, {})
    tutorial.pass_time(days=1, hours=1)
    tutorial.sync()
    assert tutorial.readers() == {WIFI: STAFF, JAM: EDITORS, DRAFT: ACCOUNTS, REFUND: ACCOUNTS}


def check_blindness(tutorial):
    """An account that may not read permissions any more: what it cannot judge is for staff."""
    tutorial.wiki.roles = {VIEWER, EDITOR}
    tutorial.pass_time(days=1, hours=1)
    tutorial.sync()
    assert set(map(tuple, tutorial.readers().values())) == {("internal",)}, tutorial.readers()


def check_open_wiki(tutorial):
    """`public: true`: what nothing is set on is found by everybody, until something is."""
    tutorial.sync()
    assert tutorial.readers()[JAM] == ["public"] and JAM in tutorial.found("rear door")
    assert not {REFUND, OUTAGE, DRAFT} & tutorial.found("refund outage written")
    tutorial.wiki.restrict("book", 1, {EVERYONE_ELSE: False})
    tutorial.pass_time(days=1, hours=1)
    tutorial.sync()
    assert tutorial.readers()[JAM] == STAFF and not tutorial.found("rear door")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("freshet")
    program = pathlib.Path(parser.parse_args().freshet).resolve()
    with temporary_directory() as directory:
        tutorial = Tutorial(program, pathlib.Path(directory) / "closed", filled())
        tutorial.pass_time(hours=1)  # What is younger than the lag is read again.
        for check in [check_first_look, check_first_sync, check_quiet_sync, check_changes, check_moves, check_blindness]:
            check(tutorial)
            print(check.__name__)
        tutorial = Tutorial(program, pathlib.Path(directory) / "open", filled(), ", public: true")
        tutorial.pass_time(hours=1)
        check_open_wiki(tutorial)
        print("check_open_wiki")


if __name__ == "__main__":
    main()
