#include "http/journal.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace zt::http {

namespace {

spdlog::sink_ptr open_sink(const std::string& file) {
    if (file.empty()) {
        return std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
    return std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
}

}  // namespace

Result<std::function<void(const RequestLine&)>> open_journal(const std::string& file, Millis slow) {
    std::shared_ptr<spdlog::logger> log;
    try {
        log = std::make_shared<spdlog::logger>("http", open_sink(file));
    } catch (const spdlog::spdlog_ex& failed) {
        return fail(Errc::io_failed, failed.what());
    }
    log->set_pattern(
        R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc
    );
    log->flush_on(spdlog::level::warn);
    return [log, slow](const RequestLine& line) {
        const auto level = line.ms > slow.count() ? spdlog::level::warn : spdlog::level::info;
        log->log(
            level,
            R"("method":"{}","route":"{}","status":{},"ms":{},"bytes":{})",
            line.method,
            line.path,
            line.status,
            line.ms,
            line.bytes
        );
    };
}

}  // namespace zt::http
