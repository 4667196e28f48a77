// What only the SQLite ledger promises: about its files, damaged ones, and other processes.
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include <sys/stat.h>

#include "base/files.h"
#include "base/hash.h"
#include "pipeline/ledger/schema.h"
#include "pipeline/ledger/sqlite.h"
#include "tests/pipeline/ledger/ledger_fixture.h"

namespace freshet::testing {
namespace {

using pipeline::LedgerAccess;
using ::testing::AllOf;
using ::testing::HasSubstr;

class SqliteLedger : public ::testing::Test {
 protected:
  Result<std::unique_ptr<pipeline::Ledger>> open(LedgerAccess access = LedgerAccess::ReadWrite) {
    return pipeline::open_sqlite_ledger(data(), clock_, access);
  }
  [[nodiscard]] std::filesystem::path data() const { return directory_.path() / "data"; }
  [[nodiscard]] std::filesystem::path file() const { return data() / "ledger.sqlite"; }

  /// A ledger with two documents, derived text, vectors and a run; closed.
  void fill() {
    ASSERT_SUCCEEDS(auto ledger, open());
    ASSERT_THAT(
        ledger->store("docs", batch_of({upsert("a.md", "alpha"), upsert("b.md", "beta")}, "c1")),
        Succeeds());
    ASSERT_THAT(ledger->cache_vectors("e", hashes_, std::vector<std::vector<float>>{{1.0F}}),
                Succeeds());
    pipeline::DerivedDocument derived;
    derived.document_id = "docs:a.md";
    derived.passages = {{0, "h1", "", {}}};
    ASSERT_THAT(ledger->store_derived(std::vector{derived}), Succeeds());
    ASSERT_SUCCEEDS(const auto run, ledger->begin_run("sync", "docs"));
    ASSERT_THAT(ledger->finish_run(run, {}), Succeeds());
  }

  /// Name -> inode, size, modification time and bytes of everything in the data directory, and its
  /// own time.
  std::map<std::string, std::string> everything() const {
    std::map<std::string, std::string> files;
    const auto note = [&](const std::filesystem::path& path) {
      struct stat status {};
      EXPECT_EQ(::stat(path.c_str(), &status), 0);
      std::string& entry = files[path.string()];
      for (const auto number :
           {std::int64_t(status.st_ino), std::int64_t(status.st_size),
            std::int64_t(status.st_mtim.tv_sec), std::int64_t(status.st_mtim.tv_nsec)}) {
        entry += std::to_string(number) + " ";
      }
      if (S_ISREG(status.st_mode)) entry += sha256_hex(*read_file(path));
    };
    note(data());
    for (const auto& entry : std::filesystem::directory_iterator(data())) note(entry.path());
    return files;
  }

