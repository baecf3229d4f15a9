#!/usr/bin/env python3
"""Each rule of tools/tidy.py: a sample that passes and one that is refused."""

import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tools"), str(Path(__file__).resolve().parent)]

from samples import ROOMS, WORDS  # noqa: E402
from tidy_rules import docs, files, layers, lengths, purity, words  # noqa: E402
from tidy_rules.tree import Source, Tree  # noqa: E402

LAYERS = """
base:
domain: base
store: base domain
app: base domain store
store ! domain/decide.hpp
<sqlite3> behind store
<thread> in store app
"""


def tree_of(files_by_path):
    tree = Tree(Path("."))
    tree.sources = [Source(path, text) for path, text in files_by_path.items()]
    tree.blobs = [(path, len(text)) for path, text in files_by_path.items()]
    return tree


def texts(findings):
    return "\n".join(str(finding) for finding in findings)


class Layers(unittest.TestCase):
    CMAKE = {
        "src/base/CMakeLists.txt": "zt_module(base PURE)",
        "src/domain/CMakeLists.txt": "zt_module(domain PURE LINK base)",
        "src/store/CMakeLists.txt": "zt_module(store LINK base domain LIBS sqlite3)",
    }

    def findings(self, **changes):
        more = {path: text for path, text in changes.get("files", {}).items()}
        return texts(layers.check(tree_of({"tools/layers.txt": LAYERS} | self.CMAKE | more)))

    def include(self, path, *names):
        lines = [f"#include <{n[1:]}>" if n[0] == "<" else f'#include "{n}"' for n in names]
        return self.findings(files={path: "\n".join(lines) + "\n"})

    def test_includes_that_go_down_pass(self):
        self.assertEqual(
            "", self.include("src/store/a.cpp", "store/impl/b.hpp", "domain/state.hpp")
        )
        self.assertEqual(
            "", self.include("src/store/impl/a.cpp", "<sqlite3.h", "<thread", "<vector")
        )

    def test_an_include_that_goes_up_is_refused(self):
        said = self.include("src/domain/a.cpp", "store/store.hpp")
        self.assertIn("domain may not know store (it may know: base)", said)

    def test_impl_of_another_module_is_refused(self):
        self.assertIn("private to domain", self.include("src/store/a.cpp", "domain/impl/x.hpp"))

    def test_impl_in_an_own_public_header_is_refused(self):
        self.assertIn("public header", self.include("src/store/a.hpp", "store/impl/x.hpp"))

    def test_a_denied_header_is_refused(self):
        self.assertIn(
            "may not know domain/decide.hpp", self.include("src/store/a.cpp", "domain/decide.hpp")
        )

    def test_an_include_without_its_module_is_refused(self):
        self.assertIn("from src/ on", self.include("src/store/a.cpp", "store.hpp"))

    def test_third_party_outside_its_room_is_refused(self):
        self.assertIn("is met only in store", self.include("src/domain/a.cpp", "<sqlite3.h"))
        self.assertIn("is met only in store, app", self.include("src/domain/a.cpp", "<thread"))

    def test_third_party_in_a_public_header_is_refused_but_std_passes(self):
        self.assertIn("in a public header", self.include("src/store/a.hpp", "<sqlite3.h"))
        self.assertEqual("", self.include("src/store/a.hpp", "<thread"))

    def test_a_link_that_is_not_allowed_is_refused(self):
        bad = {"src/domain/CMakeLists.txt": "zt_module(domain PURE LINK base store)"}
        self.assertIn("LINK store: not allowed for domain", self.findings(files=bad))

    def test_an_include_without_its_link_is_refused(self):
        bad = {
            "src/store/CMakeLists.txt": "zt_module(store LINK base)",
            "src/store/a.cpp": '#include "domain/state.hpp"\n',
        }
        self.assertIn("not in LINK", self.findings(files=bad))

    def test_a_module_that_names_a_higher_one_is_refused(self):
        self.assertIn("bottom to top", texts(layers.parse("base: domain\ndomain:\n").findings))

    def test_an_unknown_line_or_module_is_refused(self):
        self.assertIn("is none of", texts(layers.parse("what is this\n").findings))
        self.assertIn("not in tools/layers.txt", self.include("src/novel/a.cpp", "base/id.hpp"))

    def test_a_test_looks_only_into_its_own_module(self):
        self.assertEqual("", self.include("tests/unit/store/a_test.cpp", "store/impl/x.hpp"))
        self.assertIn(
            "private to store", self.include("tests/unit/domain/a_test.cpp", "store/impl/x.hpp")
        )


