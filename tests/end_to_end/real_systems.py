"""Random histories on real MediaWiki, Redmine and Request Tracker servers, made through their own APIs."""
import base64
import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request

STAFF_NOTE = "STAFFONLY"  # Stands in every text that only staff may read.


class System:
    """A running server and a random history on it. Each change returns its name, or None when it was not possible."""

    api = ""  # Path of the API below the server's address.
    same_bytes = True  # An unchanged text is the same bytes in every answer.
    staff_texts = ()  # Texts of the seed that no customer may read.

    def __init__(self, environment, chance):
        self.environment = environment
        self.chance = chance
        self.serial = 0
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                                  urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.base = environment["RS_BASE"]

    def call(self, method, path, body=None, headers=None, form=False):
        """The status and the JSON of an answer."""
        data = None
        headers = dict(headers or {})
        if form:
            data = urllib.parse.urlencode(body).encode()
        elif body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.base + path, data=data, method=method, headers=headers)
        try:
            with self.opener.open(request, timeout=60) as answer:
                text, status = answer.read(), answer.status
        except urllib.error.HTTPError as error:
            text, status = error.read(), error.code
        try:
            return status, json.loads(text) if text.strip() else None
        except ValueError:
            return status, None

    def words(self, what):
        self.serial += 1
        return f"{what} number {self.serial}: {' '.join(self.chance.choices(WORDS, k=8))}"

    def change(self):
        changes = [(getattr(self, name), weight) for name, weight in self.changes.items()]
        for _ in range(20):
            change, = self.chance.choices([one for one, _ in changes], [weight for _, weight in changes])
            if change() is not False:
                return change.__name__
        raise SystemExit("no change was possible")


WORDS = ("printer paper network account invoice folder upload token browser password letter socket Größe 設定 "
         "backup colour meter update window licence").split()


class Redmine(System):
    manifest = "redmine"
    streams = 3
    staff_texts = ("INTERNAL:",)
    silent = "a note made private, a project closed"
    changes = {"create": 5, "create_private": 2, "create_for_staff": 1, "edit": 6, "comment_public": 7, "comment_internal": 6,
               "delete": 4, "reuse_number": 3, "restrict": 3, "open_up": 2, "close": 3, "move": 2, "edit_wiki": 3,
               "delete_wiki": 2, "restore_wiki": 1}

    def __init__(self, environment, chance):
        super().__init__(environment, chance)
        self.deleted_wiki = []

    def config(self, directory):
        (directory / "key").write_text(self.environment["RS_KEY"])
        return f"url: '{self.base}', api_key: {{file: {directory}/key}}, audience: public, wiki: support"

    def ask(self, method, path, body=None, expect=(200, 201, 204)):
        status, answer = self.call(method, path, body, {"X-Redmine-API-Key": self.environment["RS_KEY"]})
        if status not in expect:
            raise SystemExit(f"redmine: {method} {path}: {status} {answer}")
        return answer

    def issues(self):
        return self.ask("GET", "/issues.json?status_id=*&limit=100&sort=id")["issues"]

    def some(self, holds=lambda issue: True):
        found = [issue for issue in self.issues() if holds(issue)]
        return self.chance.choice(found)["id"] if found else None

    def put(self, issue, **fields):
        return issue is not None and self.ask("PUT", f"/issues/{issue}.json", {"issue": fields}) is None

    def new(self, **fields):
        fields = {"project_id": "support", "subject": self.words("Issue"), "description": self.words("It says")} | fields
        return self.ask("POST", "/issues.json", {"issue": fields})["issue"]["id"]

    def create(self):
        self.new()

    def create_private(self):
        self.new(is_private=True, description=self.words(STAFF_NOTE))

    def create_for_staff(self):
        self.new(project_id="staff", description=self.words(STAFF_NOTE))

    def edit(self):
        self.put(self.some(), description=self.words("It says"), subject=self.words("Edited"))

    def comment_public(self):
        self.put(self.some(), notes=self.words("Answer"))

    def comment_internal(self):
        self.put(self.some(), notes=self.words(STAFF_NOTE), private_notes=True)

    def delete(self):
        self.ask("DELETE", f"/issues/{self.some()}.json")

    def reuse_number(self):
        """The number of the newest issue is given to the next one: a private one with other text."""
        newest = self.issues()[-1]["id"]
        self.ask("DELETE", f"/issues/{newest}.json")
        again = self.new(is_private=True, description=self.words(STAFF_NOTE))
        assert again == newest, f"number {newest} was not used again but {again}"

    def restrict(self):
        return self.put(self.some(lambda issue: not issue["is_private"]), is_private=True)

    def open_up(self):
        """Only what was restricted, not what holds a text for staff."""
        return self.put(self.some(lambda issue: issue["is_private"] and STAFF_NOTE not in (issue["description"] or "")
                                  and "INTERNAL" not in (issue["description"] or "")), is_private=False)

    def close(self):
        self.put(self.some(), status_id=self.chance.choice([1, 3, 5, 6]), notes=self.words("Done"))

    def move(self):
        return self.put(self.some(lambda issue: issue["project"]["id"] == 1), project_id="staff")

    def wiki_titles(self):
        return [page["title"] for page in self.ask("GET", "/projects/support/wiki/index.json")["wiki_pages"]]

    def put_wiki(self, title):
        self.ask("PUT", f"/projects/support/wiki/{urllib.parse.quote(title)}.json",
                 {"wiki_page": {"text": f"h1. {title}\n\n{self.words('Text')}"}})

    def edit_wiki(self):
        self.put_wiki(self.chance.choice(self.wiki_titles() + [f"New_page_{self.serial}"]))

    def delete_wiki(self):
        title = self.chance.choice(self.wiki_titles())
        self.ask("DELETE", f"/projects/support/wiki/{urllib.parse.quote(title)}.json")
        self.deleted_wiki.append(title)

    def restore_wiki(self):
        if not self.deleted_wiki:
            return False
        self.put_wiki(self.deleted_wiki.pop())

    def silent_changes(self):
        """What leaves the times of issues as they are: a note becomes private, a project is closed to the public."""
        for issue in self.issues():
            whole = self.ask("GET", f"/issues/{issue['id']}.json?include=journals")["issue"]
            notes = [note for note in whole["journals"] if note["notes"] and not note["private_notes"]]
            if notes and not issue["is_private"] and issue["project"]["id"] == 1:
                self.ask("PUT", f"/journals/{notes[0]['id']}.json",
                         {"journal": {"notes": self.words(STAFF_NOTE), "private_notes": True}})
                after = self.ask("GET", f"/issues/{issue['id']}.json")["issue"]
                assert after["updated_on"] == issue["updated_on"], "the note moved the time of its issue"
                break
        self.ask("PUT", "/projects/support.json", {"project": {"is_public": False}})

    def anybody_reads(self, key):
        stream, name = key.split("/", 1)
        path = f"/issues/{name}.json" if stream == "issues" else f"/projects/support/wiki/{urllib.parse.quote(name)}.json"
        return self.call("GET", path)[0] == 200


