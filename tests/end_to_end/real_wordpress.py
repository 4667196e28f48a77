"""Random histories on a real WordPress, made through its own API; the site's plugin trial.php does what that cannot."""
import base64
import json
import urllib.request

from real_systems import STAFF_NOTE, System

STATUSES = "publish,private,draft,pending,future"
TITLES = ('Über „alles“ & <em>mehr</em> – 5 < 6 …', "It's 3×4 \"feet\" & more", "R&D &amp; <b>bold</b> l'été", "設定 ‹1› « 2 »")


def content_of(text):
    return f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->"


class WordPress(System):
    """As visitors read it."""
    manifest = "wordpress"
    scripts = "wordpress"
    api = "/wp-json/wp/v2"
    streams = 2
    same_bytes = False  # The paragraphs around shortcodes depend on what else is rendered in the same answer.
    staff_texts = ("INTERNAL:", "HIDDENSCRIPT")
    silent = "a scheduled post that comes out, categories and tags renamed and deleted, a post made a page"
    changes = {"create": 4, "create_several_at_once": 3, "create_private": 3, "create_draft": 2, "create_with_password": 2,
               "schedule": 2, "create_page": 3, "edit": 5, "edit_title": 3, "rename_slug": 2, "trash": 4, "untrash": 3,
               "delete_for_good": 3, "reuse_number": 4, "publish": 3, "unpublish": 5, "make_private": 3, "set_password": 3,
               "remove_password": 2, "move_category": 3}

    def config(self, directory):
        return f"url: '{self.base}'"

    def __init__(self, environment, chance):
        super().__init__(environment, chance)
        self.untried = chance.sample(sorted(self.changes), len(self.changes))

    def change(self):
        """Each kind once, as soon as it is possible, then by weight."""
        for name in self.untried:
            if getattr(self, name)() is not False:
                self.untried.remove(name)
                return name
        return super().change()

    def ask(self, method, route, body=None, user="ADMIN"):
        headers = {}
        if user:
            pair = f"{self.environment[f'RS_{user}']}:{self.environment[f'RS_{user}_PASS']}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        return self.call(method, f"/?rest_route={route}", body, headers)

    def do(self, method, route, body=None):
        status, answer = self.ask(method, route, body)
        if status not in (200, 201):
            raise SystemExit(f"wordpress: {method} {route}: {status} {answer}")
        return answer

    def rows(self, statuses=STATUSES, kinds=("posts", "pages")):
        return [row | {"path": f"/wp/v2/{kind}/{row['id']}"} for kind in kinds for row in self.do(
            "GET", f"/wp/v2/{kind}&context=edit&per_page=100&orderby=id&order=asc&status={statuses}")]

    def some(self, statuses=STATUSES, holds=lambda row: True, **options):
        found = [row for row in self.rows(statuses, **options) if holds(row)]
        return self.chance.choice(found) if found else None

    def put(self, row, **fields):
        return row is not None and self.do("POST", row["path"], fields) is not None

    @staticmethod
    def for_all(row):
        text = row["content"]["raw"] + row["title"]["raw"]
        return STAFF_NOTE not in text and "INTERNAL" not in text

    def new(self, kind="posts", text=None, **fields):
        fields = {"title": self.words("Post"), "content": content_of(text or self.words("It says")), "status": "publish"} | fields
        return self.do("POST", f"/wp/v2/{kind}", fields)["id"]

    def create(self):
        self.new(categories=[self.category()], tags=[self.chance.choice(self.do("GET", "/wp/v2/tags"))["id"]])

    def create_several_at_once(self):
        """So fast that they share a second."""
        for _ in range(4):
            self.new()

    def create_private(self):
        self.new(text=self.words(STAFF_NOTE), status="private")

    def create_draft(self):
        self.new(status="draft", text=self.words(self.chance.choice(["Soon", STAFF_NOTE])))

    def create_with_password(self):
        self.new(text=self.words(STAFF_NOTE), password="open-sesame")

    def schedule(self):
        self.new(status="future", date_gmt="2037-01-01T00:00:00")

    def create_page(self):
        parent = self.some(kinds=("pages",))
        self.new("pages", parent=parent["id"] if parent else 0)

    def edit(self):
        row = self.some(holds=self.for_all)
        self.put(row, content=content_of(self.words("It says now")))

    def edit_title(self):
        self.serial += 1
        self.put(self.some(), title=f"{self.chance.choice(TITLES)} {self.serial}")

    def rename_slug(self):
        self.serial += 1
        self.put(self.some("publish"), slug=f"moved-{self.serial}")

    def trash(self):
        self.do("DELETE", self.some()["path"])

    def untrash(self):
        row = self.some("trash")
        if row is None:
            return False
        self.do("POST", f"/trial/v1/untrash/{row['id']}")
        if self.for_all(row) and self.chance.random() < 0.7:
            self.put(row, status="publish")

    def delete_for_good(self):
        self.do("DELETE", self.some()["path"] + "&force=true")

    def reuse_number(self):
        """The number of a public post is given to a private one with other text, as an import can."""
        row = self.some("publish", kinds=("posts",))
        self.do("DELETE", row["path"] + "&force=true")
        again = self.do("POST", f"/trial/v1/create-as/{row['id']}", {"title": self.words("Again"), "content": self.words(STAFF_NOTE)})
        assert again == row["id"], f"number {row['id']} was not used again but {again}"

    def publish(self):
        return self.put(self.some("draft,pending,private", self.for_all), status="publish")

    def unpublish(self):
        return self.put(self.some("publish"), status=self.chance.choice(["draft", "pending"]))

    def make_private(self):
        return self.put(self.some("publish", lambda row: not row["password"]), status="private")

    def set_password(self):
        return self.put(self.some("publish", lambda row: not row["password"]), password="open-sesame")

    def remove_password(self):
        return self.put(self.some("publish", lambda row: row["password"] and self.for_all(row)), password="")

    def category(self):
        return self.chance.choice(self.do("GET", "/wp/v2/categories&per_page=100"))["id"]

    def move_category(self):
        self.put(self.some(kinds=("posts",)), categories=[self.category()])

    def silent_changes(self):
        """What moves no time of a post."""
        before = {row["id"]: row["modified_gmt"] for row in self.rows("publish,future")}
        scheduled = self.new(status="future", date_gmt="2037-01-01T00:00:00", text=self.words("Comes out"))
        self.do("POST", f"/trial/v1/modified/{scheduled}", {"gmt": "2026-01-05 10:00:00"})
        self.do("POST", f"/trial/v1/come-out/{scheduled}")
        categories = {row["name"]: row["id"] for row in self.do("GET", "/wp/v2/categories&per_page=100")}
        self.do("POST", f"/wp/v2/categories/{categories['Billing']}", {"name": "Invoices & <paper>"})
        self.do("DELETE", f"/wp/v2/categories/{categories['Sharing']}&force=true")
        tags = {row["name"]: row["id"] for row in self.do("GET", "/wp/v2/tags")}
        self.do("POST", f"/wp/v2/tags/{tags['windows']}", {"name": "Windows"})
        self.do("DELETE", f"/wp/v2/tags/{tags['macOS']}&force=true")
        post = self.some("publish", kinds=("posts",))
        self.do("POST", f"/trial/v1/make-page/{post['id']}")
        after = {row["id"]: row["modified_gmt"] for row in self.rows("publish,future")}
        assert all(after[number] == time for number, time in before.items()), "a silent change moved the time of a post"

    def anybody_reads(self, key):
        status, answer = self.ask("GET", f"/wp/v2/{key}", user=None)
        return status == 200 and not answer["content"]["protected"]


class WordPressForStaff(WordPress):
    """As an editor reads it: nothing of it is public."""

    def config(self, directory):
        (directory / "password").write_text(self.environment["RS_EDITOR_PASS"])
        return (f"url: '{self.base}', user: editor, app_password: {{file: {directory}/password}}, "
                f"statuses: [{STATUSES.replace(',', ', ')}]")

    def anybody_reads(self, key):
        return False