class Purity(unittest.TestCase):
    def test_symbols_of_pure_code_pass(self):
        for symbol in (
            "memcpy",
            "abort",
            "stderr",
            "fputs",
            "operator new(unsigned long)",
            "EVP_DigestInit_ex",
            "std::__throw_length_error(char const*)",
            "zt::clock_of(int)",
            "zt::read(int)",
            "timeline",
            "__asan_init",
            "std::chrono::year_month_day::ok() const",
        ):
            self.assertIsNone(purity.refusal(symbol), symbol)

    def test_symbols_of_the_outside_are_refused(self):
        for symbol in (
            "time@GLIBC_2.2.5",
            "clock_gettime",
            "std::chrono::_V2::system_clock::now()",
            "open64",
            "std::basic_ifstream<char, std::char_traits<char> >::basic_ifstream()",
            "std::cout",
            "socket",
            "pthread_create@GLIBC_2.34",
            "std::thread::_M_start_thread",
            "rand",
            "printf",
            "std::random_device::_M_getval()",
            "getenv",
            "randombytes_buf",
            "__cxa_throw",
            "std::filesystem::__cxx11::path::_M_split_cmpts()",
        ):
            self.assertIsNotNone(purity.refusal(symbol), symbol)

    @unittest.skipUnless(shutil.which("clang++-19"), "needs clang++-19")
    def test_archives_are_read(self):
        with tempfile.TemporaryDirectory() as folder:
            build = Path(folder)
            for module in ("base", "calendar", "domain"):
                self.archive(build / "src" / module, module, "int f(int x) { return x + 1; }")
            tree = Tree(ROOT, build)
            self.assertEqual("", texts(purity.check(tree)))
            self.archive(
                build / "src/domain",
                "domain",
                "#include <ctime>\nlong f() { return std::time(nullptr); }",
            )
            self.assertIn("a.o uses a clock (time)", texts(purity.check(tree)))
            (build / "src/base/libzt_base.a").unlink()
            self.assertIn("libzt_base.a is not built", texts(purity.check(tree)))

    def archive(self, folder, module, text):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "a.cpp").write_text(text)
        subprocess.run(["clang++-19", "-c", "a.cpp"], cwd=folder, check=True)
        library = folder / f"libzt_{module}.a"
        library.unlink(missing_ok=True)
        subprocess.run(["ar", "rc", library.name, "a.o"], cwd=folder, check=True)


def function_of(lines, head="int f(int x)"):
    return head + " {\n" + "    x;\n" * (lines - 2) + "}\n"


