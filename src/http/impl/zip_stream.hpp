#pragma once
// ZipStream: a zip archive made while it is sent. Sizes and sums stand behind each file, so that
// nothing is written twice and nothing is kept but the list of files. Memory does not grow.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zt::http {

class ZipStream {
  public:
    /// in: takes bytes of the archive in order; false means that nobody wants them any more.
    using Write = std::function<bool(std::string_view)>;
    explicit ZipStream(Write write);
    ZipStream(const ZipStream&) = delete;
    ZipStream& operator=(const ZipStream&) = delete;
    ~ZipStream();

    /// Ends the file before, if one is open. in: names in ASCII, each once; less than 4 GiB a file.
    void begin(std::string name);
    void add(std::string_view bytes);
    /// The list of files, without which it is no archive.
    void finish();
    [[nodiscard]] bool is_wanted() const { return is_wanted_; }

  private:
    struct Deflating;
    struct Entry {
        std::string name;
        std::uint32_t crc = 0, packed = 0, size = 0, at = 0;
    };
    void end_file();
    void put(std::string_view bytes);
    void deflate_some(std::string_view bytes, int flush);

    Write write_;
    std::unique_ptr<Deflating> deflating_;
    std::vector<Entry> entries_;
    std::uint32_t position_ = 0;
    bool is_open_ = false, is_wanted_ = true;
};

}  // namespace zt::http