class MediaWiki(System):
    manifest = "mediawiki"
    streams = 1
    staff_texts = ("INTERNAL: customer is on",)
    changes = {"create": 6, "edit": 10, "delete": 6, "restore": 4, "move": 5, "hide_revision": 4, "protect": 3,
               "turn_into_redirect": 2, "discuss": 3}

    def __init__(self, environment, chance):
        super().__init__(environment, chance)
        self.deleted = []
        self.ask("clientlogin", username=environment["RS_USER"], password=environment["RS_PASS"],
                 loginreturnurl=self.base, logintoken=self.token("login"))
        self.csrf = self.token("csrf")

    def config(self, directory):
        return f"url: '{self.base.removesuffix('/api.php')}'"

    def ask(self, action, **fields):
        status, answer = self.call("POST", "", {"action": action, "format": "json", "formatversion": "2"} | fields, form=True)
        if status != 200 or "error" in answer:
            raise SystemExit(f"mediawiki: {action} {fields}: {status} {answer}")
        return answer

    def token(self, kind):
        return self.ask("query", meta="tokens", type=kind)["query"]["tokens"][kind + "token"]

    def write(self, action, **fields):
        return self.ask(action, token=self.csrf, **fields)

    def some(self):
        pages = self.ask("query", list="allpages", aplimit="max", apfilterredir="nonredirects")["query"]["allpages"]
        return self.chance.choice(pages)["title"]

    def create(self):
        self.write("edit", title=self.words("Page").split(":")[0] + f" {self.serial}", text=self.words("Text"))

    def edit(self):
        self.write("edit", title=self.some(), text=self.words("Text") + "\n\n[[Category:Edited]]")

    def delete(self):
        title = self.some()
        self.write("delete", title=title)
        self.deleted.append(title)

    def restore(self):
        if not self.deleted:
            return False
        self.write("undelete", title=self.deleted.pop(self.chance.randrange(len(self.deleted))))

    def move(self):
        self.write("move", **{"from": self.some(), "to": f"Moved {self.words('page').replace(':', '')}"},
                   **({"noredirect": "1"} if self.chance.random() < 0.5 else {}))

    def hide_revision(self):
        title = self.some()
        bad = self.write("edit", title=title, text=self.words(STAFF_NOTE))["edit"]["newrevid"]
        self.write("edit", title=title, text=self.words("Text"))
        self.write("revisiondelete", type="revision", ids=str(bad), target=title, hide="content")

    def protect(self):
        self.write("protect", title=self.some(), protections="edit=sysop", expiry="infinite")

    def turn_into_redirect(self):
        self.write("edit", title=self.some(), text=f"#REDIRECT [[{self.some()}]]")

    def discuss(self):
        self.write("edit", title="Talk:" + self.some(), text=self.words(STAFF_NOTE))

    def anybody_reads(self, key):
        anonymous = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with anonymous.open(f"{self.base}?action=query&format=json&formatversion=2&pageids={key.split('/')[1]}") as answer:
            return "missing" not in json.load(answer)["query"]["pages"][0]


