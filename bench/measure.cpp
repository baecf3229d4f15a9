#include "bench/measure.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace zt::bench {

Figures& Figures::add(std::string_view name, double value) {
    text_ += fmt::format("{}\"{}\": {:.6g}", text_.empty() ? "" : ", ", name, value);
    return *this;
}

Figures& Figures::add(std::string_view name, const std::string& text) {
    text_ += fmt::format("{}\"{}\": \"{}\"", text_.empty() ? "" : ", ", name, text);
    return *this;
}

Figures& Figures::add(std::string_view name, const std::vector<double>& values) {
    std::string list;
    for (const double value : values) {
        list += fmt::format("{}{:.6g}", list.empty() ? "" : ", ", value);
    }
    text_ += fmt::format("{}\"{}\": [{}]", text_.empty() ? "" : ", ", name, list);
    return *this;
}

void Figures::print() const { fmt::print("{{{}}}\n", text_); }

double quantile(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + at, values.end());
    return values[static_cast<std::size_t>(at)];
}

std::int64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::int64_t total = 0, resident = 0;
    statm >> total >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

std::int64_t disk_bytes(const std::string& folder) {
    std::int64_t bytes = 0;
    for (const auto& one : std::filesystem::recursive_directory_iterator(folder)) {
        bytes += one.is_regular_file() ? static_cast<std::int64_t>(one.file_size()) : 0;
    }
    return bytes;
}

}  // namespace zt::bench
