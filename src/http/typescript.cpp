#include "base/check.hpp"
#include "base/text.hpp"
#include "http/openapi.hpp"

#include <algorithm>

namespace zt::http {

namespace {

constexpr std::string_view opening =
    R"(// Made by `zhitong openapi --typescript` from the rows of the API.

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  at?: string;
  detail?: string;
  retry_may_help?: boolean;
}

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

export interface Sent {
  /** Before the path: "" on the site's own pages. */
  base?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** How requests go out; a client that retries, or adds fields, puts its own way here. */
export const via: { fetch: (path: string, init: RequestInit) => Promise<Response> } = {
  fetch: (path, init) => fetch(path, init),
};

async function call(method: string, path: string, sent: Sent, body?: unknown): Promise<Response> {
  const headers: Record<string, string> = { ...sent.headers };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const response = await via.fetch((sent.base ?? "") + path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: "same-origin",
    signal: sent.signal,
  });
  if (!response.ok) throw new Refused((await response.json()) as Problem);
  return response;
}

function queryOf(values: Record<string, string | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "" : "?" + text;
}
)";

[[nodiscard]] bool is_name(std::string_view text) {
    for (const char one : text) {
        const bool is_word = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') ||
                             (one >= '0' && one <= '9') || one == '_';
        if (!is_word) {
            return false;
        }
    }
    return !text.empty() && (text.front() < '0' || text.front() > '9');
}

std::string in_quotes(std::string_view text) { return to_canonical(Json(text)); }

std::string type_of(const Json& schema);

std::string object_type(const Json& schema) {
    if (const Json* values = schema.find("additionalProperties"); values && values->is_object()) {
        return "Record<string, " + type_of(*values) + ">";
    }
    std::string text = "{\n";
    const JsonArray& required = schema["required"].as_array();
    for (const auto& [name, member] : schema["properties"].members()) {
        const bool is_there = std::ranges::find(required, Json(name)) != required.end();
        const std::string& help = member["description"].as_string();
        text += help.empty() ? "" : "  /** " + help + " */\n";
        text += "  " + (is_name(name) ? name : in_quotes(name)) + (is_there ? ": " : "?: ") +
                type_of(member) + ";\n";
    }
    return text + "}";
}

std::string type_of(const Json& schema) {
    if (const Json* reference = schema.find("$ref")) {
        return reference->as_string().substr(reference->as_string().rfind('/') + 1);
    }
    if (const Json* words = schema.find("enum")) {
        std::string text;
        for (const Json& word : words->as_array()) {
            text += (text.empty() ? "" : " | ") + in_quotes(word.as_string());
        }
        return text;
    }
    const std::string& type = schema["type"].as_string();
    if (type == "object") {
        return object_type(schema);
    }
    if (type == "array") {
        return "Array<" + type_of(schema["items"]) + ">";
    }
    if (type == "integer") {
        return "number";
    }
    return type.empty() ? "unknown" : type;
}

[[nodiscard]] bool is_json(const Schema& schema) {
    return !schema.is_none() && schema.name != "Bytes";
}

/// "`/api/v1/matters/${encodeURIComponent(number)}`".
std::string path_text(const Route& route, std::string& arguments) {
    std::string text = "`";
    for (const auto& segment : split(route.path.substr(1), '/')) {
        text += "/";
        std::string_view rest = segment;
        for (std::size_t at = rest.find('{'); at != std::string_view::npos; at = rest.find('{')) {
            const std::size_t end = rest.find('}', at);
            const std::string name(rest.substr(at + 1, end - at - 1));
            arguments += name + ": string, ";
            text.append(rest.substr(0, at)).append("${encodeURIComponent(" + name + ")}");
            rest.remove_prefix(end + 1);
        }
        text += rest;
    }
    return text + "`";
}

std::string function_of(const Route& route, Components& into) {
    std::string arguments;
    std::string path = path_text(route, arguments);
    const bool has_body = is_json(route.body);
    if (has_body) {
        arguments += "body: " + type_of(route.body.describe(into)) + ", ";
    }
    if (is_changing(route)) {
        arguments += "key: string, ";
    }
    if (!route.query.empty()) {
        std::string values;
        for (const auto& [name, help] : route.query) {
            values += (is_name(name) ? name : in_quotes(name)) + "?: string; ";
        }
        arguments += "query: { " + values + "} = {}, ";
        path += " + queryOf(query)";
    }
    const bool is_read =
        is_json(route.answer) && !std::holds_alternative<LiveChanges>(route.handler);
    const std::string answer =
        is_read ? type_of(route.answer.describe(into)) : std::string("Response");
    std::string text = "\n/** " + std::string(route.summary) +
                       " Role: " + std::string(name_of(route.role.role)) + ". */\n";
    text += "export async function " + operation_name(route) + "(" + arguments +
            "sent: Sent = {}): Promise<" + answer + "> {\n";
    if (is_changing(route)) {
        text += "  sent = { ...sent, headers: { ...sent.headers, \"Idempotency-Key\": key } };\n";
    }
    text += "  const response = await call(" + in_quotes(name_of(route.method)) + ", " + path +
            ", sent" + (has_body ? ", body" : "") + ");\n";
    text += is_read ? "  return (await response.json()) as " + answer + ";\n}\n"
                    : "  return response;\n}\n";
    return text;
}

}  // namespace

std::string typescript_of(std::span<const Route> routes) {
    Components gathered;
    std::string functions;
    for (const Route& route : routes) {
        functions += function_of(route, gathered);
    }
    std::string text(opening);
    for (const auto& [name, schema] : gathered.schemas()) {
        text += "\nexport interface " + name + " " + object_type(schema) + "\n";
    }
    return text + functions;
}

}  // namespace zt::http
