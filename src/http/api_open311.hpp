#pragma once
// Open311 GeoReport v2: what its answers hold, in the words of that specification. The same structs
// give the JSON and, by http/pages/xml.hpp, the XML.

#include <boost/describe.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zt::http::api {

struct GeoEndpoint {
    std::string specification, url, changeset, type;
    std::vector<std::string> formats;
};
BOOST_DESCRIBE_STRUCT(GeoEndpoint, (), (specification, url, changeset, type, formats))

struct GeoDiscovery {
    std::string changeset, contact, key_service;
    std::vector<GeoEndpoint> endpoints;
};
BOOST_DESCRIBE_STRUCT(GeoDiscovery, (), (changeset, contact, key_service, endpoints))

struct GeoService {
    std::string service_code, service_name, description;
    bool metadata = false;  ///< it has attributes
    std::string type, keywords, group;
};
BOOST_DESCRIBE_STRUCT(
    GeoService, (), (service_code, service_name, description, metadata, type, keywords, group)
)

struct GeoValue {
    std::string key, name;
};
BOOST_DESCRIBE_STRUCT(GeoValue, (), (key, name))

struct GeoAttribute {
    bool variable = true;
    std::string code, datatype;
    bool required = false;
    std::string datatype_description;
    std::int64_t order = 1;
    std::string description;
    std::vector<GeoValue> values;
};
BOOST_DESCRIBE_STRUCT(
    GeoAttribute,
    (),
    (variable, code, datatype, required, datatype_description, order, description, values)
)

struct GeoDefinition {
    std::string service_code;
    std::vector<GeoAttribute> attributes;
};
BOOST_DESCRIBE_STRUCT(GeoDefinition, (), (service_code, attributes))

struct GeoNote {
    std::string datetime, description;
};
BOOST_DESCRIBE_STRUCT(GeoNote, (), (datetime, description))

/// No place, no picture and no expected day: nothing of these is published.
struct GeoRequest {
    std::string service_request_id, status, status_notes, service_name, service_code, description;
    std::string agency_responsible, requested_datetime, updated_datetime;
    std::vector<GeoNote> notes;  ///< oldest first
};
BOOST_DESCRIBE_STRUCT(
    GeoRequest,
    (),
    (service_request_id,
     status,
     status_notes,
     service_name,
     service_code,
     description,
     agency_responsible,
     requested_datetime,
     updated_datetime,
     notes)
)

struct GeoPosted {
    std::string service_request_id, service_notice;
    std::string follow_code;  ///< ours: with the number it lets the requester follow and answer
};
BOOST_DESCRIBE_STRUCT(GeoPosted, (), (service_request_id, service_notice, follow_code))

struct GeoToken {
    std::string service_request_id, token;
};
BOOST_DESCRIBE_STRUCT(GeoToken, (), (service_request_id, token))

struct GeoError {
    std::int64_t code = 400;
    std::string description;
};
BOOST_DESCRIBE_STRUCT(GeoError, (), (code, description))

}  // namespace zt::http::api
