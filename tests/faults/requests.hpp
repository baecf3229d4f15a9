#pragma once
// What producers ask for. A request is a short text, so that the history holds it and the very same
// submit can be made again after a restart.
//
//   register COUNT NUMBER   a new appeal and the first COUNT - 1 steps of its life, one submit
//   firm NUMBER             a new enterprise whose credit code, a claim, is made of the number
//   step INDEX MATTER       the step of that index of an appeal's life

#include "domain/command.hpp"
#include "service/ledger.hpp"

#include <string>

namespace zt::faults {

/// Steps of an appeal's life behind its registration.
inline constexpr std::size_t steps_max = 8;

class Requests {
  public:
    /// in: the ledger's directory when the process starts; requests change none of it.
    explicit Requests(const service::Ledger& ledger);

    /// errors: bad_file for a text that is none.
    [[nodiscard]] Result<Submit>
    submit_of(const std::string& text, const Uuid& key, const std::string& credential) const;

    [[nodiscard]] static std::string to_register(std::size_t commands, std::uint64_t number);
    [[nodiscard]] static std::string to_step(std::size_t step, MatterId matter);
    [[nodiscard]] static std::string to_enroll_firm(std::uint64_t number);

  private:
    [[nodiscard]] Command command_of(std::size_t step, MatterId matter) const;
    [[nodiscard]] Command registration(std::uint64_t number) const;
    [[nodiscard]] Command firm(std::uint64_t number) const;
    [[nodiscard]] Actor actor(std::size_t post) const;

    std::vector<PostId> posts_;
};

}  // namespace zt::faults
