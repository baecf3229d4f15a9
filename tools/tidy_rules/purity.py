"""purity: what the object files of the pure modules ask of the outside; includes can lie."""

import re
import subprocess

from .tree import PURE, Finding

# C names are matched whole, C++ names (demangled) from their start.
REFUSED = [
    (
        "a clock",
        r"time|gettimeofday|clock_gettime|clock|localtime(_r)?|gmtime(_r)?|mktime|strftime|timespec_get|tzset",
        r"std::chrono::.*::now\(",
        "take `UtcMs now` as an argument",
    ),
    (
        "a file",
        r"(f?open(at)?|fdopen|freopen|creat|p?read|p?write|close|unlink|rename|mkdir|opendir|f?stat|lstat|mmap"
        r"|fread|fwrite|fgets|fscanf|fsync|fdatasync)(64)?",
        r"std::(basic_[io]?fstream|basic_filebuf|filesystem|__basic_file)",
        "take the text as an argument",
    ),
    (
        "standard output",
        r"printf|puts|putchar|vprintf|stdout",
        r"std::(cout|cerr|clog|cin|wcout)\b",
        "return the text; app prints it",
    ),
    (
        "a socket",
        r"socket|connect|bind|listen|accept4?|send(to|msg)?|recv(from|msg)?|getaddrinfo|poll|select|epoll_\w+",
        r"boost::asio",
        "that is the room of http and connect",
    ),
    (
        "a thread",
        r"pthread_(create|mutex_\w+|cond_\w+|rwlock_\w+|join|detach)|thrd_\w+|sem_\w+|sleep|usleep|nanosleep",
        r"std::(thread|jthread|this_thread|mutex|condition_variable|future|async|promise)\b",
        "the service has the threads",
    ),
    (
        "randomness",
        r"rand(om)?(_r)?|srand(om)?|[dlm]rand48|getrandom|getentropy|arc4random\w*|RAND_\w+|randombytes\w*",
        r"std::(random_device|rand)\b",
        "take `Random&` as an argument",
    ),
    (
        "the environment",
        r"(secure_)?getenv|setenv|putenv|unsetenv|environ|system|popen|fork|exec\w+|getpid",
        r"std::getenv\b",
        "app reads settings and passes them down",
    ),
    (
        "an exception",
        r"__cxa_(throw|allocate_exception|rethrow)",
        r"std::rethrow_exception",
        "return Result; the pure modules compile with -fno-exceptions",
    ),
]


def undefined_of(archive):
    """(object, symbol) of everything the archive wants from outside, demangled."""
    command = ["nm", "--undefined-only", "--demangle", "-A", str(archive)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        if match := re.match(r"[^:]*:([^:]+):\s+[Uwv] (.+)$", line):
            yield match.group(1), match.group(2)


def refusal(symbol):
    """Why a pure module may not use this symbol, or None; time@GLIBC_2.2.5 is time."""
    name = symbol.split("@")[0]
    for what, c_name, cpp_name, instead in REFUSED:
        if re.fullmatch(c_name, name) or re.match(cpp_name, name):
            return f"uses {what} ({name}); {instead}"
    return None


def check(tree):
    found = []
    if tree.build is None:
        return [Finding("tools/tidy.py", 1, "purity needs --build DIRECTORY of a built tree")]
    for module in PURE:
        archive = tree.build / "src" / module / f"libzt_{module}.a"
        if not archive.exists():
            text = f"{archive.name} is not built; build the target zt_{module} in {tree.build}"
            found.append(Finding(f"src/{module}/CMakeLists.txt", 1, text))
            continue
        for part, symbol in sorted(set(undefined_of(archive))):
            if reason := refusal(symbol):
                found.append(Finding(f"src/{module}", 1, f"{part} {reason}"))
    return found