  TemporaryDirectory directory_;
  ManualClock clock_;
  std::vector<std::string> hashes_ = {"h1"};
};

TEST_F(SqliteLedger, LeavesOneFilePerDatabaseWhenClosed) {
  fill();

  EXPECT_EQ(everything().size(), 3U);
  EXPECT_TRUE(std::filesystem::exists(file()));
  EXPECT_TRUE(std::filesystem::exists(data() / "vectors.sqlite"));
}

TEST_F(SqliteLedger, TouchesNoFileWhenNothingChanges) {
  fill();
  const auto before = everything();

  for (const LedgerAccess access : {LedgerAccess::ReadWrite, LedgerAccess::ReadOnly}) {
    ASSERT_SUCCEEDS(auto ledger, open(access));
    EXPECT_THAT(ledger->store("docs", batch_of({}, "c1")), Succeeds());
    EXPECT_THAT(ledger->store("docs", batch_of({upsert("a.md", "alpha")}, "c1")), Succeeds());
    EXPECT_THAT(ledger->known("docs")->after("", 10), Succeeds());
    EXPECT_THAT(ledger->changes_after(0, 10), Succeeds());
    EXPECT_THAT(ledger->cached_vectors("e", hashes_), Succeeds());
    if (access == LedgerAccess::ReadWrite) {
      EXPECT_THAT(ledger->prune_vectors("e"), Succeeds());
    }
    EXPECT_THAT(ledger->runs(10), Succeeds());
    EXPECT_EQ(everything(), before) << "while open";
  }

  EXPECT_EQ(everything(), before);
}

TEST_F(SqliteLedger, RefusesToWriteWhenOpenedReadOnly) {
  fill();
  ASSERT_SUCCEEDS(auto ledger, open(LedgerAccess::ReadOnly));

  EXPECT_THAT(ledger->store("docs", batch_of({upsert("c.md", "new")}, "c2")),
              FailsWith(ErrorKind::Denied, HasSubstr("read-only")));
}

TEST_F(SqliteLedger, SaysWhatToDoWhenThereIsNoLedgerToRead) {
  EXPECT_THAT(
      open(LedgerAccess::ReadOnly),
      FailsWith(ErrorKind::NotFound, AllOf(HasSubstr("ledger.sqlite"), HasSubstr("freshet sync"))));
}

TEST_F(SqliteLedger, LetsAReaderGoOnWhileAWriterCommits) {
  fill();
  ASSERT_SUCCEEDS(auto reader, open(LedgerAccess::ReadOnly));
  ASSERT_SUCCEEDS(const auto before, reader->last_sequence());
  {
    ASSERT_SUCCEEDS(auto writer, open());

    ASSERT_THAT(writer->store("docs", batch_of({upsert("c.md", "gamma")}, "c2")), Succeeds());

    ASSERT_SUCCEEDS(const auto during, reader->last_sequence());
    EXPECT_EQ(during, before + 1);
  }
  ASSERT_SUCCEEDS(const auto found, reader->document("docs:c.md"));
  EXPECT_EQ(found->document.body, "gamma");
}

TEST_F(SqliteLedger, ShowsAReaderOnlyWholeBatches) {
  fill();
  std::thread writer([&] {
    auto ledger = open();
    ASSERT_THAT(ledger, Succeeds());
    for (int batch = 0; batch < 60; ++batch) {
      const std::string body = std::to_string(batch);
      ASSERT_THAT((*ledger)->store("pair", batch_of({upsert("x", body), upsert("y", body)}, body)),
                  Succeeds());
    }
  });
  ASSERT_SUCCEEDS(auto reader, open(LedgerAccess::ReadOnly));
  std::size_t torn = 0;
  for (std::string last; last != "59";) {
    std::vector<std::string> bodies;
    ASSERT_THAT(
        reader->for_each_document("pair", pipeline::Ledger::Bodies::Yes,
                                  [&](const pipeline::DocumentRecord& record) -> Result<Done> {
                                    bodies.push_back(record.document.body);
                                    return Done{};
                                  }),
        Succeeds());
    if (bodies.empty()) continue;
    if (bodies.size() != 2 || bodies[0] != bodies[1]) ++torn;
    last = bodies[0];
  }
  writer.join();

  EXPECT_EQ(torn, 0U);
}

// --- damage
// ---------------------------------------------------------------------------------------

TEST_F(SqliteLedger, NamesAFileThatIsNoDatabaseAndTheNextStep) {
  directory_.write("data/ledger.sqlite",
                   "this is not a database, but it is long enough to look at");

  EXPECT_THAT(open(), FailsWith(ErrorKind::Corrupt,
                                AllOf(HasSubstr("ledger.sqlite"), HasSubstr("restore"))));
}

TEST_F(SqliteLedger, NoticesATruncatedFileWhenOpened) {
  fill();
  std::filesystem::resize_file(file(), std::filesystem::file_size(file()) / 2);

  EXPECT_THAT(open(), FailsWith(ErrorKind::Corrupt, HasSubstr("ledger.sqlite")));
}

TEST_F(SqliteLedger, NeverCrashesAndNeverLiesOnADamagedByte) {
  fill();
  const std::string sound = *read_file(file());
  for (std::size_t at = 0; at < sound.size(); at += 509) {
    std::string damaged = sound;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x5a);
    directory_.write("data/ledger.sqlite", damaged);

    auto ledger = open();

    if (!ledger) continue;
    auto found = (*ledger)->document("docs:a.md");
    if (found && *found && !(*found)->deleted) {
      EXPECT_EQ((*found)->document.body, "alpha") << at;
    }
  }
}

TEST_F(SqliteLedger, TakesAnEmptyFileForANewLedger) {
  directory_.write("data/ledger.sqlite", "");

  EXPECT_THAT(open(), Succeeds());
}

TEST_F(SqliteLedger, RefusesADatabaseOfAnotherProgram) {
  std::filesystem::create_directories(data());
  {
    ASSERT_SUCCEEDS(auto other, pipeline::Database::open({file(), "x"}));
    ASSERT_THAT(other->execute("CREATE TABLE bookmarks (url TEXT)"), Succeeds());
  }

  EXPECT_THAT(open(), FailsWith(ErrorKind::Corrupt, HasSubstr("another program")));
}

TEST_F(SqliteLedger, RefusesASchemaNewerThanItsOwn) {
  fill();
  {
    ASSERT_SUCCEEDS(auto database, pipeline::Database::open({file(), "x"}));
    ASSERT_THAT(database->execute("PRAGMA user_version=999"), Succeeds());
  }

  EXPECT_THAT(open(),
              FailsWith(ErrorKind::Invalid, AllOf(HasSubstr("999"), HasSubstr("newer freshet"))));
}

TEST_F(SqliteLedger, MigratesAnOlderFileForwardsAndKeepsItsRows) {
  fill();
  constexpr std::string_view kNextStep =
      "ALTER TABLE documents ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'";
  std::vector<std::string_view> steps(pipeline::ledger_schema().steps.begin(),
                                      pipeline::ledger_schema().steps.end());
  steps.push_back(kNextStep);
  const pipeline::Schema next{pipeline::ledger_schema().application_id, steps};
  ASSERT_SUCCEEDS(auto database, pipeline::Database::open({file(), "x"}));

  ASSERT_THAT(bring_up_to_date(*database, next, pipeline::DatabaseOptions::Access::Create),
              Succeeds());

  ASSERT_SUCCEEDS(const auto red,
                  database->integer("SELECT count(*) FROM documents WHERE colour = 'red'"));
  EXPECT_EQ(red, 2);
  ASSERT_SUCCEEDS(const auto version, database->integer("PRAGMA user_version"));
  EXPECT_EQ(version, static_cast<std::int64_t>(steps.size()));
}

TEST_F(SqliteLedger, GivesAFileFromBeforeRelationsTheirTable) {
  fill();
  {
    ASSERT_SUCCEEDS(auto database, pipeline::Database::open({file(), "x"}));
    ASSERT_THAT(database->execute("DROP TABLE relations; PRAGMA user_version=2"), Succeeds());
  }

  ASSERT_SUCCEEDS(auto ledger, open());

  ASSERT_SUCCEEDS(const auto count, ledger->live_count("docs"));
  EXPECT_EQ(count, 2U);
  ASSERT_SUCCEEDS(const auto document, ledger->document("docs:a.md"));
  ASSERT_TRUE(document.has_value());
  EXPECT_TRUE(document->document.relations.empty());
}

TEST_F(SqliteLedger, LeavesAnOlderFileAsItWasWhenAStepFails) {
  fill();
  std::vector<std::string_view> steps(pipeline::ledger_schema().steps.begin(),
                                      pipeline::ledger_schema().steps.end());
  steps.emplace_back("CREATE TABLE half (x); CREATE TABLE documents (x)");
  const pipeline::Schema broken{pipeline::ledger_schema().application_id, steps};
  {
    ASSERT_SUCCEEDS(auto database, pipeline::Database::open({file(), "x"}));
    EXPECT_FALSE(bring_up_to_date(*database, broken, pipeline::DatabaseOptions::Access::Create));
  }

  ASSERT_SUCCEEDS(auto ledger, open());
  ASSERT_SUCCEEDS(const auto count, ledger->live_count("docs"));
  EXPECT_EQ(count, 2U);
}

TEST_F(SqliteLedger, MakesAnUnusableVectorCacheAnew) {
  const std::array<std::string, 2> spoilt = {
      "garbage that is no database at all",
      std::string("SQLite format 3\0", 16) + std::string(4000, 'x')};
  for (const std::string& bytes : spoilt) {
    fill();
    directory_.write("data/vectors.sqlite", bytes);
    ASSERT_SUCCEEDS(auto ledger, open());

    ASSERT_SUCCEEDS(const auto found, ledger->cached_vectors("e", hashes_));
    EXPECT_FALSE(found[0].has_value());
    ASSERT_THAT(ledger->cache_vectors("e", hashes_, std::vector<std::vector<float>>{{2.0F}}),
                Succeeds());

    ASSERT_SUCCEEDS(const auto again, ledger->cached_vectors("e", hashes_));
    EXPECT_EQ(again[0], std::vector<float>{2.0F});
  }
}

TEST_F(SqliteLedger, DoesWithoutAnUnusableVectorCacheWhenReadOnly) {
  fill();
  directory_.write("data/vectors.sqlite", "garbage that is no database at all");
  ASSERT_SUCCEEDS(auto ledger, open(LedgerAccess::ReadOnly));

  ASSERT_SUCCEEDS(const auto found, ledger->cached_vectors("e", hashes_));

  EXPECT_FALSE(found[0].has_value());
}

TEST_F(SqliteLedger, LeavesNothingOfATakenDownTextInItsFiles) {
  std::filesystem::create_directories(data());
  const std::string secret = "Zx9-unmistakable-incompressible-Qw7";
  {
    ASSERT_SUCCEEDS(auto ledger, open());
    ASSERT_THAT(ledger->store("docs", batch_of({upsert("a.md", secret)}, "c1")), Succeeds());
    ASSERT_NE(read_file(data() / "ledger.sqlite-wal")->find(secret), std::string::npos);

    ASSERT_THAT(ledger->forget("docs:a.md", "request 17"), Succeeds());
  }

  for (const auto& entry : std::filesystem::directory_iterator(data())) {
    EXPECT_EQ(read_file(entry.path())->find(secret), std::string::npos) << entry.path();
  }
}

}  // namespace
}  // namespace freshet::testing
