#include "pipeline/freshness/link_resolver.h"

#include <gmock/gmock.h>

#include "tests/pipeline/freshness/workbench.h"

namespace freshet::pipeline {
namespace {

using freshet::testing::Workbench;

LinkRecord link_of(const std::string& page, const std::string& target,
                   const std::string& kind = "link") {
  return {"docs:" + page, page, target, "", "", 1, kind};
}

std::string outcome(const Resolution& resolution) {
  switch (resolution.state) {
    case LinkState::External:
      return "external";
    case LinkState::Fine:
      return "fine";
    case LinkState::Gone:
      return "gone " + resolution.path;
    case LinkState::Unseen:
      return "unseen";
    case LinkState::Unknown:
      return "unknown";
  }
  return "";
}

struct Case {
  const char* page;
  const char* target;
  const char* expected;
};

class ResolverTest : public ::testing::Test {
 protected:
  ResolverTest() {
    for (const char* path :
         {"README.md", "guide/setup.md", "guide/use.md", "guide/deep/README.md", "guide/deep/a.md",
          "docs/start/_index.md", "docs/plain/one.md", "a b.md", "docs/v1.2.md"}) {
      bench_.page(path, path);
    }
    bench_.departed("guide/old.md", "1a2b3c4d");
    bench_.departed("docs/gone/index.md", "1a2b3c4d");
    bench_.departed("docs/plain/README.md", "1a2b3c4d");
    bench_.departed("images/flow.png", "1a2b3c4d");
    bench_.departed("docs/html/page.md", "1a2b3c4d");
  }

  std::string resolved(const LinkRecord& link, const std::vector<LinkRecord>& all = {}) {
    const auto view = bench_.view();
    return outcome(LinkResolver(view, all).resolve(link));
  }

  Workbench bench_;
};

TEST_F(ResolverTest, ReadsEveryWayToWriteALink) {
  const Case cases[] = {
      // Files, as on a code host.
      {"guide/use.md", "setup.md", "fine"},
      {"guide/use.md", "./setup.md#install", "fine"},
      {"guide/use.md", "../guide/setup.md?x=1#y", "fine"},
      {"guide/use.md", "old.md#part", "gone guide/old.md"},
      {"guide/use.md", "../README.md", "fine"},
      {"README.md", "a%20b.md", "fine"},
      {"README.md", "guide/", "fine"},
      {"README.md", "./", "fine"},
      // Addresses on a generated site.
      {"guide/use.md", "setup", "fine"},
      {"guide/use.md", "setup/", "fine"},
      {"guide/use.md", "setup.html", "fine"},
      {"guide/use.md", "deep", "fine"},
      {"guide/use.md", "../setup/", "fine"},
      {"guide/use.md", "old", "gone guide/old.md"},
      {"guide/use.md", "old/", "gone guide/old.md"},
      {"guide/use.md", "../old/", "gone guide/old.md"},
      {"guide/use.md", "/docs/start/", "fine"},
      {"guide/use.md", "/docs/gone/#x", "gone docs/gone/index.md"},
      {"guide/use.md", "/docs/html/page.html", "gone docs/html/page.md"},
      {"README.md", "/docs/v1.2", "fine"},
      // A directory that lost its index page still has its other pages.
      {"README.md", "docs/plain/", "fine"},
      {"README.md", "docs/plain/README.md", "gone docs/plain/README.md"},
      // "/" may be any directory above the page.
      {"docs/plain/one.md", "/start/", "fine"},
      {"docs/plain/one.md", "/html/page", "gone docs/html/page.md"},
      {"docs/plain/one.md", "@site/guide/old.md", "gone guide/old.md"},
      // Files that are no documents are known only once they leave.
      {"guide/use.md", "../images/flow.png", "gone images/flow.png"},
      {"guide/use.md", "../images/other.png", "unseen"},
      {"guide/use.md", "nowhere.md", "unknown"},
      {"guide/use.md", "nowhere", "unknown"},
      {"guide/use.md", "../../../up.md", "unseen"},
      // Not about this source.
      {"guide/use.md", "https://elsewhere.example/guide/old.md", "external"},
      {"guide/use.md", "//elsewhere.example/guide/old.md", "external"},
      {"guide/use.md", "mailto:old.md", "external"},
      {"guide/use.md", "tel:123", "external"},
      {"guide/use.md", "javascript:old.md", "external"},
      {"guide/use.md", "#install", "external"},
      {"guide/use.md", "?page=2", "external"},
      {"guide/use.md", "", "external"},
      {"guide/use.md", "{{ site.url }}/guide/old.md", "external"},
      {"guide/use.md", "old%2", "external"},
      {"guide/use.md", "old.md%00", "external"},
  };
  const auto view = bench_.view();
  const LinkResolver resolver(view, {});
  for (const auto& [page, target, expected] : cases) {
    EXPECT_EQ(outcome(resolver.resolve(link_of(page, target))), expected)
        << page << " -> " << target;
  }
}

TEST_F(ResolverTest, TakesALinkForFineWhenEitherReadingExists) {
  bench_.departed("setup.md", "1a2b3c4d");

  EXPECT_EQ(resolved(link_of("guide/use.md", "../setup")), "fine");
}

TEST_F(ResolverTest, LearnsFromTheOtherLinksWhichReadingTheSiteMeans) {
  bench_.departed("setup.md", "1a2b3c4d");
  const std::vector<LinkRecord> files(5, link_of("guide/use.md", "deep/a"));
  const std::vector<LinkRecord> addresses(5, link_of("guide/use.md", "../deep/a"));

  EXPECT_EQ(resolved(link_of("guide/use.md", "../setup"), files), "gone setup.md");
  EXPECT_EQ(resolved(link_of("guide/use.md", "../setup"), addresses), "fine");
}

TEST_F(ResolverTest, SearchesIncludesBelowEveryRoot) {
  EXPECT_EQ(resolved(link_of("guide/deep/a.md", "guide/setup.md", "include")), "fine");
  EXPECT_EQ(resolved(link_of("guide/deep/a.md", "guide/old.md", "include")), "gone guide/old.md");
}

TEST(Resolver, ReadsAbsoluteAddressesOfTheSourceItself) {
  Workbench bench;
  bench.page("guide/setup.md", "1", "https://docs.example/en/guide/setup");
  bench.page("use.md", "2", "https://docs.example/en/use");
  bench.departed("guide/old.md", "1a2b3c4d");
  const auto view = bench.view();
  const LinkResolver resolver(view, {});

  EXPECT_EQ(view.site_address(), "https://docs.example/en/");
  EXPECT_EQ(outcome(resolver.resolve(link_of("use.md", "https://docs.example/en/guide/setup"))),
            "fine");
  EXPECT_EQ(outcome(resolver.resolve(link_of("use.md", "https://docs.example/en/guide/old#x"))),
            "gone guide/old.md");
  EXPECT_EQ(outcome(resolver.resolve(link_of("use.md", "https://docs.example/fr/guide/old"))),
            "external");
}

TEST_F(ResolverTest, IsNotUpsetByHostileTargets) {
  for (const std::string& target :
       {std::string(100'000, '.'), std::string(1999, '/'), std::string("../../../../etc/passwd"),
        std::string("\xff\xfe"), std::string("a\nb.md"), std::string(900, '%'),
        std::string("..%2f..%2fetc/passwd")}) {
    EXPECT_NE(resolved(link_of("guide/use.md", target)).substr(0, 4), "gone");
  }
}

}  // namespace
}  // namespace freshet::pipeline
