// The program: gives the command line what only the machine has.

#include "app/command_line.hpp"
#include "app/world_os.hpp"

#include <iostream>
#include <unistd.h>

int main(int count, char** arguments) {
    zt::app::OsClock clock;
    zt::app::OsRandom random;
    zt::app::Surroundings surroundings;
    surroundings.clock = &clock;
    surroundings.random = &random;
    surroundings.out = &std::cout;
    surroundings.err = &std::cerr;
    surroundings.is_terminal = ::isatty(STDERR_FILENO) == 1;
    const std::vector<std::string> words(arguments + 1, arguments + count);
    const int code = zt::app::run_command_line(words, surroundings);
    std::cout.flush();
    return std::cout.good() ? code : 1;
}
