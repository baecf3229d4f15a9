# Warnings and hardening for our own code; third-party headers come in as SYSTEM.
add_library(zt_flags INTERFACE)
target_include_directories(zt_flags INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_definitions(zt_flags INTERFACE _GLIBCXX_ASSERTIONS)
target_compile_options(zt_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Werror -ftemplate-backtrace-limit=5)
if(ZT_SANITIZE)
    # vptr needs RTTI, which the pure modules do without.
    add_compile_options(-fsanitize=${ZT_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${ZT_SANITIZE})
endif()
if(ZT_FUZZ)
    # Coverage for the fuzzer in all our code; the fuzz targets alone link its main function.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()
add_link_options(-fuse-ld=lld)
# Memory of what is shipped: a submit is many small blocks that one thread takes and another gives
# back; mimalloc does that a fifth faster than the C library (docs/internals/writer.md). Trees with
# sanitizers and debug trees keep the allocator that finds mistakes.
add_library(zt_allocator INTERFACE)
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo" AND NOT ZT_SANITIZE)
    find_package(mimalloc REQUIRED)
    target_link_libraries(zt_allocator INTERFACE mimalloc)
endif()
# Debug builds: line tables are enough for stack traces and halve the time of compiler and linker.
string(REPLACE "-g" "-gline-tables-only" CMAKE_CXX_FLAGS_DEBUG "${CMAKE_CXX_FLAGS_DEBUG}")