class Lengths(unittest.TestCase):
    def check(self, text, ratchet="", path="src/domain/a.cpp"):
        return texts(lengths.check(tree_of({path: text, lengths.RATCHET: ratchet})))

    def test_a_function_at_the_limit_passes_and_one_line_more_is_refused(self):
        self.assertEqual("", self.check(function_of(70)))
        self.assertIn("src/domain/a.cpp:1: f has 71 lines, 70 at most", self.check(function_of(71)))

    def test_a_file_at_the_limit_passes_and_one_line_more_is_refused(self):
        self.assertEqual("", self.check("int x;\n" * 500))
        self.assertIn("the file has 501 lines", self.check("int x;\n" * 501))

    def test_functions_are_found_in_every_shape(self):
        shapes = {
            "zt::Foo::bar": "template <class T, class U = A<T>>\nB<T> zt::Foo::bar(T x) const",
            "Foo::Foo": "Foo::Foo(int x) : a_{x}, b_(x)",
            "TEST(Suite, a_sentence)": "TEST(Suite, a_sentence)",
            "operator==": "bool operator==(const Foo& x) const",
            "~Foo": "inline ~Foo() noexcept",
        }
        for name, head in shapes.items():
            code = (
                "namespace zt {\nclass Foo {\n  public:\n    int a_{0};\n"
                + function_of(80, head)
                + "};\n}\n"
            )
            self.assertIn(f"{name} has ", self.check(code), head)

    def test_tables_types_and_strings_are_no_functions(self):
        table = "constexpr std::array table{\n" + "    Row{f(1), 2},\n" * 90 + "};\n"
        struct = "struct Foo : Bar<int(int)> {\n" + "    int x = f(1);\n" * 90 + "};\n"
        text = 'const char* text = R"(int f() {\n' + "x\n" * 90 + ')";\n'
        self.assertEqual("", self.check(table + struct + text))

    def test_a_lambda_counts_for_its_function(self):
        self.assertIn(
            "f has 83",
            self.check(
                "void f() {\n    auto g = [](int x) {\n" + "        x;\n" * 79 + "    };\n}\n"
            ),
        )

    def test_python_functions_are_measured(self):
        text = "def f():\n" + "    pass\n" * 80
        self.assertIn("f has 81", self.check(text, path="tools/a.py"))

    def test_a_recorded_exception_passes_and_may_not_grow(self):
        entry = "function src/domain/a.cpp f 80\n"
        self.assertEqual("", self.check(function_of(80), entry))
        self.assertIn("f has 81 lines, 80 at most", self.check(function_of(81), entry))

    def test_an_entry_that_could_shrink_is_refused(self):
        entry = "function src/domain/a.cpp f 80\n"
        self.assertIn("has 75 lines now", self.check(function_of(75), entry))
        self.assertIn("keeps the limit now", self.check(function_of(7), entry))

    def test_tighten_shrinks_and_never_adds(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            (root / "tools").mkdir()
            (root / "src").mkdir()
            (root / "src/a.cpp").write_text(function_of(75) + function_of(90, "int g(int x)"))
            (root / lengths.RATCHET).write_text(
                "# why\nfunction src/a.cpp f 80\nfile src/gone.cpp 900\n"
            )
            lengths.tighten(Tree.read(root))
            self.assertEqual(
                "# why\nfunction src/a.cpp f 75\n", (root / lengths.RATCHET).read_text()
            )


class Words(unittest.TestCase):
    def test_each_sample_is_refused_and_its_other_form_passes(self):
        for path, refused, passes in WORDS:
            self.assertNotEqual("", texts(words.check_source(Source(path, refused))), refused)
            self.assertEqual("", texts(words.check_source(Source(path, passes))), passes)

    def test_each_rule_has_a_sample_that_it_refuses(self):
        for rule in words.RULES:
            fired = [
                path
                for path, refused, _ in WORDS
                if re.match(rule.where, path) and re.search(rule.pattern, refused, rule.flags)
            ]
            self.assertTrue(fired, f"no sample for {rule.pattern}")

    def test_a_word_passes_in_its_own_room(self):
        for path, text in ROOMS:
            self.assertEqual("", texts(words.check_source(Source(path, text))), text)

    def test_the_message_says_what_to_write_instead(self):
        said = texts(words.check_source(Source("src/domain/a.cpp", "\nassert(x);\n")))
        self.assertEqual(
            "src/domain/a.cpp:2: `assert(`: write instead: CHECK(condition): on in all builds", said
        )

    def test_file_names_are_looked_at(self):
        self.assertIn("file name", texts(words.check_names(["src/domain/event_manager.cpp"])))
        self.assertEqual(
            "", texts(words.check_names(["src/domain/event_log.cpp", "docs/manager.md"]))
        )


class Files(unittest.TestCase):
    def check(self, path, text):
        return texts(files.check_source(Source(path, text)))

    def test_a_clean_file_passes(self):
        self.assertEqual("", self.check("src/base/id.hpp", "#pragma once\n// Ids.\nint f();\n"))

    def test_tabs_blanks_line_ends_are_refused(self):
        self.assertIn("a tab", self.check("src/base/a.cpp", "\tint x;\n"))
        self.assertIn("blanks", self.check("src/base/a.cpp", "int x; \n"))
        self.assertIn("CR LF", self.check("src/base/a.cpp", "int x;\r\n"))
        self.assertIn("no line break", self.check("src/base/a.cpp", "int x;"))

    def test_long_code_is_refused_but_an_address_or_a_literal_passes(self):
        self.assertIn("101 columns", self.check("src/base/a.cpp", "x " * 50 + "x\n"))
        self.assertEqual("", self.check("src/base/a.cpp", "x " * 49 + "xx\n"))
        self.assertEqual("", self.check("src/base/a.cpp", "// https://" + "x" * 120 + "\n"))
        self.assertEqual("", self.check("src/base/a.cpp", '    "' + "字 " * 80 + '",\n'))
        self.assertEqual("", self.check("docs/a.md", "# A\n" + "x " * 80 + "x\n"))

    def test_a_header_without_pragma_once_is_refused(self):
        self.assertIn("#pragma once", self.check("src/base/id.hpp", "int f();\n"))

    def test_names_are_snake_case(self):
        self.assertIn("snake_case", self.check("src/base/MatterId.cpp", "int x;\n"))

    def test_a_page_has_one_title_on_its_first_line(self):
        self.assertEqual("", self.check("docs/a.md", "# A\n\n```\n# no title\n```\n## B\n"))
        self.assertIn("one `# Title`", self.check("docs/a.md", "# A\n# B\n"))
        self.assertIn("one `# Title`", self.check("docs/a.md", "text\n\n# A\n"))
        self.assertIn("one `# Title`", self.check("docs/a.md", "text\n"))

    def test_a_header_that_nobody_includes_is_refused(self):
        used = {"src/base/id.hpp": "#pragma once\n", "src/base/a.cpp": '#include "base/id.hpp"\n'}
        self.assertEqual("", texts(files.unused_headers(tree_of(used))))
        unused = {"src/base/id.hpp": '#pragma once\n#include "base/id.hpp"\n'}
        self.assertIn("nobody includes", texts(files.unused_headers(tree_of(unused))))

    def test_the_own_header_comes_first(self):
        header = {"src/base/id.hpp": "#pragma once\n", "src/base/text.hpp": "#pragma once\n"}
        good = {"src/base/impl/id.cpp": '#include "base/id.hpp"\n\n#include "base/text.hpp"\n'}
        bad = {"src/base/impl/id.cpp": '#include "base/text.hpp"\n#include "base/id.hpp"\n'}
        self.assertEqual("", texts(files.unused_headers(tree_of(header | good))))
        self.assertIn("own header first", texts(files.unused_headers(tree_of(header | bad))))

    def test_a_large_file_is_refused(self):
        tree = tree_of({})
        tree.blobs = [("data/a.bin", 1_000_001)]
        self.assertIn("over 1 MB", texts(files.check(tree)))
        tree.blobs = [("data/a.bin", 1_000_000)]
        self.assertEqual("", texts(files.check(tree)))


class Docs(unittest.TestCase):
    def check(self, pages):
        return texts(docs.check(tree_of(pages)))

    def test_links_that_lead_somewhere_pass(self):
        way_in = "# A\n[b](start/b.md#part) [run](../run) [web](https://example.org) [s](start/)\n"
        self.assertEqual(
            "", self.check({"docs/README.md": way_in, "docs/start/b.md": "# B\n", "run": ""})
        )

    def test_a_dead_link_is_refused(self):
        self.assertIn(
            "docs/README.md:2: link to docs/b.md",
            self.check({"docs/README.md": "# A\n[b](b.md)\n"}),
        )

    def test_a_link_out_of_the_project_is_refused(self):
        self.assertIn(
            "out of the project", self.check({"docs/README.md": "# A\n[b](../../b.md)\n"})
        )

    def test_the_glossary_has_each_verb_with_its_title(self):
        verbs = 'VerbRow{Verb::pause, "pause", "paused", "中止计时", "Still."},\n'
        page = "# G\n\n| {} | pause | |\n"
        way_in = "# A\n[g](glossary.md)\n"
        pages = {"docs/README.md": way_in, docs.VERBS: verbs, docs.GLOSSARY: page.format("中止计时")}
        self.assertEqual("", self.check(pages))
        pages[docs.GLOSSARY] = page.format("暂停")
        self.assertIn("verb pause is 中止计时", self.check(pages))

    def test_a_page_nobody_links_to_is_refused(self):
        self.assertIn(
            "no page links here", self.check({"docs/README.md": "# A\n", "docs/b.md": "# B\n"})
        )


class TheWholeProgram(unittest.TestCase):
    def test_an_unknown_rule_is_wrong_use(self):
        run = subprocess.run([ROOT / "tools/tidy.py", "colours"], capture_output=True, text=True)
        self.assertEqual(2, run.returncode)
        self.assertIn("no rule named colours", run.stderr)

    def test_findings_make_it_fail(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "src/base").mkdir(parents=True)
            (Path(folder) / "src/base/a.cpp").write_text("int f() { assert(1); }\n")
            command = [ROOT / "tools/tidy.py", "words", "--root", folder]
            run = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(1, run.returncode)
            self.assertIn("CHECK(condition)", run.stdout)


if __name__ == "__main__":
    unittest.main()
