#include "http/metrics.hpp"

namespace zt::http {

namespace {

void add_title(
    std::string& page, std::string_view name, std::string_view help, std::string_view type
) {
    page += "# HELP " + std::string(name) + " " + std::string(help) + "\n";
    page += "# TYPE " + std::string(name) + " " + std::string(type) + "\n";
}

void add_row(
    std::string& page, std::string_view name, const std::string& labels, std::int64_t value
) {
    page += std::string(name);
    if (!labels.empty()) {
        page += "{" + labels + "}";
    }
    page += " " + std::to_string(value) + "\n";
}

}  // namespace

void Metrics::count(const RequestLine& line) {
    const std::string labels = "method=\"" + std::string(line.method) + "\",route=\"" +
                               std::string(line.path) + "\",status=\"" +
                               std::to_string(line.status) + "\"";
    const std::lock_guard lock(mutex_);
    Row& row = rows_[labels];
    ++row.count;
    row.ms += line.ms;
    for (std::size_t index = 0; index < steps_ms.size(); ++index) {
        row.within[index] += line.ms <= steps_ms[index] ? 1 : 0;
    }
}

void Metrics::count_refusal(Errc code) {
    const std::lock_guard lock(mutex_);
    ++refusals_[code];
}

std::string Metrics::page(std::span<const Gauge> others) const {
    std::string page;
    std::string_view titled;
    for (const Gauge& gauge : others) {
        if (gauge.name != titled) {
            add_title(page, gauge.name, gauge.help, "gauge");
            titled = gauge.name;
        }
        add_row(page, gauge.name, gauge.labels, gauge.value);
    }
    add_title(page, "zhitong_http_connections", "Connections open now.", "gauge");
    add_row(page, "zhitong_http_connections", {}, connections_);
    const std::lock_guard lock(mutex_);
    add_title(page, "zhitong_http_refusals_total", "Answers that were problems.", "counter");
    for (const auto& [code, count] : refusals_) {
        const std::string label = "code=\"" + std::string(name_of(code)) + "\"";
        add_row(page, "zhitong_http_refusals_total", label, count);
    }
    constexpr std::string_view name = "zhitong_http_request_ms";
    add_title(page, name, "Milliseconds from header to answer.", "histogram");
    for (const auto& [labels, row] : rows_) {
        const std::string bucket = std::string(name) + "_bucket";
        for (std::size_t index = 0; index < steps_ms.size(); ++index) {
            const std::string step = ",le=\"" + std::to_string(steps_ms[index]) + "\"";
            add_row(page, bucket, labels + step, row.within[index]);
        }
        add_row(page, bucket, labels + ",le=\"+Inf\"", row.count);
        add_row(page, std::string(name) + "_sum", labels, row.ms);
        add_row(page, std::string(name) + "_count", labels, row.count);
    }
    return page;
}

}  // namespace zt::http
