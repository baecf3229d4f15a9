#pragma once
// Schema: what a body looks like, as a value that a route row can hold. It describes itself into
// the components of an OpenAPI document when one is asked for.

#include "base/json.hpp"

#include <map>
#include <string>
#include <string_view>

namespace zt::http {

class Components;

/// Gives the JSON Schema (2020-12) of a type; structs add themselves and give a reference.
using Describe = Json (*)(Components&);

struct Schema {
    std::string_view name;  ///< of the component, or the plain word of a type without one
    Describe describe = nullptr;
    [[nodiscard]] bool is_none() const { return describe == nullptr; }
};

/// No body at all.
[[nodiscard]] Schema none();
/// Any JSON value.
[[nodiscard]] Schema any_json();
/// Bytes that are no JSON, such as a file.
[[nodiscard]] Schema any_bytes();

/// Schemas by name, as they gather while routes describe themselves.
class Components {
  public:
    /// Gives {"$ref": …}; describes the type the first time. Two types of one name are a bug.
    [[nodiscard]] Json refer(std::string_view name, Describe describe);
    [[nodiscard]] const std::map<std::string, Json, std::less<>>& schemas() const {
        return schemas_;
    }

  private:
    std::map<std::string, Json, std::less<>> schemas_;
    std::map<std::string, Describe, std::less<>> describers_;
};

}  // namespace zt::http
