"""A stand-in for the REST API of the BookStack wiki, as its documentation and source describe it. It is read over HTTP;
what it holds is changed from Python, on a clock that is set.

usage: bookstack.py PORT    (serves some articles; token id `demo`, secret `secret`)
"""
import datetime
import http.server
import json
import operator
import re
import sys
import threading
import time
import urllib.parse

EVERYONE_ELSE, ADMIN, EDITOR, VIEWER = range(4)  # Roles; the first is what BookStack calls the fallback.
ROLES = ["", "Admin", "Editor", "Viewer"]
USERS = {1: {"id": 1, "name": "Admin", "slug": "admin"}, 2: {"id": 2, "name": "Ada Berg", "slug": "ada-berg"}}
TIMES, BY = ["created_at", "updated_at"], ["created_by", "updated_by", "owned_by"]
FIELDS = {  # What a listing shows, sorts by and filters on.
    "pages": ["id", "book_id", "chapter_id", "name", "slug", "priority", "draft", "template", *TIMES, *BY],
    "books": ["id", "name", "slug", "description", *TIMES, *BY],
    "chapters": ["id", "book_id", "name", "slug", "description", "priority", *TIMES, *BY],
    "recycle-bin": ["id", "deleted_by", *TIMES, "deletable_type", "deletable_id"]}
COMPARE = {"ne": operator.ne, "gt": operator.gt, "lt": operator.lt, "gte": operator.ge, "lte": operator.le}


class Refusal(Exception):
    """A status and a message."""


