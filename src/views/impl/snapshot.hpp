#pragma once
// Snapshot: several reads that see one state of a view's file while its writer goes on.

#include "views/impl/database.hpp"

namespace zt::views::impl {

class Snapshot {
  public:
    [[nodiscard]] static Result<Snapshot> begin(Database& database) {
        TRY_VOID(database.run("BEGIN"));
        return Snapshot(database);
    }
    Snapshot(Snapshot&& other) noexcept : database_(other.database_) { other.database_ = nullptr; }
    Snapshot& operator=(Snapshot&&) = delete;
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot() {
        if (database_ != nullptr) {
            ignore(database_->run("COMMIT"), "nothing was written");
        }
    }

  private:
    explicit Snapshot(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace zt::views::impl