class RequestTracker(System):
    manifest = "request-tracker"
    streams = 2
    staff_texts = ("INTERNAL:",)
    changes = {"create": 5, "edit": 4, "comment_public": 6, "comment_internal": 6, "resolve": 3, "delete": 4, "restore": 3,
               "restrict": 3, "change_requestor": 2, "create_article": 3, "edit_article": 4, "delete_article": 3,
               "restore_article": 2, "restrict_article": 2}

    def __init__(self, environment, chance):
        super().__init__(environment, chance)
        self.deleted, self.deleted_articles = [], []

    def config(self, directory):
        (directory / "password").write_text(self.environment["RS_PASS"])
        return (f"url: '{self.base.removesuffix('/REST/2.0')}', user: {self.environment['RS_USER']}, "
                f"password: {{file: {directory}/password}}, public_classes: [Knowledge base]")

    def as_user(self, method, path, body=None, user="RS_USER", password="RS_PASS"):
        pair = f"{self.environment[user]}:{self.environment[password]}"
        return self.call(method, path, body, {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()})

    def ask(self, method, path, body=None):
        status, answer = self.as_user(method, path, body)
        if status not in (200, 201, 204):
            raise SystemExit(f"request-tracker: {method} {path}: {status} {answer}")
        return answer

    def some(self, query="id > 0"):
        rows = self.ask("GET", "/tickets?per_page=100&query=" + urllib.parse.quote(query))["items"]
        return self.chance.choice(rows)["id"]

    def some_article(self):
        rows = self.ask("POST", "/articles?per_page=100", [{"field": "id", "operator": ">", "value": 0}])["items"]
        return self.chance.choice(rows)["id"]

    def put(self, kind, number, **fields):
        self.ask("PUT", f"/{kind}/{number}", fields)

    def say(self, how, text):
        self.ask("POST", f"/ticket/{self.some()}/{how}", {"Content": text, "ContentType": "text/plain"})

    def create(self):
        self.ask("POST", "/ticket", {"Queue": "Support", "Subject": self.words("Ticket"), "Requestor": "kim@customer.example",
                                     "Content": self.words("Question"), "ContentType": "text/plain"})

    def edit(self):
        self.put("ticket", self.some(), Subject=self.words("Edited"))

    def comment_public(self):
        self.say("correspond", self.words("Answer"))

    def comment_internal(self):
        self.say("comment", self.words(STAFF_NOTE))

    def resolve(self):
        self.put("ticket", self.some(), Status="resolved")

    def delete(self):
        self.deleted.append(self.some())
        self.ask("DELETE", f"/ticket/{self.deleted[-1]}")

    def restore(self):
        if not self.deleted:
            return False
        self.put("ticket", self.deleted.pop(), Status="open")

    def restrict(self):
        self.put("ticket", self.some(), Queue=self.chance.choice(["Staff only", "Support"]))

    def change_requestor(self):
        self.put("ticket", self.some(), Requestor=f"user{self.chance.randrange(9)}@customer.example")

    def create_article(self):
        self.ask("POST", "/article", {"Name": self.words("Article"), "Class": "Knowledge base", "Summary": self.words("Summary"),
                                      "CustomFields": {"Content": self.words("Text")}})

    def edit_article(self):
        self.put("article", self.some_article(), CustomFields={"Content": self.words("Text")})

    def delete_article(self):
        self.deleted_articles.append(self.some_article())
        self.ask("DELETE", f"/article/{self.deleted_articles[-1]}")

    def restore_article(self):
        if not self.deleted_articles:
            return False
        self.put("article", self.deleted_articles.pop(), Disabled=0)

    def restrict_article(self):
        self.put("article", self.some_article(), Class="Internal notes")

    def anybody_reads(self, key):
        kind = {"tickets": "ticket", "articles": "article"}[key.split("/")[0]]
        return self.as_user("GET", f"/{kind}/{key.split('/')[1]}", None, "RS_CUSTOMER", "RS_CUSTOMER_PASS")[0] == 200


SYSTEMS = {"mediawiki": MediaWiki, "redmine": Redmine, "request-tracker": RequestTracker}