def slug_of(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def number_in(text):
    """As the database reads one: the digits in front, otherwise 0 (so `filter[draft]=true` asks for 0)."""
    return int((re.match(r"\s*[-+]?\d+", text) or "0")[0])


class BookStack:
    """The wiki and its server on loopback; what is changed here is seen by the next request."""

    def __init__(self, port=0):
        self.now = datetime.datetime(2024, 5, 1, 10, tzinfo=datetime.timezone.utc)
        self.token, self.user, self.roles = ("demo", "secret"), 1, {ADMIN}  # The token, its owner, the owner's roles.
        self.per_minute, self.window, self.taken = 180, self.now, 0
        self.strict_dates = False  # True: as MySQL 8, which fails on a date with a `Z`; MariaDB overlooks it.
        self.requests, self.lock = [], threading.Lock()
        self.rows, self.last = {kind: {} for kind in FIELDS}, dict.fromkeys(FIELDS, 0)
        self.permissions = {}  # (type, id): {role: may it view}, where not everything is inherited.
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Handler,), {"wiki": self}))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def add(self, kind, owner=1, **row):
        number = self.last[kind] = self.last[kind] + 1  # The number of what is destroyed is not given again.
        self.rows[kind][number] = {"id": number, "priority": number, "slug": slug_of(row.get("name", "")), "tags": {},
                                   **dict.fromkeys(TIMES, self.stamp()), **dict.fromkeys(BY, owner), **row}
        return number

    def stamp(self):
        return self.now.strftime("%Y-%m-%dT%H:%M:%S.000000Z")  # The database keeps whole seconds.

    def create_book(self, name, description="", owner=1):
        return self.add("books", owner, name=name, description=description)

    def create_chapter(self, book, name, description="", owner=1):
        return self.add("chapters", owner, book_id=book, name=name, description=description)

    def create_page(self, book, name, html, owner=1, **changes):
        """More changes: chapter_id, markdown (what `html` was made of), draft, tags ({name: value})."""
        number = self.add("pages", owner, book_id=book, chapter_id=0, name=name, slug="", draft=False, template=False,
                          html="", markdown="", editor="wysiwyg", revision_count=0)
        self.edit_page(number, by=owner, html=html, **changes)
        return number

    def edit_page(self, number, by=1, **changes):
        """Also moves (book_id, chapter_id) and publishes (draft=False): a draft has neither slug nor revision."""
        page = self.rows["pages"][number]
        if "html" in changes:
            changes = {"markdown": "", "editor": "markdown" if changes.get("markdown") else "wysiwyg", **changes}
        page.update(changes, updated_at=self.stamp(), updated_by=by)
        if not page["draft"]:
            page.update(slug=slug_of(page["name"]), revision_count=page["revision_count"] + 1)

    def delete_page(self, number):
        """Into the recycle bin, which counts as an update."""
        self.add("recycle-bin", deleted_by=self.user, deletable_type="page", deletable_id=number)
        self.rows["pages"][number].update(deleted_at=self.stamp(), updated_at=self.stamp())

    def destroy_page(self, number):
        """For good: it is in no listing any more, the recycle bin included."""
        for row in self.seen("recycle-bin", deletable_id=number):
            del self.rows["recycle-bin"][row["id"]]
        del self.rows["pages"][number]

    def restrict(self, kind, number, view):
        """E.g. "page", 7, {EVERYONE_ELSE: False, EDITOR: True}; {} inherits again. Does not count as an update."""
        self.permissions[kind, number] = dict(view)

    def visible(self, kind, row):
        """Upwards to the first word on everyone else; what is said of a role goes before it, the nearest first."""
        if "deleted_at" in row or row.get("draft") and row["owned_by"] != self.user:
            return False
        said = {}
        for key in [(kind[:-1], row["id"]), ("chapter", row.get("chapter_id")), ("book", row.get("book_id"))]:
            if EVERYONE_ELSE not in said:
                said = {**self.permissions.get(key, {}), **said}
        own = [said[role] for role in self.roles if role in said]
        return ADMIN in self.roles or (any(own) if own else said.get(EVERYONE_ELSE, True))

    def seen(self, kind, **where):
        return [row for row in list(self.rows[kind].values())
                if self.visible(kind, row) and where.items() <= row.items()]

    def moment(self, text):
        try:
            text = text.replace("Z", "?" if self.strict_dates else "")
            return datetime.datetime.fromisoformat(text).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        except ValueError:
            raise Refusal(500, "An error occurred") from None

    def matches(self, value, field, operation, wanted):
        if operation == "like":
            pattern = re.escape(wanted).replace("%", ".*").replace("_", ".")
            return re.fullmatch(pattern, str(value), re.IGNORECASE | re.DOTALL) is not None
        if field in TIMES:
            wanted = self.moment(wanted)
        elif isinstance(value, str):
            value, wanted = value.lower(), wanted.lower()
        else:
            wanted = number_in(wanted)
        return COMPARE.get(operation, operator.eq)(value, wanted)

    def listing(self, kind, query):
        """What is unknown is passed over and counts are brought into range: none of it is an error."""
        rows = self.seen(kind)
        for key, wanted in query.items():
            field, _, operation = key.removeprefix("filter[").removesuffix("]").partition(":")
            if key.startswith("filter[") and field in FIELDS[kind]:
                rows = [row for row in rows if self.matches(row[field], field, operation, wanted)]
        sort = query.get("sort", "")
        field = sort.lstrip("+- ") if sort.lstrip("+- ") in FIELDS[kind] else "id"  # A plus arrives as a space.
        rows.sort(key=lambda row: str.lower(row[field]) if isinstance(row[field], str) else row[field],
                  reverse=sort.startswith("-"))
        begin, count = max(0, number_in(query.get("offset", "0"))), number_in(query.get("count", "100"))
        shown = rows[begin:begin + max(min(500, count), 1)]
        return {"data": [self.listed(kind, row) for row in shown], "total": len(rows)}

    def listed(self, kind, row):
        found = {field: row[field] for field in FIELDS[kind]}
        if kind == "pages":
            found.update(editor=row["editor"], book_slug=self.rows["books"][row["book_id"]]["slug"])
        if kind == "recycle-bin":
            found["deletable"] = self.listed("pages", self.rows["pages"][row["deletable_id"]])
        return found

    def find(self, kind, number):
        known = kind in ["pages", "books", "chapters"] and number.isdecimal()
        row = self.rows[kind].get(int(number)) if known else None
        if not row or not self.visible(kind, row):
            raise Refusal(404, "Page not found" if kind == "pages" else "The requested resource could not be found.")
        return row

    def read(self, kind, number):
        """Of a page, `html` is what a reader is shown and `raw_html` what was stored."""
        row = self.find(kind, number)
        tags = [{"name": name, "value": row["tags"][name], "order": i} for i, name in enumerate(row["tags"])]
        found = {**self.listed(kind, row), "tags": tags, **{by: USERS[row[by]] for by in BY}}
        if kind == "pages":
            html = re.sub(r"(?is)<script.*?</script>", "", row["html"])
            found.update(html=html, raw_html=row["html"], markdown=row["markdown"],
                         revision_count=row["revision_count"])
        return found

    def content_permissions(self, kind, number):
        """What is set on this one, neither inherited nor evaluated."""
        owner = USERS[self.find(kind + "s", number)["owned_by"]]
        grants = {role: {"view": may, "create": False, "update": False, "delete": False}
                  for role, may in self.permissions.get((kind, int(number)), {}).items()}
        others = grants.pop(EVERYONE_ELSE, {"view": None, "create": None, "update": None, "delete": None})
        return {"owner": owner, "fallback_permissions": {"inheriting": others["view"] is None, **others},
                "role_permissions": [{"role_id": role, **grant, "role": {"id": role, "display_name": ROLES[role]}}
                                     for role, grant in grants.items()]}

    def answer(self, path, authorization, query):
        kind, *rest = path.removeprefix("/api/").split("/")
        name, _, secret = authorization.removeprefix("Token ").partition(":")
        for wrong, status, message in [
                (self.taken > self.per_minute, 429, "Too Many Attempts."),
                (not authorization, 401, "No authorization token found on the request"),
                (not re.match("Token .*:", authorization), 401,
                 "An authorization token was found on the request but the format appeared incorrect"),
                (name != self.token[0], 401, "No matching API token was found for the provided authorization token"),
                (secret != self.token[1], 401, "The secret provided for the given used API token is incorrect"),
                (kind in ["recycle-bin", "content-permissions"] and ADMIN not in self.roles, 403,
                 "You do not have permission to perform the requested action.")]:
            if wrong:
                raise Refusal(status, message)
        if kind == "content-permissions" and len(rest) == 2:
            return self.content_permissions(*rest)
        return self.listing(kind, query) if kind in FIELDS and not rest else self.read(kind, "/".join(rest))

    def limits(self):
        """Counts a request, whoever sends it and whatever comes of it."""
        passed = int((self.now - self.window).total_seconds())
        if passed >= 60:
            self.window, self.taken, passed = self.now, 0, 0
        self.taken += 1
        left = self.per_minute - self.taken
        return {"X-RateLimit-Limit": self.per_minute, "X-RateLimit-Remaining": max(0, left),
                **({"Retry-After": 60 - passed} if left < 0 else {})}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        with self.wiki.lock:
            self.wiki.requests.append(self.path)
            headers = {"Content-Type": "application/json", **self.wiki.limits()}
            try:
                status, answer = 200, self.wiki.answer(url.path, self.headers.get("Authorization", ""), query)
            except Refusal as refusal:
                status, answer = refusal.args[0], {"error": dict(zip(["code", "message"], refusal.args))}
        body = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp=None):
        return super().date_time_string(self.wiki.now.timestamp())

    def log_message(self, *_):
        pass


