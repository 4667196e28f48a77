"""Tickets through the whole program: a server on loopback speaks a ticket export with comments, `freshet sync` makes
documents of them, and what they hold is asked for in every way there is.

usage: tickets_test.py FRESHET
"""
import argparse
import datetime
import http.client
import http.server
import json
import pathlib
import subprocess
import threading
import urllib.parse

from freshet import Workspace, temporary_directory

MANIFEST = """
manifest: 1
id: desk
title: Desk
config:
  email:     {type: string, meaning: The account.}
  api_token: {type: secret, meaning: Its token.}
  since:     {type: time, default: -7300d, meaning: Where to begin.}
base: https://desk.example/api/v2
auth: {type: basic, user: '${config.email}/token', password: '${config.api_token}'}
streams:
  articles:
    get: /articles/export
    cursor: &export {type: token, from: .after_cursor, into: {query: cursor}, done: .end_of_stream, seed: {query: {start_time: '${config.since | epoch}'}}}
    records: .articles[]
    key: .id
    version: .version
    tombstone: .status == "deleted"
    map:
      kind: {const: article}
      url: .html_url
      title: .title
      body: {html: .body}
      updated: .updated_at
      visibility: [{when: '.status == "published" and .everybody == true', level: public}, {level: internal}]
  tickets:
    get: /incremental/tickets/cursor
    cursor: *export
    records: .tickets[]
    key: .id
    version: .version
    tombstone: .status == "deleted"
    children:
      comments:
        get: /tickets/${parent.id}/comments
        pages: {type: token, from: .meta.after_cursor, into: {query: 'page[after]'}, more: .meta.has_more, size: {query: 'page[size]', value: 2}}
        records: .comments[]
        key: .id
    map:
      kind: {const: ticket}
      url: https://desk.example/tickets/${rec.id}
      title: .subject
      created: .created_at
      updated: .updated_at
      state: {from: .status, table: {open: open, solved: solved}}
      visibility:
        - {when: '.organization_id != null', level: restricted, principals: '["org:\\(.organization_id)"]'}
        - {level: internal}
      metadata: {priority: '.priority // 1 | tonumber'}
      relations:
        - {type: requester, kind: person, id: .requester_id}
        - {type: problem, kind: ticket, id: .problem_id}
      messages:
        each: $children.comments[]
        id: .id
        at: .created_at
        author: .author_id
        side: {when: '.author_id == $parent.requester_id', then: customer, else: agent}
        body: {html: .html_body}
        visibility: [{when: '.public == true', level: public}, {level: internal}]
      resolution:
        when: .status == "solved"
        pick: [last_public_agent_message]
"""

MAIL, CARD, PHONE = "kimcanary@mail.example", "4111 1111 1111 1111", "+1 (415) 555-0132"
PERSONAL = [MAIL, "kimcanary", CARD, CARD.replace(" ", ""), "555-0132", "5550132"]
NOTES = ["zebrafinch", "quokkanote", "axolotlnote"]  # One word of each internal note, in nothing else.
OLD_ARTICLE = "/articles/9"


class Desk:
    """What the server holds: rows with the number of their last change."""

    def __init__(self):
        self.changes = 0
        self.rows = {"tickets": {}, "articles": {}}
        self.comments = {}
        self.asked = []

    def put(self, kind, **row):
        self.changes += 1
        stamp = f"2024-05-01T10:00:{self.changes:02}Z"
        self.rows[kind][row["id"]] = {"version": self.changes, "updated_at": stamp, **row}

    def ticket(self, number, subject, *comments, **row):
        self.comments[number] = [
            {"id": number * 100 + i, "author_id": 7 if who == "customer" else 9001, "public": who != "note",
             "html_body": f"<p>{text}</p>", "created_at": f"2024-05-01T09:0{i}:00Z"}
            for i, (who, text) in enumerate(comments)]
        self.put("tickets", id=number, subject=subject, requester_id=7, created_at="2024-05-01T09:00:00Z",
                 **{"status": "open", "organization_id": 1, "problem_id": None, **row})

    def article(self, number, title, **row):
        self.put("articles", id=number, title=title, html_url=f"https://desk.example/articles/{number}",
                 **{"body": f"<p>All about {title}.</p>", "status": "published", "everybody": True, **row})

    def answer(self, address):
        url = urllib.parse.urlsplit(address)
        query = dict(urllib.parse.parse_qsl(url.query))
        parts = url.path.removeprefix("/api/v2/").split("/")
        self.asked.append(address)
        if parts[-1] == "comments":
            begin = int(query.get("page[after]", 0))
            end = begin + int(query["page[size]"])
            every = self.comments[int(parts[1])]
            return {"comments": every[begin:end], "meta": {"has_more": end < len(every), "after_cursor": str(end)}}
        kind = "articles" if parts[0] == "articles" else "tickets"
        after = int(query.get("cursor", 0))
        rows = [row for row in self.rows[kind].values() if row["version"] > after]
        last = max([row["version"] for row in rows], default=after)
        return {kind: rows, "after_cursor": str(last), "end_of_stream": True}


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, desk):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = json.dumps(desk.answer(self.path)).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


