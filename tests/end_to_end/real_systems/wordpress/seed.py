"""Fills the site once: 36 published topics, and one post or page of each kind that a reader can get wrong."""
import base64
import json
import sys
import urllib.request

from _seed_content import AREAS, DELETE_BODY, DELETE_TITLE, INTERNAL, SECRET_BODY, SECRET_TITLE, TOPICS

settings = dict(line.strip().split("=", 1) for line in open(sys.argv[1]))
credentials = base64.b64encode(f"admin:{settings['RS_ADMIN_PASS']}".encode()).decode()


def post(path, **fields):
    request = urllib.request.Request(f"{settings['RS_BASE']}/?rest_route={path}", json.dumps(fields).encode(), method="POST",
                                     headers={"Authorization": f"Basic {credentials}", "Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def delete(path):
    request = urllib.request.Request(f"{settings['RS_BASE']}/?rest_route={path}", method="DELETE",
                                     headers={"Authorization": f"Basic {credentials}"})
    urllib.request.urlopen(request).close()


def paragraph(text):
    return f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->"


def publish(kind, title, content, **fields):
    return post(f"/wp/v2/{kind}", **({"title": title, "content": content, "status": "publish"} | fields))["id"]


categories = {area: post("/wp/v2/categories", name=area)["id"] for area in AREAS}
below = post("/wp/v2/categories", name="Passwords & \"keys\"", parent=categories["Sign-in"])["id"]
tags = [post("/wp/v2/tags", name=name)["id"] for name in ("windows", "R&D", "日本語", "macOS")]
for number, (area, title, text) in enumerate(TOPICS):
    topic = publish("posts", title, paragraph(text), categories=[categories[area]], tags=tags[:number % 4])
    # Half of them were imported within one second; the others are of another day each.
    time = "2026-05-05 05:05:05" if number % 2 else f"2026-10-{1 + number // 2:02} 04:{number:02}:00"
    post(f"/trial/v1/modified/{topic}", gmt=time)

publish("posts", "It’s \"quoted\" & <em>marked</em> – 5 < 6 … l'été", paragraph("Entities &amp; quotes."), categories=[below])
publish("posts", "Shortcodes", "[harbor_note]A note.[/harbor_note]\n\n[unknown_code id=\"1\"]\n\n" + paragraph("After [[harbor_note]] escaped."))
publish("posts", "Code", '<!-- wp:code -->\n<pre class="wp-block-code"><code>harbor --reindex &amp;&amp; echo "done"\n  if (a &lt; b) {}\n'
        '</code></pre>\n<!-- /wp:code -->\n\n<!-- wp:list -->\n<ul><li>one</li><li>two</li></ul>\n<!-- /wp:list -->')
publish("posts", "Attack", '<p onclick="steal()">Seen</p><script>alert("HIDDENSCRIPT")</script><style>p{}</style>'
        '<a href="javascript:alert(1)">link</a><img src=x onerror="alert(2)">')
publish("posts", "Columns and buttons", '<!-- wp:columns --><div class="wp-block-columns"><!-- wp:column --><div class="wp-block-column">'
        + paragraph("Left.") + '</div><!-- /wp:column --><!-- wp:column --><div class="wp-block-column">' + paragraph("Right.")
        + '</div><!-- /wp:column --></div><!-- /wp:columns -->')
publish("posts", "Latest of the team", '<!-- wp:query {"queryId":1,"query":{"perPage":3,"postType":"post","order":"desc","orderBy":"date"}} -->'
        '<div class="wp-block-query"><!-- wp:post-template --><!-- wp:post-title /--><!-- wp:post-content /--><!-- /wp:post-template --></div>'
        '<!-- /wp:query -->')
publish("posts", "Half for members", f"<p>For all.</p>[members_only]<p>{INTERNAL}</p>[/members_only]")
publish("posts", SECRET_TITLE, paragraph(SECRET_BODY), status="private")
publish("posts", "With a password", paragraph(INTERNAL), password="open-sesame")
publish("posts", "A draft", paragraph(INTERNAL), status="draft")
publish("posts", "Waits for review", paragraph(INTERNAL), status="pending")
publish("posts", "Comes out later", paragraph(INTERNAL), status="future", date_gmt="2037-01-01T00:00:00")
delete(f"/wp/v2/posts/{publish('posts', DELETE_TITLE, paragraph(DELETE_BODY))}")
about = publish("pages", "About Harbor Sync", paragraph("Made in a harbor."))
publish("pages", "Imprint", paragraph("Harbor Sync, Pier 1."), parent=about)
hidden = publish("pages", "Staff handbook", paragraph(SECRET_BODY), status="private")
publish("pages", "Below a private page", paragraph("Everybody may read this."), parent=hidden)
publish("pages", "Page with a password", paragraph(INTERNAL), password="open-sesame")
