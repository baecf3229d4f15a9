# The pages of portal, desk and field: npm ci, then three Vite builds, packed into one archive that
# src/app embeds. Packages and archive lie in web/ itself, so that all build trees share them: what
# they are made from is the same in each, and making them takes longer than all else that a small
# change needs.
find_program(ZT_NODE node REQUIRED)
find_program(ZT_NPM npm REQUIRED)
set(web ${CMAKE_SOURCE_DIR}/web)
set(ZT_WEB_PACK ${web}/build/web.pack)

file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS
    ${web}/shared/* ${web}/portal/* ${web}/desk/* ${web}/field/* ${web}/tools/*
    ${CMAKE_SOURCE_DIR}/text/zh/*.yaml ${CMAKE_SOURCE_DIR}/text/en/*.yaml)

# npm writes a list of what it installed; it is as new as the last installation.
add_custom_command(OUTPUT ${web}/node_modules/.package-lock.json
    COMMAND ${CMAKE_COMMAND} -E env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
        ${ZT_NPM} ci --prefer-offline --no-audit --no-fund --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${web}/node_modules/.package-lock.json
    DEPENDS ${web}/package.json ${web}/package-lock.json
    WORKING_DIRECTORY ${web} COMMENT "web: npm ci" VERBATIM)
add_custom_command(OUTPUT ${ZT_WEB_PACK}
    COMMAND ${ZT_NODE} tools/build.mjs
    DEPENDS ${web}/node_modules/.package-lock.json ${web_sources} ${web}/vite.config.ts
    WORKING_DIRECTORY ${web} COMMENT "web: portal, desk and field" VERBATIM)
add_custom_target(zt_web_pages DEPENDS ${ZT_WEB_PACK})
