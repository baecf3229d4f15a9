#pragma once
// The side file of an import: one JSON object a rejected row, with line, id, code, reason and the
// row as it stood. Made with the first one, readable by its owner only: rows hold names.

#include "app/import/row_reader.hpp"

namespace zt::app {

class SideFile {
  public:
    /// in: input, the file that is imported; path, where to write; empty: beside the input, else in
    /// the present folder.
    SideFile(std::string input, std::string path)
        : input_(std::move(input)), path_(std::move(path)) {}

    /// errors: io_failed, naming --rejects.
    [[nodiscard]] Result<void> add(const Row& row, const std::string& id, const Error& why);
    /// Everything is on its way to the disk. errors: io_failed.
    [[nodiscard]] Result<void> finish();
    /// Empty while nothing was rejected.
    [[nodiscard]] const std::string& written_to() const { return opened_; }

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    [[nodiscard]] Result<void> open();

    std::string input_, path_, opened_;
    std::unique_ptr<std::FILE, Close> file_;
};

}  // namespace zt::app
