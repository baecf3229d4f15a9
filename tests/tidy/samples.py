"""For each rule of tools/tidy_rules/words.py: where, a text that is refused, a text that passes."""

S = "src/domain/impl/close.cpp"
K = "src/kindfile/impl/read.cpp"
SLASH = "/"

WORDS = [
    # names
    (
        S,
        "struct CaseState {};",
        "struct MatterState {}; // the next case is rare\nswitch (x) { case 1: break; }",
    ),
    ("src/domain/x.hpp", "enum class MyCaseKind { a };", "enum class Kind { a };"),
    (S, "class EventManager;", "class EventLog;"),
    ("tests/unit/base/x_test.cpp", "int make_helper();", "int make_matter();"),
    (S, "namespace util {}", "#include <utility>\nnamespace text {}"),
    (S, "#define MAX_HANDS 5", "#define CHECK(c) (c)\nconstexpr int hands_max = 5;"),
    # the outside world
    (S, "std::cout << 1;", "out << 1; // std::cout is for app"),
    (S, 'printf("%d", 1);', 'snprintf(buffer, 4, "%d", 1);'),
    (S, 'fprintf(stderr, "x");', 'auto x = text("fprintf(stderr)");'),
    (S, "auto t = std::chrono::system_clock::now();", "auto t = context.now;"),
    (S, "auto t = time(nullptr);", "auto t = event.time(nullptr); auto u = due_time(x);"),
    (S, "int x = rand();", "auto x = random.next();"),
    (S, "std::mt19937 generator;", "Random& generator = random;"),
    (S, 'auto* p = std::getenv("HOME");', "auto home = settings.home;"),
    (K, 'system("ls");', "auto system = Actor::system;"),
    # errors
    (S, "try { f(); } catch (...) {}", "auto x = f();"),
    (S, "throw 1;", "return fail(Errc::bad_date); // libraries throw"),
    (S, "assert(x > 0);", "static_assert(x > 0); CHECK(x > 0);"),
    (S, "std::exit(1);", "return fail(Errc::bad_usage);"),
    # ownership
    (S, "int x;\nauto* p = new State();", 'std::unique_ptr<State> p(new State()); f("new State");'),
    (S, "delete p;", "State(const State&) = delete;"),
    ("src/domain/x.hpp", "using namespace std;", "using std::string;"),
    (S, "std::ranges::stable_sort(rows);", "std::ranges::sort(rows, {}, &Row::key);"),
    # coroutines
    (S, "co_return 1;", "return 1;"),
    (S, "co_spawn(c, f(), asio::detached);", "group.spawn(f());"),
    # tests
    ("tests/unit/base/x_test.cpp", "std::this_thread::sleep_for(1s);", "clock.advance(1s);"),
    ("tests/property/x_test.cpp", "auto t = steady_clock::now();", "auto t = clock.now;"),
    # all text
    (S, "// TO" + "DO later", "// The list of things todo is empty."),
    ("kinds/x.yaml", "# FIX" + "ME", "# fixed by the pack"),
    ("tools/x.sh", "# place" + "holder", "# the value of the place"),
    (
        "docs/x.md",
        f"see {SLASH}tmp/x",
        "see ../shared/x and docs/tmp/x and https://example.org/home/x",
    ),
    (S, "int x; // NOLINT", "int x; // NOLINT(bugprone-x): the library wants it"),
    (S, "// clang-format off", "// clang-format off: a table reads by columns"),
    ("text/zh.yaml", "who: \u4e0a\u8bbf\u8005", "who: 诉求人"),
]

# Where a word is allowed because that is its room.
ROOMS = [
    ("src/app/main.cpp", "std::cout << 1; auto t = system_clock::now(); std::exit(1);"),
    ("src/app/clock.cpp", 'auto* p = getenv("HOME"); std::random_device device;'),
    (K, "try { f(); } catch (const YAML::Exception& error) {} catch (...) {}"),
    ("src/http/impl/session.cpp", "co_return co_await f();"),
    ("src/base/impl/check.cpp", 'std::fprintf(stderr, "%s", expression);'),
]