def filled():
    desk = Desk()
    desk.article(5, "Resetting the token")
    desk.article(9, "The old token page")
    desk.ticket(1, f"Sign-in fails for {MAIL}",
                ("customer", f"I am {MAIL}, card {CARD}, call {PHONE}: sign-in fails with gatewayerror."),
                ("note", f"Looks like the {NOTES[0]} bug of {MAIL}, do not tell."),
                ("agent", f"Dear {MAIL}, the <a href='{OLD_ARTICLE}'>old page</a> is out of date, call {PHONE}."),
                ("agent", "Please follow <a href='https://desk.example/articles/5#top'>this article</a> and reset "
                          "the token of the gateway, then sign in again with the new one."),
                status="solved")
    desk.ticket(2, "Gateway is slow", ("customer", f"It is slow, reach me at {PHONE}."),
                ("note", f"{NOTES[1]}: known capacity problem, card {CARD}."), problem_id=1)
    desk.ticket(3, "Invoices of the other organisation", ("customer", "Our invoices are wrong, otherorgword."),
                ("agent", "We mend them, thanks for telling us about it, they will be right tomorrow morning."),
                organization_id=2)
    desk.ticket(4, "A ticket without an organisation", ("customer", "Nobody knows who I am."),
                ("note", NOTES[2]), organization_id=None)
    return desk


class Check:
    def __init__(self, program, directory, server, resolutions):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True)
        (self.directory / "desk.yaml").write_text(MANIFEST)
        (self.directory / "token").write_text("t0ken-canary\n")
        self.workspace = Workspace(program, self.directory, [
            "{name: desk, type: http_api, manifest: ./desk.yaml, config: {email: bot@desk.example, api_token: "
            f"{{file: ./token}}}}, base_url: 'http://127.0.0.1:{server.server_port}/api/v2', "
            f"allow_private_addresses: true{resolutions}}}"])
        self.said = ""

    def run(self, *arguments, expect=(0,)):
        """Standard output of a command; everything it said is kept."""
        done = subprocess.run([self.workspace.program, "-c", str(self.workspace.config), *arguments],
                              capture_output=True, text=True)
        assert done.returncode in expect, (arguments, done.returncode, done.stdout, done.stderr)
        self.said += done.stdout + done.stderr
        return done.stdout

    def documents(self):
        """By id without the source: what `get` says, with the exported text."""
        found = {}
        for row in map(json.loads, self.run("export", "--text").splitlines()):
            document = json.loads(self.run("--json", "get", row["id"], "--relations"))
            found[row["id"].removeprefix("desk:")] = {**document, "text": document["title"] + "\n" + row["text"]}
        return found

    def bytes_of_index(self):
        files = [path for path in (self.directory / "data" / "index").rglob("*") if path.is_file()]
        assert files
        return b"\n".join(path.read_bytes() for path in files)


def holds_any(text, words):
    return [word for word in words if word.lower() in text.lower()]


def check_notes(documents):
    """No word of an internal note where others than staff may look."""
    for key, row in documents.items():
        if set(row["principals"]["allow"]) - {"internal"}:
            assert not holds_any(row["text"], NOTES), (key, row["text"])


def check_audiences(documents):
    allowed = {key: row["principals"]["allow"] for key, row in documents.items()}
    assert allowed["tickets/1"] == ["org:1"] and allowed["tickets/3"] == ["org:2"], allowed
    assert allowed["tickets/4"] == ["internal"] and "tickets/4~internal" not in allowed, allowed
    assert allowed["tickets/1~internal"] == allowed["tickets/2~internal"] == ["internal"], allowed
    assert "tickets/3~internal" not in allowed, allowed
    check_notes(documents)
    assert holds_any(documents["tickets/1~internal"]["text"], NOTES[:1])
    assert holds_any(documents["tickets/1"]["text"], ["gatewayerror"])
    public = {key for key in allowed if "public" in allowed[key]}
    assert all("otherorgword" not in documents[key]["text"] for key in public | {"tickets/1", "tickets/2"})
    return public


def check_relations(documents):
    outgoing = {key: [(edge["type"], edge["kind"], edge["document"]) for edge in row["relations"]["outgoing"]]
                for key, row in documents.items()}
    incoming = {key: {(edge["type"], edge["document"]) for edge in row["relations"]["incoming"]}
                for key, row in documents.items()}
    assert ("requester", "person", None) in outgoing["tickets/1"], outgoing
    assert ("problem", "ticket", "desk:tickets/1") in outgoing["tickets/2"], outgoing
    assert ("cites", "article", "desk:articles/5") in outgoing["tickets/1"], outgoing
    assert ("problem", "desk:tickets/2") in incoming["tickets/1"], incoming
    assert ("cites", "desk:tickets/1") in incoming["articles/5"], incoming
    if "tickets/1~resolution" in documents:
        assert ("resolution_of", "desk:tickets/1~resolution") in incoming["tickets/1"], incoming
        assert not [edge for edge in outgoing["tickets/1~resolution"] if edge[1] == "person"], outgoing


