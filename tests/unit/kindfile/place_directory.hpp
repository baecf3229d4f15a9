#pragma once
// The directory that `init` would make of a place file, without the events between.

#include "domain/directory.hpp"
#include "kindfile/place_file.hpp"

#include <map>
#include <string>
#include <vector>

namespace zt::kindfile {

inline Json texts(const std::vector<std::string>& list) {
    Json out = Json::array();
    for (const std::string& one : list) {
        out.push(one);
    }
    return out;
}

class Folder {
  public:
    explicit Folder(const Place& place) {
        for (const PlaceOrg& org : place.orgs) {
            State record = begin("org");
            record.fields["code"] = org.code;
            record.fields["name"] = org.name;
            record.fields["parent"] = ids_[org.parent];
            record.fields["functions"] = texts(org.functions);
            ids_[org.code] = record.id.value;
            directory.fold(record);
        }
        for (const PlacePost& post : place.posts) {
            State record = begin("post");
            record.fields["org"] = ids_[post.org];
            record.fields["key"] = post.key;
            record.fields["words"] = texts(post.words);
            directory.fold(record);
        }
    }
    Directory directory;

  private:
    State begin(const std::string& kind) {
        State record;
        record.id = MatterId{++last_};
        record.kind = kind;
        return record;
    }
    std::int64_t last_ = 0;
    std::map<std::string, std::int64_t> ids_;
};

inline Directory directory_of(const Place& place) { return Folder(place).directory; }

}  // namespace zt::kindfile