def fill(wiki):
    """A few articles of a support team."""
    printers, inside = wiki.create_book("Printer support", "For customers."), wiki.create_book("Inside support")
    network = wiki.create_chapter(printers, "Network")
    wiki.create_page(printers, "Connect to Wi-Fi", "<p>Hold <b>Wi-Fi</b> until the light blinks.</p>",
                     chapter_id=network, tags={"Product": "P40"})
    wiki.create_page(printers, "The printer is offline", "<h2>Check the cable</h2><p>Then restart the router.</p>",
                     chapter_id=network, markdown="## Check the cable\n\nThen restart the router.")
    wiki.create_page(printers, "Clear a paper jam", "<ol><li>Switch it off.</li><li>Open the rear door.</li></ol>", 2)
    wiki.create_page(printers, "Scan to mail", "<p>To be written.</p>", draft=True)
    wiki.create_page(inside, "When to refund", "<p>Within 30 days without asking; later, ask the shift lead.</p>")
    wiki.create_page(inside, "Escalate an outage", "<p>Page the engineer on call and open a bridge.</p>", owner=2)
    wiki.restrict("book", inside, {EVERYONE_ELSE: False, EDITOR: True})


if __name__ == "__main__":
    served = BookStack(int(sys.argv[1]))
    fill(served)
    print(f"BookStack's API is at {served.url}/api, ^C ends it", flush=True)
    while True:  # By hand the clock is the real one.
        served.now = datetime.datetime.now(datetime.timezone.utc)
        time.sleep(1)
