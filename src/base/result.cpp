#include "base/result.hpp"

namespace zt {

std::string to_string(const Error& error) {
    std::string out;
    if (!error.at.empty()) {
        out += error.at;
        out += ": ";
    }
    if (error.detail.empty()) {
        out += name_of(error.code);
        return out;
    }
    out += error.detail;
    out += " (";
    out += name_of(error.code);
    out += ')';
    return out;
}

}  // namespace zt
