#pragma once
// The baseline of the HTTP edge: Beast alone, one thread, answering each request at once with so
// many bytes.

#include <cstdint>
#include <memory>

namespace zt::bench {

class Echo {
  public:
    explicit Echo(std::size_t answer_bytes);
    Echo(const Echo&) = delete;
    Echo& operator=(const Echo&) = delete;
    ~Echo();
    [[nodiscard]] std::uint16_t port() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace zt::bench