def check_personal_data(check):
    """Nothing that the program said, and no byte of the index."""
    found = holds_any(check.said, PERSONAL + ["t0ken-canary"])
    assert not found, (found, [line for line in check.said.splitlines() if holds_any(line, found)])
    index = check.bytes_of_index().decode("latin-1")
    assert not holds_any(index, PERSONAL + ["t0ken-canary"]), holds_any(index, PERSONAL)
    assert holds_any(index, ["gatewayerror"])  # The search for bytes finds what is there.


def ids(answer):
    return {hit["id"].split("#")[0] for hit in json.loads(answer)["hits"]}


def check_search(check, public):
    for words in ["gatewayerror sign-in", "reset the token", "otherorgword", *NOTES]:
        hits = ids(check.run("--json", "search", words, "-k", "50"))
        assert hits <= {f"desk:{key}" for key in public}, (words, hits)


def check_api(check, documents, public):
    """The API answers as anybody would be answered."""
    process = subprocess.Popen([check.workspace.program, "-c", str(check.workspace.config), "--json", "serve",
                                "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               text=True)
    try:
        port = json.loads(process.stdout.readline())["port"]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

        def ask(method, path, body=None):
            connection.request(method, path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read().decode()

        for key in documents:
            status, answer = ask("GET", "/v1/documents/" + urllib.parse.quote(f"desk:{key}", safe=""))
            assert status == (200 if key in public else 404), (key, status, answer)
            check.said += answer
        for words in ["gatewayerror sign-in", *NOTES]:
            status, answer = ask("POST", "/v1/search", json.dumps({"query": words, "top_k": 50}))
            assert status == 200 and ids(answer) <= {f"desk:{key}" for key in public}, (words, answer)
            check.said += answer
    finally:
        process.terminate()
        process.wait(timeout=30)


def check_changes(check, desk):
    """A second sync asks little; what the server deletes or makes internal goes from where it was."""
    desk.asked.clear()
    check.run("--json", "sync")
    assert len(desk.asked) <= 2 and all("cursor=" in address for address in desk.asked), desk.asked
    desk.article(9, "The old token page", status="deleted")
    desk.comments[3].append({"id": 399, "author_id": 9001, "public": False, "created_at": "2024-05-01T09:09:00Z",
                             "html_body": f"<p>{NOTES[1]}</p>"})
    desk.put("tickets", **{**desk.rows["tickets"][3], "version": desk.changes + 1})
    desk.put("tickets", **{**desk.rows["tickets"][2], "status": "deleted", "version": desk.changes + 1})
    check.run("--json", "sync")
    documents = check.documents()
    assert "tickets/2" not in documents and "tickets/2~internal" not in documents, documents.keys()
    assert documents["tickets/3~internal"]["principals"]["allow"] == ["internal"]
    assert "problem" not in {edge["type"] for edge in documents["tickets/1"]["relations"]["incoming"]}
    check_notes(documents)
    report = json.loads(check.run("stale", "--format", "json"))
    assert [finding for finding in report["findings"] if "out of date" in finding["quote"]], report


def check_poison(check, desk):
    """A record that does not fit is named, and its text is not repeated."""
    desk.ticket(6, "Poison", ("customer", "A ticket that cannot be mapped."), priority=MAIL)
    desk.ticket(7, "Sound", ("customer", "A ticket behind it."))
    check.run("--json", "sync", expect=range(1, 10))
    assert "tickets 6" in check.said, check.said[-2000:]
    check.run("status")
    assert "tickets/7" in check.documents()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("freshet")
    program = pathlib.Path(parser.parse_args().freshet).resolve()
    with temporary_directory() as directory:
        for name, options, resolved in [("plain", "", False),
                                        ("resolved", ", resolutions: {publish_to: [public], settle: 0ms}", True),
                                        ("waiting", ", resolutions: {publish_to: [public], settle: 8760h}", None)]:
            desk = filled()
            if resolved is None:  # The ticket was solved a moment ago.
                now = datetime.datetime.now(datetime.timezone.utc)
                desk.rows["tickets"][1]["updated_at"] = now.isoformat()
            server = Server(desk)
            check = Check(program, pathlib.Path(directory) / name, server, options)
            check.run("--json", "sync")
            documents = check.documents()
            assert ("tickets/1~resolution" in documents) == bool(resolved), documents.keys()
            public = check_audiences(documents)
            assert public == {"articles/5", "articles/9"} | ({"tickets/1~resolution"} if resolved else set()), public
            check_relations(documents)
            check_search(check, public)
            check_api(check, documents, public)
            check_personal_data(check)
            if resolved is not None:
                check_changes(check, desk)
                check_poison(check, desk)
                check_personal_data(check)
            server.shutdown()
            print(f"{name}: {len(documents)} documents, {len(public)} public")


if __name__ == "__main__":
    main()
