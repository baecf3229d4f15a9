# Headers that nearly every file of a target reads, our own among them, parsed once a target: saves
# about a third of the compiler's time. The release tree does without, so that a file that forgot an
# include is found there.
function(zt_precompile target)
    if(ZT_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE
            <algorithm> <array> <charconv> <chrono> <cstdint> <expected> <filesystem> <fstream>
            <functional> <map> <memory> <optional> <ranges> <set> <span> <string> <string_view>
            <tuple> <utility> <variant> <vector> ${ARGN})
        # Without a time stamp in it, ccache knows the file again.
        target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
    endif()
endfunction()

# zt_module(NAME [PURE] LINK neighbours… LIBS third parties… HEADERS <precompiled>…): the library
# zt_NAME from this folder's *.cpp and impl/*.cpp. PURE: values in, values out; tools/tidy.py reads
# its object files.
function(zt_module name)
    cmake_parse_arguments(arg "PURE" "" "LINK;LIBS;HEADERS" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
    if(NOT sources)
        message(STATUS "module ${name} has no sources yet, left out")
        return()
    endif()
    add_library(zt_${name} STATIC ${sources})
    target_link_libraries(zt_${name} PUBLIC zt_flags)
    foreach(neighbour ${arg_LINK})
        target_link_libraries(zt_${name} PUBLIC zt_${neighbour})
    endforeach()
    target_link_libraries(zt_${name} PRIVATE ${arg_LIBS})
    zt_precompile(zt_${name} ${arg_HEADERS})
    if(arg_PURE)
        target_compile_options(zt_${name} PRIVATE -fno-exceptions -fno-rtti)
    endif()
endfunction()
